"""What may be seen of one team of the toegang, by its gemeente: its own rows without counts of few children.

A team can be one consulent, and colleagues read along. A number shows when it and the rest are at least the
minimum, the two half-years of the last year show together or not at all (their sum shows too), and small kinds of
help are put together instead of left out, so that nothing follows by subtraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analyse.kern import codes
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken.bouw.spiegel import ANDERE, JAAR

LIJST = "teams"
MINIMUM_TEAMS, MINIMUM_GEMEENTEN = 5, 2  # others that a comparison must be made of
MATEN = ["toewijzingen", "verlengd", "sggz", "zwaar", "verwacht", "euro", "euro_bekend", "dagen", "met_einde"]


@dataclass(frozen=True)
class Team:
    """The rows of one team and of the region, up to the half-year of the edition, and how small is too small."""

    rijen: pd.DataFrame
    code: str
    perioden: tuple[str, ...]
    minimum: int

    @classmethod
    def van(cls, beeld: Beeld, team: str) -> Team:
        """Of one code; without rows when that team decided nothing."""
        perioden = tuple(str(periode) for periode in beeld.periodes)
        rijen = beeld.lijst(LIJST)
        rijen = rijen[rijen["gebied"].eq(beeld.gebied) & rijen["periode"].isin(perioden)]
        return cls(rijen, team, perioden, beeld.params.regio.drempels.minimum)

    @cached_property
    def eigen(self) -> pd.DataFrame:
        """Own rows."""
        return self.rijen[self.rijen["soort"].eq("team") & self.rijen["team"].eq(self.code)]

    @cached_property
    def regio(self) -> pd.DataFrame:
        """Sums of all teams."""
        return self.rijen[self.rijen["soort"].eq("som")]

    @property
    def naam(self) -> str:
        """As the back office calls it."""
        return str(self.eigen["naam"].iloc[0]) if len(self.eigen) else self.code

    @cached_property
    def per_halfjaar(self) -> pd.DataFrame:
        """Own totals of every half-year, 0 where nothing was decided."""
        totalen = self.eigen[self.eigen["hulpvorm"].eq(codes.TOTAAL)].set_index("periode")[MATEN]
        return totalen.reindex(list(self.perioden)).fillna(0.0).astype(float)

    def som(self, rijen: pd.DataFrame) -> pd.Series:
        """Totals of the last year."""
        recent = rijen[rijen["hulpvorm"].eq(codes.TOTAAL) & rijen["periode"].isin(self.laatste)]
        return recent[MATEN].astype(float).sum()

    @property
    def laatste(self) -> tuple[str, ...]:
        """The half-years of the last year."""
        return self.perioden[-JAAR:]

    @property
    def genoeg(self) -> bool:
        """Whether the last year is large enough to say anything."""
        return bool(self.som(self.eigen)["toewijzingen"] >= self.minimum)

    @property
    def vergelijkbaar(self) -> bool:
        """Whether enough other teams, of enough other gemeenten, make up the region in the last year."""
        totalen = self.regio[self.regio["hulpvorm"].eq(codes.TOTAAL) & self.regio["periode"].isin(self.laatste)]
        teams, gemeenten = totalen["aantal_teams"].min() - 1, totalen["aantal_gemeenten"].min() - 1
        return bool(teams >= MINIMUM_TEAMS and gemeenten >= MINIMUM_GEMEENTEN)

    def veilig(self, deel: float, geheel: float) -> bool:
        """Whether a part may show beside its whole: neither part nor rest is small, and not everybody is in it."""
        rest = geheel - deel
        return geheel >= self.minimum and (deel == 0 or (deel >= self.minimum and rest >= self.minimum))

    def reeks(self, maat: str) -> pd.Series:
        """A count through time, NaN where it may not be seen; the last two half-years together or not at all."""
        per = self.per_halfjaar
        if maat == "toewijzingen":
            goed = [n >= self.minimum for n in per[maat]]
        else:
            goed = [self.veilig(n, alle) for n, alle in zip(per[maat], per["toewijzingen"], strict=True)]
        goed[-JAAR:] = [all(goed[-JAAR:])] * len(goed[-JAAR:])
        return per[maat].where(pd.Series(goed, index=per.index))


def samengevoegd(zelf: pd.Series, regio: pd.Series, minimum: int) -> pd.DataFrame:
    """hulpvorm, hulp, aantal, regio: kinds of help that are large enough here and elsewhere; the rest as one.

    The smallest that shows joins the rest until that is large enough too, or nothing is left to join.
    """
    groot = [code for code in zelf.index if zelf[code] >= minimum and regio[code] - zelf[code] >= minimum]
    rest = [code for code in zelf.index if code not in groot]
    while groot and 0 < zelf[rest].sum() < minimum:
        kleinste = min(groot, key=lambda code: (zelf[code], code))
        groot.remove(kleinste)
        rest.append(kleinste)
    rijen = [(code, codes.HULPVORM[code], zelf[code], regio[code]) for code in zelf.index if code in groot]
    if zelf[rest].sum() or not groot:
        rijen.append(("", ANDERE, zelf[rest].sum(), regio[rest].sum()))
    return pd.DataFrame(rijen, columns=["hulpvorm", "hulp", "aantal", "regio"])
