"""Where too much of a table is hidden: which merging of categories or periods would keep the most.

The gate proposes and an analyst decides, because a merged category is another definition. Only what
`params/samenvoegen.yaml` declares is proposed. What a merge keeps is reckoned with the primary rules alone (the
share of the units in the table that stands in cells that may be shown): secondary hiding would ask a whole run per
rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from analyse.kern import codes
from analyse.params import Drempels, Model, Params, lees_model
from analyse.vrijgave.cellen import Blok, Cellen, Getallen

# A merge that doesn't bring this much more of a table back isn't worth another definition.
_WINST = 0.05
# Code of the finding that carries a proposal to the report.
CODE = "VG01"


class Regel(Model):
    """One declared way to merge: `groepen` of a `dimensie`, or `perioden`."""

    naam: str
    dimensie: str = ""
    groepen: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    perioden: str = ""

    @model_validator(mode="after")
    def _heel(self) -> Regel:
        alle = [code for groep in self.groepen.values() for code in groep]
        if self.perioden not in ("", "jaar") or bool(self.perioden) == bool(self.dimensie):
            raise ValueError("noem een dimensie met groepen, of perioden: jaar")
        if self.dimensie and (self.dimensie not in codes.DIMENSIES or not alle):
            raise ValueError(f"dimensie {self.dimensie!r} met groepen; kies uit {', '.join(codes.DIMENSIES)}")
        if len(alle) != len(set(alle)):
            raise ValueError("een code komt in een regel hoogstens een keer voor")
        return self


class Regels(Model):
    """params/samenvoegen.yaml."""

    regels: tuple[Regel, ...] = ()


@dataclass(frozen=True)
class Voorstel:
    """A table of which much is hidden, and the declared merge that keeps the most of it.

    `verborgen`: share of the filled cells that is hidden now; `nu` and `dan`: share of the units in the table that
    stands in cells that the primary rules show, now and after merging.
    """

    grootheid: str
    naam: str
    dimensie: str
    regel: str
    verborgen: float
    nu: float
    dan: float

    @property
    def zin(self) -> str:
        """What the report says of it. Shares in steps of 5, so that it tells nothing about one cell."""
        return (
            f"In de tabel '{self.naam}' naar {self.dimensie} staat bij {_stap(self.verborgen)} procent van de"
            f" cijfers een punt. Voorstel: {self.regel}. Dan is ongeveer {_stap(self.dan)} procent van de"
            f" aantallen te zien in plaats van {_stap(self.nu)} procent."
        )


def _stap(aandeel: float) -> int:
    return int(np.floor(aandeel * 20 + 0.5)) * 5


def regels_van(params: Params) -> Regels:
    """The declared merges of this checkout; none when the file isn't there."""
    pad = params.map / "samenvoegen.yaml"
    return _lees(pad) if pad.is_file() else Regels()


@lru_cache(maxsize=8)
def _lees(pad: Path) -> Regels:
    return lees_model(Regels, pad)


def voorstellen(cellen: Cellen, params: Params) -> tuple[Voorstel, ...]:
    """For every count of which at least `voorstel_bij` of a split is hidden the merge that keeps the most."""
    regels, drempels = regels_van(params), params.regio.drempels
    tabellen = [blok for blok in cellen if len(blok.splitsing) == 1 and not blok.euro]
    namen = {naam: kaart.naam for naam, kaart in params.kaarten.items()}
    gevonden = (_voorstel(cellen, blok, regels, drempels, namen) for blok in tabellen)
    return tuple(voorstel for voorstel in gevonden if voorstel is not None)


def met_voorstellen(kwaliteit: pd.DataFrame, samen: Sequence[Voorstel]) -> pd.DataFrame:
    """The released findings with a row for the region per proposal (code VG01)."""
    rijen = [
        {
            "gebied": codes.REGIO,
            "code": CODE,
            "ernst": "informatie",
            "regel": voorstel.zin,
            "doe": "Overleg of de regio deze categorieën of perioden samen wil laten zien.",
            "aantal": pd.NA,
        }
        for voorstel in samen
    ]
    if not rijen:
        return kwaliteit
    erbij = pd.DataFrame(rijen, columns=list(kwaliteit.columns)).astype(kwaliteit.dtypes.to_dict())
    return pd.concat([kwaliteit, erbij], ignore_index=True)


def _voorstel(
    cellen: Cellen, blok: Blok, regels: Regels, drempels: Drempels, namen: dict[str, str]
) -> Voorstel | None:
    gevuld = blok.waarde > 0
    verborgen = float((blok.verborgen & gevuld).sum() / max(int(gevuld.sum()), 1))
    if verborgen < drempels.voorstel_bij:
        return None
    nu = _zichtbaar(blok.waarde, drempels.minimum)
    dan = [(_zichtbaar(waarde, drempels.minimum), naam) for naam, waarde in _samen(cellen, blok, regels)]
    if not dan or max(dan)[0] < nu + _WINST:
        return None
    beste, naam = max(dan, key=lambda paar: paar[0])
    eigen = namen.get(blok.grootheid.naam, blok.grootheid.naam)
    return Voorstel(blok.grootheid.naam, eigen, blok.splitsing[0], naam, verborgen, nu, beste)


def _zichtbaar(waarde: Getallen, minimum: int) -> float:
    """The share of the units of the gemeenten that stands in cells of at least the minimum."""
    eigen = np.nan_to_num(waarde[:-1])
    return float(eigen[eigen >= minimum].sum() / max(eigen.sum(), 1.0))


def _samen(cellen: Cellen, blok: Blok, regels: Regels) -> Iterator[tuple[str, Getallen]]:
    """The table after each declared merge that touches it. Sums: of unique persons a little too many."""
    for regel in regels.regels:
        if regel.perioden and blok.grootheid.perioden == "som":
            if (jaren := _per_jaar(cellen, blok.waarde)) is not None:
                yield regel.naam, jaren
        elif regel.dimensie == blok.splitsing[0]:
            plekken = [_plekken(blok, groep) for groep in regel.groepen.values()]
            raak = [plek for plek in plekken if len(plek) > 1]
            if raak:
                los = [k for k in range(blok.waarde.shape[2]) if not any(k in plek for plek in raak)]
                delen = [np.nansum(blok.waarde[:, :, plek], axis=2) for plek in raak]
                yield regel.naam, np.concatenate([blok.waarde[:, :, los], np.stack(delen, axis=2)], axis=2)


def _plekken(blok: Blok, groep: tuple[str, ...]) -> list[int]:
    """The categories of a group that the table has at all."""
    return [k for k, code in enumerate(blok.categorieen[0]) if code in groep and not blok.onmogelijk[k]]


def _per_jaar(cellen: Cellen, waarde: Getallen) -> Getallen | None:
    """Both halves of every year that has both; None when no year has."""
    tijd = cellen.tijd
    tweede = [t for t, periode in enumerate(tijd.perioden) if periode.deel == "H2" and tijd.vorige[t] >= 0]
    return waarde[:, tweede] + waarde[:, tijd.vorige[tweede]] if tweede else None
