"""What a delivery looks like from outside: files, records, findings, and which gemeenten are blocked.

In Dutch, B1. Made from the tables of Basis alone, so it can be printed long after the deliveries are gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analyse.inname.tellen import LOTEN
from analyse.kern.basis import Basis
from analyse.kern.codes import REGIO
from analyse.kern.fouten import Ernst

MAX_REGELS = 3  # places named per finding
LOTEN_KOPPEN = ("gelezen", *LOTEN)
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
        blokkerend = self.bevindingen["ernst"] == Ernst.BLOKKEREND
        return tuple(sorted(set(self.bevindingen.loc[blokkerend, "gebied"])))

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
        if self.geblokkeerd:
            yield f"Geblokkeerd: {', '.join(self.geblokkeerd)}."
            yield "Los eerst de punten onder 'Moet eerst worden opgelost' op."
        else:
            yield "Alle cijfers kunnen worden gemaakt."


def _bevindingen(bevindingen: pd.DataFrame, kop: str) -> Iterator[str]:
    if bevindingen.empty:
        return
    yield f"{kop}:"
    for (code, regel, doe), groep in bevindingen.groupby(["code", "regel", "doe"], sort=True):
        totaal = int(groep["aantal"].sum())
        yield f"  {code}  {regel} ({_getal(totaal)} keer)"
        for rij in groep.head(MAX_REGELS).to_dict("records"):
            plek = ", ".join(deel for deel in (rij["bestand"], rij["plek"], rij["ontvangen"]) if deel)
            if plek:
                yield f"        {plek}"
        rest = totaal - int(groep["aantal"].head(MAX_REGELS).sum())
        if rest:
            yield f"        en {_getal(rest)} keer op andere plekken"
        yield f"        Wat u kunt doen: {doe}"


def _regel(naam: str, *waarden: str) -> str:
    return f"  {naam:<13}" + "".join(f"{waarde:>12}" for waarde in waarden)


def _getal(aantal: int) -> str:
    """A whole number with dots, as Dutch readers expect."""
    return f"{int(aantal):,}".replace(",", ".")


def controleer(basis: Basis) -> Rapport:
    """The data-quality report of a Basis: text, table of findings, counts, and which gebieden are blocked."""
    return Rapport(basis.pandas("bevindingen"), basis.pandas("telling"), basis.pandas("leveringen"))
