"""What a notebook sees of one gebied: released figures, their parameters and the figures of others beside them.

A Beeld only selects, orders and fills gaps with a status; it counts nothing itself, except a rate per 1,000
inhabitants or a share from two figures that are both released. Asking for what isn't there never fails: it gives
rows with the status `niet_leverbaar`, because a report must also come out for a gemeente without data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

import pandas as pd

from analyse.kern import codes
from analyse.kern.effecten import Effectvrijgave
from analyse.kern.fouten import ParameterFout
from analyse.kern.periode import Periode, halfjaren
from analyse.kern.resultaat import Meting, Resultaat, Vrijgave
from analyse.kern.schema import RESULTAAT
from analyse.kern.vergelijking import Vergelijking
from analyse.params import EditieParams, Kaart, Params
from analyse.weergave.rooster import Rooster, kast

ZICHTBAAR = ("definitief", "voorlopig")
LEEFTIJD_BEVOLKING = "0-22"
PADEN = ["gebied", "periode", "soort", "pad", "personen", "noemer"]


class Referenties(Protocol):
    """Figures of others; tables as described in `analyse.referentie.Referentie`."""

    @property
    def bevolking(self) -> pd.DataFrame:
        """Inhabitants: gebied, jaar, leeftijd, aantal."""

    @property
    def cbs(self) -> pd.DataFrame:
        """CBS figures: maat, gebied, periode, categorie, waarde, eenheid, status, bron, datum."""

    @property
    def aanbieders(self) -> Mapping[str, str]:
        """AGB code to name."""


@dataclass(frozen=True)
class Beeld:
    """The figures of one edition as seen from one gebied (a gemeente or REGIO); raises ParameterFout otherwise."""

    vrijgave: Resultaat
    params: Params
    editie: EditieParams
    gebied: str
    referentie: Referenties
    intern: bool = False
    demo: bool = False  # the children are invented; every report then says so
    # Asked for by one chapter only, so made when it is asked for.
    effectbron: Callable[[], Effectvrijgave] | None = None
    lijstbron: Callable[[str], pd.DataFrame] | None = None
    padenbron: Callable[[], pd.DataFrame] | None = None
    overgangenbron: Callable[[], pd.DataFrame] | None = None
    vergelijkbron: Callable[[], Vergelijking] | None = None
    kwartalenbron: Callable[[], pd.DataFrame] | None = None
    maandenbron: Callable[[], pd.DataFrame] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "gebied", self.params.regio.gebied(self.gebied))
        if self.gebied == codes.NEDERLAND:
            raise ParameterFout(
                "Een rapport gaat over een gemeente of over de regio.",
                ontvangen=repr(self.gebied),
                doe=f"Kies uit: {', '.join((*self.params.regio.codes, codes.REGIO))}.",
            )
        if isinstance(self.vrijgave, Meting) and not self.intern:
            raise ParameterFout(
                "Cijfers van voor de privacyregels zijn alleen voor intern gebruik.",
                doe="Vraag een Vrijgave, of zet intern=True: dan krijgt alles het watermerk INTERN.",
            )

    # Names and periods

    @property
    def is_regio(self) -> bool:
        """Whether this is the report of the whole region."""
        return self.gebied == codes.REGIO

    @property
    def naam(self) -> str:
        """The name of the gebied."""
        return self.params.regio.namen[self.gebied]

    @property
    def waar(self) -> str:
        """The gebied as it reads after 'in': 'Epe', or 'de regio'."""
        return self.in_zin(self.gebied)

    def in_zin(self, gebied: str) -> str:
        """Any gebied as it reads after 'in'."""
        return "de regio" if gebied == codes.REGIO else self.params.regio.namen[gebied]

    @property
    def periode(self) -> Periode:
        """The half-year that the edition reports on."""
        return self.editie.periode

    @property
    def vorige(self) -> Periode:
        """The half-year before it."""
        return self.periode.vorige

    @property
    def jaar_eerder(self) -> Periode:
        """The same half-year a year earlier: the fair comparison, because half-years have seasons."""
        return self.periode.vorige.vorige

    @cached_property
    def periodes(self) -> tuple[Periode, ...]:
        """The half-years shown in charts, oldest first."""
        return tuple(halfjaren(min(self.editie.vanaf, self.periode), self.periode))

    @cached_property
    def alle_periodes(self) -> tuple[Periode, ...]:
        """Every half-year that a judgement may look back on, also those before the charts begin."""
        begin = min(self.params.regio.eerste_periode, self.editie.vanaf, self.periode)
        return tuple(halfjaren(begin, self.periode))

    @property
    def gebieden(self) -> tuple[str, ...]:
        """What is shown beside each other: all gemeenten and the region, or this gemeente and the region."""
        return (*self.params.regio.codes, codes.REGIO) if self.is_regio else (self.gebied, codes.REGIO)

    def breuken(self, indicator: str) -> list[date]:
        """Dates on which the series of an indicator breaks."""
        return [
            breuk.datum
            for breuk in self.params.regio.breuken
            if not breuk.indicatoren or indicator.startswith(breuk.indicatoren)
        ]

    def kaart(self, indicator: str) -> Kaart | None:
        """The definition card, or None when the indicator has none."""
        return self.params.kaarten.get(indicator)

    @property
    def kwaliteit(self) -> pd.DataFrame:
        """What limits the figures of every gebied (hop 3); empty for an internal Beeld."""
        return self.vrijgave.kwaliteit if isinstance(self.vrijgave, Vrijgave) else pd.DataFrame()

    @cached_property
    def effecten(self) -> Effectvrijgave:
        """What may be said about the measures of this gebied (REGIO: all); empty when nothing was measured."""
        return self.effectbron().voor(self.gebied) if self.effectbron else Effectvrijgave({})

    @cached_property
    def paden(self) -> pd.DataFrame:
        """Which paths jeugdigen of this gebied and of the region followed; empty when nobody measured them.

        Columns: gebied, periode, soort (reeks: one after another, combinatie: at the same time), pad, personen,
        noemer. Only what may be seen; an internal Beeld has all of it.
        """
        tabel = self.padenbron() if self.padenbron else pd.DataFrame(columns=PADEN)
        eigen = tabel["gebied"].isin((self.gebied, codes.REGIO)) & tabel["periode"].eq(str(self.periode))
        return tabel[eigen].reset_index(drop=True)

    @cached_property
    def overgangen(self) -> pd.DataFrame:
        """What came after help of each hulpvorm in the region, two years together; rows of the result table.

        `indicator` says what came (doorstroom.naar_…, .blijft, .uit), `hulpvorm` what ended; empty without source.
        """
        return self.overgangenbron() if self.overgangenbron else pd.DataFrame(columns=list(RESULTAAT))

    @cached_property
    def maanden(self) -> pd.DataFrame:
        """Euros per month of delivery in this gebied: rows of the result table; empty without source.

        `uitgaven.maand` is what was declared, `uitgaven.maand_verwacht` the estimate with its limits.
        """
        tabel = self.maandenbron() if self.maandenbron else pd.DataFrame(columns=list(RESULTAAT))
        return tabel[tabel["gebied"].eq(self.gebied)].reset_index(drop=True)

    @cached_property
    def kwartalen(self) -> pd.DataFrame:
        """Referrals by huisartsen per quarter in this gebied: rows of the result table; empty without source.

        `periode` is a quarter. Released ones are of the region only; an internal Beeld has those of every gebied.
        """
        tabel = self.kwartalenbron() if self.kwartalenbron else pd.DataFrame(columns=list(RESULTAAT))
        return tabel[tabel["gebied"].eq(self.gebied)].reset_index(drop=True)

    @cached_property
    def vergeleken(self) -> Vergelijking:
        """What stands beside the half-years, of every gebied: months, ratios by age, the country; may be empty."""
        return self.vergelijkbron() if self.vergelijkbron else Vergelijking.leeg()

    def lijst(self, naam: str) -> pd.DataFrame:
        """Rows of this gebied for its back office, by the name of the list; ParameterFout unless `intern`."""
        if not self.intern or self.lijstbron is None:
            raise ParameterFout(
                "Lijsten met toewijzingen zijn alleen voor intern gebruik.",
                ontvangen=repr(naam),
                doe="Vraag het beeld met intern=True: dan krijgt alles het watermerk INTERN.",
            )
        return self.lijstbron(naam)

    # Figures

    def rijen(
        self,
        indicator: str,
        *,
        per: str = "",
        gebieden: Sequence[str] | None = None,
        periodes: Sequence[Periode] | None = None,
    ) -> pd.DataFrame:
        """Result rows of one indicator, complete and in order: gebied, period, category.

        Args:
            per: one dimension to split by (category rows only), or '' for totals.
            gebieden: default this gebied only; periodes: default those of the charts.
        Returns: the columns of `kern.schema.RESULTAAT`; what is missing has a null figure and the status
            `geen_waarneming` (the gebied does have this indicator) or `niet_leverbaar` (it has not).
        """
        gebieden = gebieden if gebieden is not None else (self.gebied,)
        periodes = periodes if periodes is not None else self.periodes
        return self._rooster(indicator, per).kies(gebieden, {str(periode) for periode in periodes})

    def _rooster(self, indicator: str, per: str) -> Rooster:
        """The complete rows of all gebieden and half-years; made once per Vrijgave, whatever the gebied."""
        kaart = self.kaart(indicator)
        return kast(self.vrijgave).rooster(
            indicator,
            per,
            gebieden=(*self.params.regio.codes, codes.REGIO),
            periodes=self._alle_codes,
            eenheid=kaart.eenheid if kaart else "aantal",
        )

    @cached_property
    def _alle_codes(self) -> tuple[str, ...]:
        return tuple(str(periode) for periode in self.alle_periodes)

    def laad(self) -> None:
        """Make the grid of every definition card now, so that reports that are made side by side share them."""
        for kaart in self.params.kaarten.values():
            for splitsing in kaart.publiceer:
                if len(splitsing) <= 1:
                    self._rooster(kaart.id, "".join(splitsing))

    def per_1000(self, rijen: pd.DataFrame) -> pd.DataFrame:
        """Counts as a rate per 1,000 inhabitants of 0-22; without population the status is `niet_leverbaar`.

        The population is the one behind the released `jeugdigen.per_1000`; where that is hidden, the reference
        table: the year of the period, else the latest year before it.
        """
        sleutels = zip(rijen["gebied"], rijen["periode"], strict=True)
        inwoners = [self._noemers.get(sleutel) or self._inwoners(*sleutel) for sleutel in sleutels]
        noemer = pd.Series(inwoners, index=rijen.index, dtype="float64")
        telt = rijen["waarde"].notna()
        return rijen.assign(
            teller=rijen["waarde"],
            noemer=noemer,
            waarde=1000 * rijen["waarde"] / noemer,
            onder=float("nan"),
            boven=float("nan"),
            eenheid="per_1000",
            methode="per_1000_inwoners_0_22",
            status=rijen["status"].mask(telt & noemer.isna(), "niet_leverbaar"),
        )

    @property
    def _noemers(self) -> Mapping[tuple[str, str], float]:
        return kast(self.vrijgave).inwoners

    def _inwoners(self, gebied: str, periode: str) -> float:
        delen = self.params.regio.codes if gebied == codes.REGIO else (gebied,)
        return sum(self._inwoners_van(deel, Periode.lees(periode).jaar) for deel in delen)

    def _inwoners_van(self, gemeente: str, jaar: int) -> float:
        jaren = [bekend for code, bekend in self._bevolking if code == gemeente and bekend <= jaar]
        return self._bevolking[(gemeente, max(jaren))] if jaren else float("nan")

    @cached_property
    def _bevolking(self) -> dict[tuple[str, int], float]:
        tabel = self.referentie.bevolking
        tabel = tabel[tabel["leeftijd"].eq(LEEFTIJD_BEVOLKING)]
        sleutels = zip(tabel["gebied"], tabel["jaar"].astype(int), strict=True)
        return dict(zip(sleutels, tabel["aantal"].astype(float), strict=True))

    def aandelen(self, rijen: pd.DataFrame) -> pd.DataFrame:
        """Counts per category as a percentage of the visible total of the same gebied and period.

        The total is the released one, never the sum of the visible categories: that sum would be too small.
        """
        indicator = str(rijen["indicator"].iloc[0]) if len(rijen) else ""
        gebieden, periodes = dict.fromkeys(rijen["gebied"]), dict.fromkeys(rijen["periode"])
        totalen = self.rijen(indicator, gebieden=tuple(gebieden), periodes=[Periode.lees(p) for p in periodes])
        noemers = dict(
            zip(zip(totalen["gebied"], totalen["periode"], strict=True), totalen["waarde"], strict=True)
        )
        sleutels = zip(rijen["gebied"], rijen["periode"], strict=True)
        noemer = pd.Series([noemers.get(s) for s in sleutels], index=rijen.index, dtype="float64")
        noemer = noemer.where(noemer > 0)
        telt = rijen["waarde"].notna()
        return rijen.assign(
            teller=rijen["waarde"],
            noemer=noemer,
            waarde=(100 * rijen["waarde"] / noemer).clip(upper=100.0),
            onder=float("nan"),
            boven=float("nan"),
            eenheid="procent",
            methode="aandeel_van_totaal",
            status=rijen["status"].mask(telt & noemer.isna(), "geen_waarneming"),
        )

    def cbs(self, maat: str, gebied: str, periode: str | None = None) -> pd.DataFrame:
        """CBS rows of one measure and gebied, newest period first; empty when there are none."""
        tabel = self.referentie.cbs
        masker = tabel["maat"].eq(maat) & tabel["gebied"].eq(gebied)
        if periode is not None:
            masker &= tabel["periode"].eq(periode)
        return tabel[masker].sort_values("periode", ascending=False, kind="stable").reset_index(drop=True)
