"""The effect of one measure: everything a reader may see of it, made from the same numbers.

Text, table and verdict are derived and never stored, so prose can't say something else than the figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analyse.effect import teksten
from analyse.effect.controles import CheckResult
from analyse.effect.duurverschil import Duurverschil
from analyse.effect.ontwerp import Ontwerp
from analyse.effect.oordeel import Bewijs, Oordeel, niet_gehaald, oordeel
from analyse.effect.register import Maatregel
from analyse.effect.schatting import Schatting

_MET_UITKOMST = (Oordeel.AANNEMELIJK, Oordeel.AANWIJZING, Oordeel.NIET_VAST)


@dataclass(frozen=True, eq=False)
class Effect:
    """Outcome of `schat`. The first of `schattingen` is the main one; without a measurement there are none."""

    maatregel: Maatregel
    indicator: str
    ontwerp: Ontwerp
    bewijs: Bewijs
    schattingen: tuple[Schatting, ...] = ()
    controles: tuple[CheckResult, ...] = ()
    kleinste_effect: float = float("nan")  # percent, positive; from the period before only
    verloop: pd.DataFrame = field(default_factory=pd.DataFrame)
    tegelijk: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aantal_getoetst: int = 1
    uitleg: str = ""  # the sentence of a design that isn't about counts
    namen: Mapping[str, str] = field(default_factory=dict)
    duur: Duurverschil | None = None  # only of a design on durations

    @property
    def oordeel(self) -> Oordeel:
        """The verdict, by the published rules."""
        return oordeel(self.bewijs)

    @property
    def hoofd(self) -> Schatting | None:
        """The estimate that the text is about: the first that could be computed."""
        return next((schatting for schatting in self.schattingen if not np.isnan(schatting.log)), None)

    @property
    def tweede(self) -> Schatting | None:
        """The second view, which holds the second key; only where there are donors."""
        return self.schattingen[1] if self.ontwerp.soort == "donoren" and self.schattingen else None

    @property
    def tabel(self) -> pd.DataFrame:
        """One row per method; columns as `Schatting.regel`."""
        return pd.DataFrame([schatting.regel for schatting in self.schattingen])

    @property
    def controletabel(self) -> pd.DataFrame:
        """One row per check: controle, uitslag, getal, tekst."""
        return pd.DataFrame(
            [
                {"controle": c.naam, "uitslag": c.uitslag, "getal": c.getal, "tekst": c.tekst}
                for c in self.controles
            ],
            columns=["controle", "uitslag", "getal", "tekst"],
        )

    @property
    def vermeden(self) -> tuple[float, float, float] | None:
        """Cases that didn't come: estimate, lower and upper limit (negative: more came); None without estimate."""
        if self.hoofd is None:
            return None
        verwacht = self.hoofd.verwacht
        midden, onder, boven = (
            -verwacht * np.expm1([self.hoofd.log, self.hoofd.boven, self.hoofd.onder])
        ).tolist()
        return midden, onder, boven

    @property
    def niet_gehaald(self) -> tuple[str, ...]:
        """Which requirements of "effect aannemelijk" were not met; empty where nothing was measured."""
        return niet_gehaald(self.bewijs) if self.oordeel in _MET_UITKOMST else ()

    @property
    def zin(self) -> str:
        """The verdict in one or two sentences."""
        return teksten.oordeelzin(self.maatregel, self.oordeel, self.bewijs, self.namen)

    @property
    def tekst(self) -> str:
        """The whole verdict as one Dutch paragraph."""
        delen = [self.zin, *self._uitkomst(), teksten.detectiezin(self.kleinste_effect)]
        delen += [teksten.ontbreektzin(self.niet_gehaald), teksten.controlezin(self.controles)]
        delen += [teksten.samenloopzin(self.tegelijk, self.namen), teksten.toetszin(self.aantal_getoetst)]
        if self.oordeel in (Oordeel.AANNEMELIJK, Oordeel.AANWIJZING):
            delen.append(teksten.BEWIJST_NIET)
        return " ".join(filter(None, delen))

    def _uitkomst(self) -> list[str]:
        if self.oordeel not in _MET_UITKOMST:
            return []
        if self.hoofd is None:
            return [self.uitleg]
        doel = self.maatregel.doel(self.indicator)
        return [
            teksten.effectzin(self.hoofd),
            teksten.toevalzin(self.hoofd),
            teksten.tweedezin(self.tweede),
            teksten.richtingzin(doel, self.hoofd, self.oordeel),
            self.uitleg,
        ]
