"""Applies acceptances: a block that somebody has looked at and finds right becomes a warning that says so.

An acceptance holds for one rule, gemeente, table and delivery. The next delivery has another peildatum, so what
was accepted once is asked again; and one that meets no block is told, because then it is wrong or out of date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from analyse.correctieregister import ANDERE_LEVERING, ONGEBRUIKT, Aanvaarding
from analyse.kern.fouten import Bevinding, Ernst


def aanvaard(
    bevindingen: Sequence[Bevinding], register: Sequence[Aanvaarding], peildata: Mapping[str, date | None]
) -> list[Bevinding]:
    """The findings, accepted blocks as warnings, and a finding of every acceptance that did nothing.

    `peildata`: the gemeenten that delivered, with their peildatum; acceptances of others are left out.
    """
    actief = [regel for regel in register if regel.status == "actief" and regel.gemeente in peildata]
    geldig = [regel for regel in actief if regel.levering == peildata[regel.gemeente]]
    uit: list[Bevinding] = []
    gebruikt: set[str] = set()
    for bevinding in bevindingen:
        regel = next((regel for regel in geldig if _raakt(regel, bevinding)), None)
        uit.append(_aanvaard(bevinding, regel) if regel else bevinding)
        gebruikt |= {regel.id} if regel else set()
    anders = [_van(r, ANDERE_LEVERING, f"levering van {r.levering:%d-%m-%Y}") for r in actief if r not in geldig]
    return [*uit, *anders, *(_van(r, ONGEBRUIKT, r.aanvaard) for r in geldig if r.id not in gebruikt)]


def _raakt(regel: Aanvaarding, bevinding: Bevinding) -> bool:
    zelfde = bevinding.code == regel.aanvaard and bevinding.gebied == regel.gemeente
    # What was received begins with the name of the table.
    tabel = bevinding.ontvangen.startswith(f"{regel.tabel}: ")
    return zelfde and tabel and bevinding.ernst == Ernst.BLOKKEREND


def _aanvaard(bevinding: Bevinding, regel: Aanvaarding) -> Bevinding:
    wie = f"aanvaard door {regel.melder} op {regel.datum:%d-%m-%Y}"
    return replace(
        bevinding,
        ernst=Ernst.WAARSCHUWING,
        raakt="",
        regel=f"{bevinding.regel} {regel.aanduiding} {regel.reden}",
        ontvangen=f"{bevinding.ontvangen}; {wie}",
        doe="Kijk bij de volgende levering opnieuw. De aanvaarding geldt alleen voor deze levering.",
    )


_TEKST = {
    ONGEBRUIKT: (
        Ernst.WAARSCHUWING,
        "niet gebruikt. De controle vindt in deze levering niets om te aanvaarden.",
        "Trek de aanvaarding in, of verbeter de gemeente of de tabel.",
    ),
    ANDERE_LEVERING: (
        Ernst.INFORMATIE,
        "geldt niet, want dit is een andere levering.",
        "Trek de aanvaarding in. Maak een nieuwe als het verschil opnieuw klopt.",
    ),
}


def _van(regel: Aanvaarding, code: str, ontvangen: str) -> Bevinding:
    ernst, tekst, doe = _TEKST[code]
    bestand = f"correcties/{regel.id}.yaml"
    return Bevinding(code, ernst, regel.gemeente, bestand, "", f"{regel.aanduiding} {tekst}", ontvangen, doe)
