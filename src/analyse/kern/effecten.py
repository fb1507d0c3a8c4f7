"""What the effect room hands to the gate, and the gate to reports: tables in one folder, two types.

Two types for the reason that Meting and Vrijgave are two: a report can't ask for counts that it may not see.
Texts of the register travel along, because a report reads no parameters of another room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

import pandas as pd

from analyse.kern import codes
from analyse.kern.bestanden import schrijf_bytes
from analyse.kern.fouten import onbekend
from analyse.kern.periode import Periode

_REGISTER = (
    *("maatregel", "indicator", "naam", "onderdeel", "idee", "doelgroep", "eigenaar", "disclaimer"),
    *("stand", "stand_datum", "stand_zin", "oordeel", "reden", "zin", "ontwerp", "waarom_ontwerp", "eenheid"),
    *("effect", "onder", "boven", "kleinste", "tegelijk"),
)
_JAAR = ("maatregel", "jaar", "investering", "beloofd", "laag", "verwacht", "hoog")
_SALDO = ("netto_verwacht", "netto_gerealiseerd", "cumulatief_verwacht", "cumulatief_gerealiseerd")
_QUICKWIN = ("maatregel", "volgens", "gezinnen", "reacties", "keer_vermeden", "bovengrens")


@dataclass(frozen=True)
class _Effecten:
    """Tables by name; every one has the column `maatregel`."""

    tabellen: Mapping[str, pd.DataFrame]
    KOLOMMEN: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def __post_init__(self) -> None:
        vol = {naam: self._tabel(naam, kolommen) for naam, kolommen in self.KOLOMMEN.items()}
        object.__setattr__(self, "tabellen", vol)

    def _tabel(self, naam: str, kolommen: tuple[str, ...]) -> pd.DataFrame:
        tabel = self.tabellen.get(naam)
        return pd.DataFrame(columns=list(kolommen)) if tabel is None or tabel.empty else tabel[list(kolommen)]

    def __getitem__(self, naam: str) -> pd.DataFrame:
        return self.tabellen[naam]

    @property
    def maatregelen(self) -> tuple[str, ...]:
        """Ids of the measures, in the order of the register."""
        return tuple(dict.fromkeys(self["maatregelen"]["maatregel"].astype(str)))

    def kies(self, *maatregelen: str) -> Self:
        """Only these measures; raises ParameterFout with the nearest known id."""
        for naam in maatregelen:
            if naam not in self.maatregelen:
                raise onbekend("Deze maatregel", naam, self.maatregelen, waar="params/maatregelen/")
        return type(self)(
            {n: t[t["maatregel"].isin(maatregelen)].reset_index(drop=True) for n, t in self.tabellen.items()}
        )

    def voor(self, gebied: str) -> Self:
        """The measures that run (or ran) in a gemeente; all of them for REGIO."""
        if gebied == codes.REGIO:
            return self
        waar = self["gemeenten"]
        return self.kies(*dict.fromkeys(waar.loc[waar["gemeente"].eq(gebied), "maatregel"]))

    def schrijf(self, map_: Path) -> None:
        """One Parquet file per table."""
        for naam, tabel in self.tabellen.items():
            schrijf_bytes(map_ / f"{naam}.parquet", tabel.to_parquet(index=False))

    @classmethod
    def lees(cls, map_: Path) -> Self:
        """Read what `schrijf` wrote."""
        return cls({naam: pd.read_parquet(map_ / f"{naam}.parquet") for naam in cls.KOLOMMEN})


@dataclass(frozen=True)
class Effectmeting(_Effecten):
    """What was measured about every measure. INTERN: counts, p-values, quarters.

    Tables: `maatregelen` (one row per measure and indicator; effect and limits in percent or days; `log` and
    `marge` for the scale inside; `groep`: the smallest number behind a duration), `gemeenten`, `doelgroepen` (the
    codes that a target group is limited to), `schattingen` (every method), `controles`, `verloop` (per quarter),
    `halfjaren` (the treated gemeenten: `aantal`, and `rest`, the smallest other part of anything larger that is
    published), `geld` (per year), `aannames`, `quickwins`.
    """

    KOLOMMEN: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "maatregelen": (
            *_REGISTER,
            "soort",
            "tekst",
            "log",
            "marge",
            "p",
            "werkelijk",
            "basis",
            "groep",
            "getoetst",
        ),
        "gemeenten": ("maatregel", "gemeente", "sinds", "tot"),
        "doelgroepen": ("maatregel", "dimensie", "code"),
        "schattingen": (
            *("maatregel", "indicator", "methode", "effect_procent", "onder", "boven", "p", "werkelijk"),
            *("verwacht", "vergeleken", "opmerking"),
        ),
        "controles": ("maatregel", "indicator", "controle", "uitslag", "getal", "tekst"),
        "verloop": (
            *("maatregel", "indicator", "periode", "werkelijk", "verwacht", "onder", "boven", "na", "verwacht_na"),
        ),
        "halfjaren": ("maatregel", "indicator", "gemeente", "periode", "aantal", "rest"),
        "geld": (*_JAAR, "mag", "kosten_per_geval", "gevallen", "kwartalen", "deel"),
        "aannames": ("maatregel", "naam", "laag", "waarde", "hoog", "eenheid", "bron"),
        "quickwins": _QUICKWIN,
    }


@dataclass(frozen=True)
class Effectvrijgave(_Effecten):
    """What reports may show of it (BESTUURLIJK): rounded effects, an index per half-year, no count of children.

    Tables: `maatregelen` (effect, limits and smallest effect in whole steps of `stap`, empty when too small to
    show), `gemeenten`, `controles` (passed or not, without numbers), `verloop` (index, 100 = the year before the
    start), `geld`, `aannames`, `quickwins` (rounded).
    """

    KOLOMMEN: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "maatregelen": (*_REGISTER, "stap", "zonder_grafiek"),
        "gemeenten": ("maatregel", "gemeente", "sinds", "tot"),
        "controles": ("maatregel", "indicator", "controle", "uitslag"),
        "verloop": ("maatregel", "indicator", "periode", "werkelijk", "verwacht", "onder", "boven", "na"),
        "geld": (*_JAAR, "gerealiseerd", "onder", "boven", *_SALDO, "kwartalen"),
        "aannames": ("maatregel", "naam", "laag", "waarde", "hoog", "eenheid", "bron"),
        "quickwins": _QUICKWIN,
    }


def met_euros(geld: pd.DataFrame, effect: float, onder: float, boven: float) -> pd.DataFrame:
    """The years of one measure with realised euros and balances; effect and limits in percent.

    A case that didn't come saves what it would have cost. Realised is empty where the verdict doesn't allow it
    (`mag`) and where nothing was measured; of a year that was measured in part, the same part of the investment
    counts against it.
    """
    waarde = (geld["gevallen"] * geld["kosten_per_geval"]).where(
        geld["mag"].astype(bool) & geld["kwartalen"].gt(0)
    )
    gemeten = (geld["kwartalen"] / (4 * geld["deel"]).clip(lower=0.25)).clip(upper=1.0)
    gerealiseerd = -waarde * effect / 100
    netto_verwacht = geld["verwacht"] - geld["investering"]
    netto_gerealiseerd = gerealiseerd - geld["investering"] * gemeten
    return geld.assign(
        gerealiseerd=gerealiseerd,
        onder=-waarde * boven / 100,
        boven=-waarde * onder / 100,
        netto_verwacht=netto_verwacht,
        netto_gerealiseerd=netto_gerealiseerd,
        cumulatief_verwacht=netto_verwacht.cumsum(),
        cumulatief_gerealiseerd=netto_gerealiseerd.cumsum(),
    )


def per_halfjaar(verloop: pd.DataFrame) -> pd.DataFrame:
    """A course per quarter as one per whole half-year: `2023-K3` and `-K4` are `2023-H2`."""
    halven = verloop["periode"].str.replace(r"K[12]$", "H1", regex=True).str.replace(r"K[34]$", "H2", regex=True)
    som = verloop.groupby(halven)[["werkelijk", "verwacht", "onder", "boven", "verwacht_na"]].sum()
    heel = verloop.groupby(halven).size().eq(2)
    half = som.assign(na=verloop.groupby(halven)["na"].all())[heel]
    return half.loc[sorted(half.index, key=Periode.lees)]
