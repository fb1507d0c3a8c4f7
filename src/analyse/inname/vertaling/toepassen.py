"""Applies a mapping to a table: neutral columns out of the columns of the source, all text, with row numbers.

The order per column is fixed: take, empty, pattern, codes, then dates and numbers by the kind of neutral column.
Filling in from another column comes after all columns stand. Rows are only left out where the mapping says that
they are no row of this table (`alleen_met`) or the same row again (`eenmalig`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from analyse.inname.tabellen import Gelezen
from analyse.inname.typen import EINDDATUMS
from analyse.inname.vertaling import codeherstel, datums, getallen
from analyse.inname.vertaling.herkennen import Keuze
from analyse.inname.vertaling.herstel import Cel, Herstel, Lezing, per_waarde
from analyse.inname.vertaling.koppen import Treffer, uit_naam
from analyse.inname.vertaling.model import Kolom, Tabelvertaling
from analyse.kern.schema import NEUTRAAL

_GETALLEN = ("volume", "aantal")  # and every column of cents
_PERSOON = ("client_id",)
VREEMD = "waarden die de vertaling niet kent"  # a value that isn't in `codes` of a column with `alleen_codes`
ELDERS = "andere wet, rij niet gebruikt"
_WETTEN = ("jw", "wmo")
SLEUTELTEKEN = "\x1f"  # between the parts of a made toewijzingnummer; the reader turns it into a pseudonym


@dataclass(frozen=True)
class Vertaald:
    """A neutral table; `geteld`: per source header and kind of change the number of values."""

    gelezen: Gelezen
    geteld: Mapping[tuple[str, str], int]


def pas_toe(gelezen: Gelezen, keuze: Keuze, treffer: Treffer, *, bestand: str) -> Vertaald:
    """One neutral table out of a source table; every column of kern.schema.NEUTRAAL that must be there is."""
    deel = keuze.vertaling.tabellen[treffer.tabel][treffer.nummer]
    werk = _Werk(gelezen, keuze, treffer, bestand)
    kolommen = {naam: werk.kolom(naam, kolom) for naam, kolom in deel.alle.items()}
    for naam, kolom in deel.alle.items():
        if kolom.aanvullen in kolommen:
            kolommen[naam] = pc.coalesce(kolommen[naam], kolommen[kolom.aanvullen])
    if deel.sleutel:
        kolommen["toewijzingnummer"] = _sleutel([kolommen[naam] for naam in deel.sleutel])
    leeg = pa.nulls(len(gelezen.inhoud), pa.string())
    for naam in NEUTRAAL[treffer.tabel].verplicht:
        kolommen.setdefault(naam, leeg)
    inhoud, nr = werk.van_deze_wet(*_rijen(pa.table(kolommen), gelezen.nr, deel))
    inhoud = inhoud.select([naam for naam in inhoud.column_names if naam in NEUTRAAL[treffer.tabel].kolommen])
    return Vertaald(Gelezen(inhoud, nr, gelezen.krom, gelezen.windows_1252), dict(sorted(werk.geteld.items())))


class _Werk:
    """The columns of one source table, and what was changed in them."""

    def __init__(self, gelezen: Gelezen, keuze: Keuze, treffer: Treffer, bestand: str) -> None:
        self._gelezen, self._keuze, self._bestand = gelezen, keuze, bestand
        self._tabel, self._plekken = NEUTRAAL[treffer.tabel], dict(treffer.plekken)
        self._deel = keuze.vertaling.tabellen[treffer.tabel][treffer.nummer]
        self.geteld: Counter[tuple[str, str]] = Counter()

    def kolom(self, naam: str, kolom: Kolom) -> pa.Array:
        """One neutral column."""
        if naam not in self._plekken:
            return pa.repeat(pa.scalar(uit_naam(kolom, self._bestand), pa.string()), len(self._gelezen.inhoud))
        bron = self._gelezen.inhoud.column_names[self._plekken[naam]]
        waarden, soorten = self._bron(naam)
        waarden = self._vooraf(bron, waarden, soorten, kolom)
        hersteld = self._herstel(naam, kolom, waarden, soorten)
        self._tel(bron, hersteld)
        return hersteld.kolom

    def van_deze_wet(self, inhoud: pa.Table, nr: pa.Array) -> tuple[pa.Table, pa.Array]:
        """Without the rows of another law: suites hold those too, and unknown must not count as jeugdhulp."""
        if "domein" not in self._plekken:
            return inhoud, nr
        wet = pc.is_in(pc.utf8_lower(inhoud["domein"]), value_set=pa.array(_WETTEN))
        houd = pc.or_(wet, pc.is_null(inhoud["domein"])).combine_chunks()
        if weg := len(houd) - houd.true_count:
            self.geteld[self._gelezen.inhoud.column_names[self._plekken["domein"]], ELDERS] += weg
        return inhoud.filter(houd), nr.filter(houd)

    def _tel(self, bron: str, hersteld: Herstel) -> None:
        for wat, aantal in hersteld.geteld.items():
            self.geteld[bron, wat] += aantal

    def _bron(self, naam: str) -> tuple[pa.Array, pa.Array | None]:
        plek = self._plekken[naam]
        waarden = self._gelezen.inhoud.column(plek).combine_chunks()
        return waarden, self._gelezen.soorten[plek] if self._gelezen.soorten else None

    def _vooraf(self, bron: str, waarden: pa.Array, soorten: pa.Array | None, kolom: Kolom) -> pa.Array:
        """Empty words, pattern and codes; a value that no code translates stays what it is."""
        leeg = {woord.lower() for woord in self._keuze.vertaling.leeg}
        codes = {bron.lower(): code for bron, code in kolom.codes.items()}

        def lees(cellen: Counter[Cel]) -> Mapping[Cel, Lezing]:
            return {cel: _herlees(cel[0], kolom, codes, leeg) for cel in cellen}

        hersteld = per_waarde(waarden, soorten, lees)
        self._tel(bron, hersteld)
        return hersteld.kolom

    def _herstel(self, naam: str, kolom: Kolom, waarden: pa.Array, soorten: pa.Array | None) -> Herstel:
        vertaling = self._keuze.vertaling
        if naam == "productcode":
            categorie = self._bron("productcategorie") if "productcategorie" in self._plekken else (None, None)
            bekend = self._keuze.producten
            return codeherstel.herstel_producten(waarden, soorten, categorie[0], bekend=bekend)
        if naam in _PERSOON:
            return per_waarde(waarden, soorten, codeherstel.lees_nummers)
        if kolom.deel == "tijd":
            return Herstel(_elk(waarden, datums.tijd))
        if naam in self._tabel.datums or kolom.deel:
            einde = naam in EINDDATUMS
            gelezen = per_waarde(
                waarden,
                soorten,
                lambda cellen: datums.lees_datums(cellen, volgorde=vertaling.datumvolgorde, einde=einde),
            )
            delen = {"jaar": datums.jaar, "maand": datums.maand}
            return Herstel(_elk(gelezen.kolom, delen[kolom.deel])) if kolom.deel in delen else gelezen
        if naam in _GETALLEN or naam.endswith("_cent"):
            return per_waarde(
                waarden,
                soorten,
                lambda cellen: getallen.lees_getallen(cellen, decimaal=vertaling.decimaal, eenheid=kolom.eenheid),
            )
        return Herstel(waarden)


def _herlees(tekst: str, kolom: Kolom, codes: Mapping[str, str], leeg: set[str]) -> Lezing:
    if tekst.lower() in leeg:
        return Lezing(None)
    if kolom.patroon:
        gevonden = re.search(kolom.patroon, tekst)
        tekst = (gevonden[1] or "") if gevonden else tekst
    if kolom.alleen_codes and tekst.lower() not in codes:
        return Lezing(None, VREEMD)
    return Lezing(codes.get(tekst.lower(), tekst) or None)


def _elk(waarden: pa.Array, lees: Callable[[str], str | None]) -> pa.Array:
    """A function on every distinct value."""
    gecodeerd = pc.dictionary_encode(waarden)
    nieuw = pa.array([lees(tekst) for tekst in gecodeerd.dictionary.to_pylist()], pa.string())
    return pc.take(nieuw, gecodeerd.indices)


def _sleutel(kolommen: Sequence[pa.Array]) -> pa.Array:
    """The parts of a made number, the client first; a row that misses one has none."""
    return pc.binary_join_element_wise(*kolommen, SLEUTELTEKEN)


def _rijen(inhoud: pa.Table, nr: pa.Array, deel: Tabelvertaling) -> tuple[pa.Table, pa.Array]:
    """The rows that count, with their numbers."""
    houd = pa.repeat(pa.scalar(True), len(inhoud))
    for naam in deel.alleen_met:
        houd = pc.and_(houd, pc.is_valid(inhoud[naam]))
    inhoud, nr = inhoud.filter(houd), nr.filter(houd.combine_chunks() if hasattr(houd, "combine_chunks") else houd)
    if deel.eenmalig:
        gezien: set[tuple[object, ...]] = set()
        rijen = zip(*(kolom.to_pylist() for kolom in inhoud.columns), strict=True)
        eerste = pa.array([not (rij in gezien or gezien.add(rij)) for rij in rijen], pa.bool_())  # type: ignore[func-returns-value]
        inhoud, nr = inhoud.filter(eerste), nr.filter(eerste)
    return inhoud, nr


def met_nummers(inhoud: pa.Table, pseudoniem: Callable[[str | None], str | None]) -> pa.Table:
    """Made numbers (`sleutel`) in their final form: the client in them becomes the start of its pseudonym."""
    if "toewijzingnummer" not in inhoud.column_names:
        return inhoud
    nummers = inhoud["toewijzingnummer"].combine_chunks()
    if not pc.any(pc.match_substring(nummers, SLEUTELTEKEN)).as_py():
        return inhoud
    plek = inhoud.column_names.index("toewijzingnummer")
    nieuw = _elk(nummers, lambda tekst: _nummer(tekst, pseudoniem) if tekst else None)
    return inhoud.set_column(plek, "toewijzingnummer", nieuw)


def _nummer(tekst: str, pseudoniem: Callable[[str | None], str | None]) -> str:
    """Eight digits of the pseudonym, then the other parts; twenty characters is what a number may be."""
    client, *rest = tekst.split(SLEUTELTEKEN)
    return ((pseudoniem(client) or "")[:8] + "".join(re.sub(r"\W", "", deel) for deel in rest))[:20]
