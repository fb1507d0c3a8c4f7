"""Which mapping a file needs, by its headers alone. One must explain more than every other, else nobody chooses.

A wrong mapping gives wrong figures without a word, so a tie is told and the file stays unread until levering.yaml
names the mapping.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analyse.inname.tabellen import VOORAAN, Plek, vooraan
from analyse.inname.vertaling.jsonrijen import als_tabel, lees_json, platte_rijen
from analyse.inname.vertaling.koppen import Kop, Treffer, bekende_namen, kaal, kies_kop, past_op_naam, plaats
from analyse.inname.vertaling.model import Vertaling

PROEF = 200  # JSON records looked at to know the paths


@dataclass(frozen=True)
class Keuze:
    """A mapping that fits a file or sheet, and where its columns are; `producten` help to mend codes."""

    naam: str
    vertaling: Vertaling
    treffers: tuple[Treffer, ...]
    producten: frozenset[str] = frozenset()

    @property
    def tabellen(self) -> tuple[str, ...]:
        """The neutral tables that come out, each once."""
        return tuple(dict.fromkeys(treffer.tabel for treffer in self.treffers))

    @property
    def gewicht(self) -> int:
        """How many headers of the file this mapping explains."""
        return len({(t.kop.rij, t.kop.namen[plek]) for t in self.treffers for _, plek in t.plekken})


@dataclass(frozen=True)
class Oordeel:
    """What is known about one sheet: the mapping that fits, or those that tie.

    `bijna` is a table that almost fits: of any mapping when none fits, else of the one that fits, where that table
    would explain more headers than what fits.
    """

    blad: str
    keuze: Keuze | None = None
    gelijk: tuple[str, ...] = ()
    bijna: tuple[str, Treffer] | None = None
    koppen: tuple[str, ...] = ()


def herken(plek: Plek, vertalingen: Mapping[str, Vertaling]) -> list[Oordeel]:
    """A judgement per sheet (other files have one). Raises OnleesbareTabel."""
    if plek.uitgang == ".json":
        return [_oordeel("", _uit_json(plek, vertalingen), ())]
    return [_blad(plek, naam, rijen, vertalingen) for naam, rijen in vooraan(plek)]


def _blad(plek: Plek, blad: str, rijen: Sequence[Sequence[str]], vertalingen: Mapping[str, Vertaling]) -> Oordeel:
    keuzes: list[Keuze] = []
    for naam, vertaling in vertalingen.items():
        kop = kies_kop(vertaling, rijen) if vertaling.vorm == "tabel" else None
        if kop and _heeft_kenmerk(vertaling, kop.namen):
            keuzes.append(Keuze(naam, vertaling, _treffers(vertaling, kop, plek.naam, blad)))
    # The header of a file that nothing fits: its widest row among the first.
    breedste = max(rijen[:VOORAAN], key=lambda rij: sum(bool(naam) for naam in rij), default=())
    return _oordeel(blad, keuzes, tuple(naam for naam in breedste if naam))


def _treffers(vertaling: Vertaling, kop: Kop, bestand: str, blad: str) -> tuple[Treffer, ...]:
    return tuple(
        plaats(tabel, nummer, deel, kop, bestand=bestand)
        for tabel, delen in vertaling.tabellen.items()
        for nummer, deel in enumerate(delen)
        if past_op_naam(deel, bestand, blad)
    )


def _heeft_kenmerk(vertaling: Vertaling, namen: Sequence[str]) -> bool:
    aanwezig = {kaal(naam) for naam in namen}
    return not vertaling.kenmerk or any(kaal(naam) in aanwezig for naam in vertaling.kenmerk)


def _uit_json(plek: Plek, vertalingen: Mapping[str, Vertaling]) -> list[Keuze]:
    keuzes: list[Keuze] = []
    for naam, vertaling in vertalingen.items():
        if vertaling.vorm != "json" or not (records := lees_json(plek, vertaling.wortel)):
            continue
        treffers = _json_treffers(vertaling, records[:PROEF], plek.naam)
        namen = [kopnaam for treffer in treffers for kopnaam in treffer.kop.namen]
        if _heeft_kenmerk(vertaling, namen):
            keuzes.append(Keuze(naam, vertaling, treffers))
    return keuzes


def _json_treffers(vertaling: Vertaling, records: Sequence[Any], bestand: str) -> tuple[Treffer, ...]:
    koppen: dict[str, Kop] = {}
    treffers: list[Treffer] = []
    for tabel, delen in vertaling.tabellen.items():
        for nummer, deel in enumerate(delen):
            if deel.rijen not in koppen:
                namen = als_tabel(list(platte_rijen(records, deel.rijen))).column_names
                koppen[deel.rijen] = Kop(0, tuple(namen))
            if past_op_naam(deel, bestand, ""):
                treffers.append(plaats(tabel, nummer, deel, koppen[deel.rijen], bestand=bestand))
    return tuple(treffers)


def _oordeel(blad: str, keuzes: Sequence[Keuze], koppen: tuple[str, ...]) -> Oordeel:
    """One mapping that explains more than the others; of equals a specific one goes before a general one."""
    passend = [_volledig(keuze) for keuze in keuzes if any(not t.mist for t in keuze.treffers)]
    if not passend:
        return Oordeel(blad, bijna=_bijna(keuzes), koppen=koppen)
    hoogste = max(keuze.gewicht for keuze in passend)
    beste = [keuze for keuze in passend if keuze.gewicht == hoogste]
    beste = [keuze for keuze in beste if not keuze.vertaling.algemeen] or beste
    if len(beste) > 1:
        return Oordeel(blad, gelijk=tuple(keuze.naam for keuze in beste), koppen=koppen)
    half = _bijna([keuze for keuze in keuzes if keuze.naam == beste[0].naam])
    meer = half and len(half[1].plekken) > max(len(t.plekken) for t in beste[0].treffers)
    return Oordeel(blad, keuze=beste[0], bijna=half if meer else None, koppen=koppen)


def _volledig(keuze: Keuze) -> Keuze:
    """The tables that are there; of descriptions with the same role the first."""
    per_rol: dict[tuple[str, str], Treffer] = {}
    for treffer in keuze.treffers:
        deel = keuze.vertaling.tabellen[treffer.tabel][treffer.nummer]
        if not treffer.mist:
            per_rol.setdefault((treffer.tabel, deel.rol), treffer)
    return Keuze(keuze.naam, keuze.vertaling, tuple(per_rol.values()))


def _bijna(keuzes: Sequence[Keuze]) -> tuple[str, Treffer] | None:
    """The table that misses least, when most of what it needs is there."""
    paren = [
        (len(t.mist), -len(t.plekken), keuze.naam, t)
        for keuze in keuzes
        for t in keuze.treffers
        if 0 < len(t.mist) < len(t.plekken)
    ]
    if not paren:
        return None
    _, _, naam, treffer = min(paren, key=lambda paar: paar[:3])
    return naam, treffer


def ongebruikt(vertaling: Vertaling, kop: Kop) -> list[str]:
    """Headers of a file that the mapping doesn't know."""
    bekend = bekende_namen(vertaling)
    return [naam for naam in kop.namen if naam and kaal(naam) not in bekend]
