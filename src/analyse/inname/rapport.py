"""What a delivery looks like from outside: files, records, findings, and which gemeenten are blocked.

In Dutch, B1. Made from the tables of Basis alone, so it can be printed long after the deliveries are gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analyse.inname.tellen import LOTEN
from analyse.inname.toetsing import OVERIGE
from analyse.kern.basis import Basis
from analyse.kern.codes import REGIO
from analyse.kern.fouten import RAAKT_ALLES, RAAKT_EURO, Ernst

MAX_REGELS = 3  # places named per finding
LOTEN_KOPPEN = ("gelezen", *LOTEN)
_UITLEG = (
    "Elke gelezen regel staat in precies een van de vier kolommen.",
    "Gebruikt: telt mee. Vervangen: een herhaling, of er kwam een nieuwere. Verwijderd: door de bron ingetrokken.",
    "Opzij: niet te gebruiken; de bevindingen zeggen waarom.",
    "",
)
_KOPPEN = {
    Ernst.BLOKKEREND: "Moet eerst worden opgelost",
    Ernst.WAARSCHUWING: "Let op",
    Ernst.INFORMATIE: "Ter informatie",
}


@dataclass(frozen=True)
class Rapport:
    """Findings and counts of one Basis; `tekst` is the report, `geblokkeerd` the gebieden without figures."""

    bevindingen: pd.DataFrame
    telling: pd.DataFrame
    leveringen: pd.DataFrame

    @property
    def geblokkeerd(self) -> tuple[str, ...]:
        """Gebieden with at least one blocking finding, in order of code; empty when all figures can be made."""
        return tuple(sorted(self._raakt(RAAKT_ALLES) | self._raakt(RAAKT_EURO)))

    @property
    def zonder_euro(self) -> tuple[str, ...]:
        """Gebieden of which only the figures in euros can't be made."""
        return tuple(sorted(self._raakt(RAAKT_EURO) - self._raakt(RAAKT_ALLES)))

    def _raakt(self, wat: str) -> set[str]:
        blokkerend = self.bevindingen["ernst"] == Ernst.BLOKKEREND
        return set(self.bevindingen.loc[blokkerend & (self.bevindingen["raakt"] == wat), "gebied"])

    @property
    def per_aanbieder(self) -> pd.DataFrame:
        """Weight of all findings: gebied, aanbieder (AGB or ''), code, ernst, regel, aantal, euro_cent. INTERN."""
        per = ["gebied", "aanbieder", "code", "ernst", "regel"]
        som = self.bevindingen.groupby(per, sort=True)[["aantal", "euro_cent"]].sum(min_count=1)
        return som.astype("Int64").reset_index()

    @property
    def tekst(self) -> str:
        """The whole report as plain text."""
        return "\n".join(self._regels()) + "\n"

    def __str__(self) -> str:
        return self.tekst

    def _regels(self) -> Iterator[str]:
        gebieden = sorted(set(self.bevindingen["gebied"]) | set(self.leveringen["gemeente"]) - {REGIO})
        for gebied in [*(g for g in gebieden if g != REGIO), *(g for g in gebieden if g == REGIO)]:
            yield from self._gebied(gebied)
        yield from self._slot()

    def _gebied(self, gebied: str) -> Iterator[str]:
        yield gebied
        yield "=" * len(gebied)
        yield from self._levering(gebied)
        eigen = self.bevindingen[self.bevindingen["gebied"] == gebied]
        if eigen.empty:
            yield "Geen bevindingen."
        for ernst, kop in _KOPPEN.items():
            yield from _bevindingen(eigen[eigen["ernst"] == ernst], kop)
        yield ""

    def _levering(self, gebied: str) -> Iterator[str]:
        eigen = self.leveringen[self.leveringen["gemeente"] == gebied]
        for levering in eigen.to_dict("records"):
            dag = levering["peildatum"]
            datum = "onbekend" if pd.isna(dag) else f"{dag:%d-%m-%Y}"
            yield f"Peildatum: {datum}. Vorm: {levering['vorm']}."
        telling = self.telling[self.telling["gebied"] == gebied]
        if not telling.empty:
            yield f"Bestanden: {telling['bestand'].nunique()}."
            yield _regel("", *LOTEN_KOPPEN)
        for rij in telling.groupby("tabel").sum(numeric_only=True).reset_index().to_dict("records"):
            yield _regel(rij["tabel"], *(_getal(rij[kop]) for kop in LOTEN_KOPPEN))

    def _slot(self) -> Iterator[str]:
        if not self.telling.empty:
            yield from _UITLEG
        if not self.geblokkeerd:
            yield "Alle cijfers kunnen worden gemaakt."
            return
        if alles := [g for g in self.geblokkeerd if g not in self.zonder_euro]:
            yield f"Geen cijfers voor: {', '.join(alles)}."
        if self.zonder_euro:
            yield f"Wel cijfers, maar geen bedragen voor: {', '.join(self.zonder_euro)}."
        yield "Los eerst de punten onder 'Moet eerst worden opgelost' op."


def _bevindingen(bevindingen: pd.DataFrame, kop: str) -> Iterator[str]:
    if bevindingen.empty:
        return
    yield f"{kop}:"
    for (code, regel, doe), groep in bevindingen.groupby(["code", "regel", "doe"], sort=True):
        yield f"  {code}  {regel} ({_gewicht(groep)})"
        yield from _plekken(groep)
        if vooral := _vooral(groep):
            yield f"        Vooral bij aanbieder {vooral}"
        yield f"        Wat u kunt doen: {doe}"


def _gewicht(groep: pd.DataFrame) -> str:
    """How often, and how much money is concerned where there is any."""
    keer = f"{_getal(int(groep['aantal'].sum()))} keer"
    cent = int(groep["euro_cent"].abs().sum())
    return f"{keer}, het gaat om {_getal(round(cent / 100))} euro" if cent else keer


def _plekken(groep: pd.DataFrame) -> Iterator[str]:
    getoond = groep[groep["plek"] != OVERIGE].head(MAX_REGELS)
    for rij in getoond.to_dict("records"):
        if plek := ", ".join(deel for deel in (rij["bestand"], rij["plek"], rij["ontvangen"]) if deel):
            yield f"        {plek}"
    if rest := int(groep["aantal"].sum() - getoond["aantal"].sum()):
        yield f"        en {_getal(rest)} keer op andere plekken"


def _vooral(groep: pd.DataFrame) -> str:
    """The aanbieders with most findings, when there is more than one."""
    per = groep[groep["aanbieder"] != ""].groupby("aanbieder")["aantal"].sum()
    if len(per) < 2:
        return ""
    per = per.sort_values(ascending=False, kind="stable").head(MAX_REGELS)
    return ", ".join(f"{agb} ({_getal(aantal)})" for agb, aantal in per.items())


def _regel(naam: str, *waarden: str) -> str:
    return f"  {naam:<13}" + "".join(f"{waarde:>12}" for waarde in waarden)


def _getal(aantal: int) -> str:
    """A whole number with dots, as Dutch readers expect."""
    return f"{int(aantal):,}".replace(",", ".")


def controleer(basis: Basis) -> Rapport:
    """The data-quality report of a Basis: text, table of findings, counts, and which gebieden are blocked."""
    return Rapport(basis.pandas("bevindingen"), basis.pandas("telling"), basis.pandas("leveringen"))
