"""One edition: the object that an analyst holds.

A layer on the hops: it opens, and answers questions; everything that is made is made below.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analyse.editie.effecten import Effecten
from analyse.editie.kwartalen import Kwartalen
from analyse.editie.lijsten import Lijsten
from analyse.editie.maanden import Maanden
from analyse.editie.paden import Paden
from analyse.editie.plek import zwijg
from analyse.editie.vergelijkingen import Vergelijkingen
from analyse.hop import Melder
from analyse.params import Params

if TYPE_CHECKING:
    from analyse.weergave.beeld import Beeld


class Editie(Effecten, Paden, Kwartalen, Maanden, Vergelijkingen, Lijsten):
    """The hops of one edition, on disk under `data/werk/<editie>/`, and what may be asked of them."""

    @classmethod
    def open(
        cls,
        naam: str | None = None,
        *,
        leveringen: Path | None = None,
        wortel: Path | None = None,
        meld: Melder = zwijg,
    ) -> Editie:
        """The edition `naam` (default: the newest) of the kit around the current folder."""
        params = Params.open(wortel)
        return cls(naam or params.edities[-1], params=params, leveringen=leveringen, meld=meld)

    @property
    def naast_nodig(self) -> bool:
        """Whether anything that hangs beside the chain on the Basis alone would have to be measured anew."""
        hops = (
            self._hop_effecten,
            self._hop_paden,
            self._hop_kwartalen,
            self._hop_maanden,
            self._hop_maandtelling,
        )
        return not all(hop.vers for hop in hops)

    def meet_naast(self) -> None:
        """Measure that; needs no Meting and no Vrijgave, so it can be done beside them."""
        _ = self.effecten, self.paden, self.kwartalen, self.uitgaven_maanden, self._maandtelling

    def meting(
        self,
        indicator: str,
        *,
        gebied: str | None = None,
        periode: str | None = None,
        per: str | tuple[str, ...] = (),
    ) -> pd.DataFrame:
        """Internal figures of one indicator (INTERN: not for publication), split by `per`; columns of §3.3."""
        if gebied is not None:
            gebied = self.params.regio.gebied(gebied)
        return self.intern.kies(indicator, gebied=gebied, periode=periode, per=per)

    def voor(self, gebied: str, *, intern: bool = False) -> Beeld:
        """What a notebook sees of one gebied: released figures, or (`intern=True`) internal ones, watermarked."""
        from analyse.weergave.beeld import Beeld

        return Beeld(
            vrijgave=self.intern if intern else self.vrijgave,
            params=self.params,
            editie=self.editie,
            gebied=self.params.regio.gebied(gebied),
            referentie=self.referentie,
            intern=intern,
            demo=self.is_demo,
            effectbron=lambda: self.effectvrijgave,
            lijstbron=lambda naam: self.lijst(naam, gebied),
            padenbron=lambda: self.paden if intern else self.padenvrijgave,
            overgangenbron=lambda: self._overgangen() if intern else self.overgangen,
            vergelijkbron=lambda: self._vergeleken_intern() if intern else self.vergeleken,
            kwartalenbron=lambda: self.kwartalen if intern else self.kwartalenvrijgave,
            maandenbron=lambda: self._maanden_intern() if intern else self.maandenvrijgave,
        )

    def sleutels(self) -> dict[str, str]:
        """The key of each hop, for the manifest."""
        beslissend = (self._hop_basis, self._hop_meting, self._hop_vrijgave)
        hops = (*beslissend, self._hop_effectvrijgave, self._hop_vergelijking)
        return {hop.naam.lower(): hop.sleutel for hop in hops}
