"""From a table as it was read to raw rows: what is wrong with its shape, ids replaced, missing columns empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from analyse.inname.levering import Bestand
from analyse.inname.meldingen import melding, veilig, vorm
from analyse.inname.pseudoniem import Pseudoniemen
from analyse.inname.ruw import RUW, VRIJE_NUMMERS
from analyse.inname.tabellen import Gelezen
from analyse.kern.fouten import Bevinding
from analyse.kern.schema import NEUTRAAL

_WETTEN = ("jw", "wmo")
_GETOOND = 3


def over_vorm(gelezen: Gelezen, naam: str, bestand: Bestand) -> list[Bevinding]:
    """Findings about columns, encoding, torn rows and the gemeente that the table names."""
    tabel, kolommen = NEUTRAAL[naam], gelezen.inhoud.column_names
    ontbreekt = [k for k in tabel.verplicht if k not in kolommen]
    # A file without a header has data where names should be: then only the shape is shown.
    vreemd = [vorm(k) if ontbreekt else veilig(k) for k in kolommen if k not in tabel.kolommen]
    elders = _andere_gemeente(gelezen.inhoud, bestand.gemeente) if "gemeentecode" in kolommen else 0
    rijen = ", ".join(str(n) for n in gelezen.krom[:5])
    gevallen: list[tuple[bool, str, dict[str, object]]] = [
        (bool(ontbreekt), "LV09", {"ontvangen": "zonder " + ", ".join(ontbreekt)}),
        (bool(vreemd), "LV21", {"ontvangen": ", ".join(vreemd[:5]), "aantal": len(vreemd)}),
        (bool(gelezen.krom), "LV20", {"plek": f"rij {rijen}", "aantal": len(gelezen.krom)}),
        (gelezen.windows_1252, "LV11", {}),
        (bool(elders), "LV14", {"aantal": elders}),
    ]
    return [melding(code, bestand.gemeente, bestand.naam, **rest) for geldt, code, rest in gevallen if geldt]  # type: ignore[arg-type]


def _andere_gemeente(inhoud: pa.Table, gemeente: str) -> int:
    cijfers = pc.replace_substring_regex(inhoud["gemeentecode"], "^GM", "")
    anders = pc.not_equal(pc.utf8_lpad(cijfers, 4, "0"), gemeente[2:])
    return int(pc.sum(anders).as_py() or 0)


def als_ruw(inhoud: pa.Table, naam: str, pseudoniem: Pseudoniemen) -> pa.Table:
    """The raw columns: missing ones empty, ids replaced, domein Jw where nothing is said."""
    aantal = len(inhoud)
    kolommen: dict[str, pa.ChunkedArray | pa.Array] = {}
    for kolom in RUW[naam]:
        bron = "client_id" if kolom == "persoon" else kolom
        kolommen[kolom] = inhoud[bron] if bron in inhoud.column_names else pa.nulls(aantal, pa.string())
    for kolom in set(VRIJE_NUMMERS) & set(kolommen):
        kolommen[kolom] = _vervang(kolommen[kolom], pseudoniem.in_tekst)
    if "persoon" in kolommen:
        if "toewijzingnummer" in kolommen:
            kolommen["toewijzingnummer"] = _zonder_bsn(kolommen["toewijzingnummer"], kolommen["persoon"])
        kolommen["persoon"] = _vervang(kolommen["persoon"], pseudoniem)
    if "domein" in kolommen:
        kolommen["domein"] = _domein(kolommen["domein"])
    return pa.table(kolommen)


def van_bekende_wet(gelezen: Gelezen) -> tuple[Gelezen, pa.Array]:
    """Without the rows of which domein is neither Jw nor Wmo, and what stood there: they are no jeugdhulp."""
    if "domein" not in gelezen.inhoud.column_names:
        return gelezen, pa.array([], pa.string())
    domein = gelezen.inhoud["domein"].combine_chunks()
    houd = pc.or_(pc.is_in(pc.utf8_lower(domein), value_set=pa.array(_WETTEN)), pc.is_null(domein))
    if houd.true_count == len(houd):
        return gelezen, domein[:0]
    deel = replace(gelezen, inhoud=gelezen.inhoud.filter(houd), nr=gelezen.nr.filter(houd))
    return deel, domein.filter(pc.invert(houd))


def over_wet(vreemd: pa.Array, bestand: Bestand) -> list[Bevinding]:
    """The finding about rows of another law; only the shape of what stood there is shown."""
    if not len(vreemd):
        return []
    vormen = sorted({vorm(waarde) for waarde in pc.unique(vreemd).to_pylist()})
    tekst = ", ".join(vormen[:_GETOOND])
    return [melding("LV40", bestand.gemeente, bestand.naam, ontvangen=tekst, aantal=len(vreemd))]


def _zonder_bsn(
    nummer: pa.ChunkedArray | pa.Array, client: pa.ChunkedArray | pa.Array
) -> pa.ChunkedArray | pa.Array:
    """A toewijzingnummer that is the BSN of its own client is a BSN in the wrong column."""
    verkeerd = pc.and_kleene(pc.equal(nummer, client), pc.equal(pc.utf8_length(nummer), 9))
    return pc.if_else(pc.fill_null(verkeerd, False), None, nummer)


def _vervang(
    kolom: pa.ChunkedArray | pa.Array, pseudoniem: Callable[[str | None], str | None]
) -> pa.ChunkedArray | pa.Array:
    """Each distinct id once through the pseudonymiser."""
    geteld = pc.dictionary_encode(kolom)
    geteld = geteld.combine_chunks() if isinstance(geteld, pa.ChunkedArray) else geteld
    woorden = pa.array([pseudoniem(waarde) for waarde in geteld.dictionary.to_pylist()], pa.string())
    return pc.take(woorden, geteld.indices)


def _domein(kolom: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    wmo = pc.fill_null(pc.equal(pc.utf8_lower(kolom), "wmo"), False)
    return pc.if_else(wmo, "Wmo", "Jw")
