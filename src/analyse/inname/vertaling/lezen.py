"""From one delivered table to neutral tables: as it is when it has the neutral names, translated otherwise.

Everything that was changed on the way is told per column: what, how often, and in which column of the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyarrow as pa

from analyse.inname.meldingen import melding, veilig
from analyse.inname.tabellen import Gelezen, Vorm, lees_ruw, lees_tabel
from analyse.inname.vertaling import codeherstel, datums, getallen
from analyse.inname.vertaling.herkennen import Keuze, ongebruikt
from analyse.inname.vertaling.jsonrijen import als_tabel, lees_json, platte_rijen
from analyse.inname.vertaling.koppen import Treffer
from analyse.inname.vertaling.toepassen import ELDERS, VREEMD, pas_toe
from analyse.kern.fouten import Bevinding

if TYPE_CHECKING:
    from analyse.inname.levering import Bestand

_CODE = {
    datums.ANDERS: "LV33",
    getallen.ANDERS: "LV33",
    datums.SERIE: "LV34",
    datums.GEWISSELD: "LV35",
    datums.ONZEKER: "LV36",
    getallen.ONZEKER: "LV36",
    codeherstel.ONZEKER: "LV36",
    VREEMD: "LV36",
    ELDERS: "LV36",
    datums.LEEG: "LV37",
    codeherstel.HERSTELD: "LV38",
    codeherstel.AFGEROND: "LV39",
}
_VREEMD = 5  # unknown headers that are named


@dataclass(frozen=True)
class Deel:
    """One neutral table out of a file: its name, its rows as text, and what was found while translating.

    `elders`: how many rows belong to another law and were put aside.
    """

    naam: str
    gelezen: Gelezen
    bevindingen: tuple[Bevinding, ...] = ()
    elders: int = 0


def lees_delen(bestand: Bestand) -> list[Deel]:
    """The neutral tables in one file or sheet. Raises OnleesbareTabel."""
    if bestand.keuze is None:
        return [Deel(naam, lees_tabel(bestand.pad, bestand.lid)) for naam in bestand.tabellen]
    delen: list[Deel] = []
    verteld: set[tuple[str, str]] = set()  # one column may feed several tables
    for treffer, gelezen in _bronnen(bestand, bestand.keuze):
        vertaald = pas_toe(gelezen, bestand.keuze, treffer, bestand=bestand.plek.naam)
        nieuw = {wat: aantal for wat, aantal in vertaald.geteld.items() if wat not in verteld}
        verteld |= set(nieuw)
        elders = sum(aantal for (_, wat), aantal in vertaald.geteld.items() if wat == ELDERS)
        delen.append(Deel(treffer.tabel, vertaald.gelezen, tuple(_bevindingen(bestand, nieuw)), elders))
    return [_met_kop(bestand, bestand.keuze, delen[0]), *delen[1:]]


def _bronnen(bestand: Bestand, keuze: Keuze) -> Iterator[tuple[Treffer, Gelezen]]:
    """Per table that comes out, the source rows it is made of; a flat file is read once.

    What is wrong with the file itself (encoding, torn rows) is told with its first table only.
    """
    if keuze.vertaling.vorm == "json":
        yield from _uit_json(bestand, keuze)
        return
    scheiding = {"auto": None, "tab": "\t"}.get(keuze.vertaling.scheiding, keuze.vertaling.scheiding)
    vorm = Vorm(keuze.treffers[0].kop.rij, scheiding, keuze.vertaling.tekenset)
    gelezen = lees_ruw(bestand.plek, vorm)
    for nummer, treffer in enumerate(keuze.treffers):
        yield treffer, gelezen if nummer == 0 else Gelezen(gelezen.inhoud, gelezen.nr, soorten=gelezen.soorten)


def _uit_json(bestand: Bestand, keuze: Keuze) -> Iterator[tuple[Treffer, Gelezen]]:
    records = lees_json(bestand.plek, keuze.vertaling.wortel)
    for treffer in keuze.treffers:
        deel = keuze.vertaling.tabellen[treffer.tabel][treffer.nummer]
        inhoud = als_tabel(list(platte_rijen(records, deel.rijen)))
        # Places were found in the first records; a path that comes later must not shift them.
        namen = [naam for naam in treffer.kop.namen if naam in inhoud.column_names]
        rest = [naam for naam in inhoud.column_names if naam not in namen]
        nr = pa.array(range(1, len(inhoud) + 1), pa.int32())
        yield treffer, Gelezen(inhoud.select([*namen, *rest]), nr)


def _bevindingen(bestand: Bestand, geteld: Mapping[tuple[str, str], int]) -> Iterator[Bevinding]:
    for (kop, wat), aantal in geteld.items():
        plek = f"kolom {veilig(kop)}"
        yield melding(_CODE[wat], bestand.gemeente, bestand.naam, plek=plek, ontvangen=wat, aantal=aantal)


def _met_kop(bestand: Bestand, keuze: Keuze, deel: Deel) -> Deel:
    """The first table also tells which mapping was used and which headers it doesn't know."""
    gok = " (gok)" if keuze.vertaling.status == "gok" else ""
    tekst = f"{keuze.naam}{gok}: {', '.join(keuze.tabellen)}"
    vooraf = [melding("LV30", bestand.gemeente, bestand.naam, ontvangen=tekst)]
    vreemd = ongebruikt(keuze.vertaling, keuze.treffers[0].kop) if keuze.vertaling.vorm == "tabel" else []
    if vreemd:
        namen = ", ".join(veilig(naam) for naam in vreemd[:_VREEMD])
        vooraf.append(melding("LV21", bestand.gemeente, bestand.naam, ontvangen=namen, aantal=len(vreemd)))
    return replace(deel, bevindingen=(*vooraf, *deel.bevindingen))
