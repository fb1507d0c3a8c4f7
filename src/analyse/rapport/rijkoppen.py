"""Row headers in tagged PDF: first cells of table rows become TH with Scope Row.

Typst 0.15 can write row headers only behind a switch that its Python wheel doesn't pass on, so they are added
to the finished file. Column headers stay: a first cell keeps the `Headers` it had, and every other cell of the
row gets the new header beside its column's, because explicit `Headers` overrule `Scope` for a reader.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String


def met_rijkoppen(pdf: bytes) -> bytes:
    """The same file with row headers, compressed, and with an id that depends on its contents alone."""
    uit = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as bestand:
        wortel = bestand.Root.StructTreeRoot
        nieuw = [
            _maak_kop(rij, f"R{tabel}y{nummer}")
            for tabel, romp in enumerate(_zoek(wortel, "/TBody"))
            for nummer, rij in enumerate(_zoek(romp, "/TR"))
        ]
        _voeg_namen_toe(bestand, wortel, [cel for cel in nieuw if cel is not None])
        bestand.save(uit, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return uit.getvalue()


# What never has a table inside: most of a report, and every look into it costs.
_ZONDER_TABEL = frozenset(
    [
        "/P",
        "/H1",
        "/H2",
        "/H3",
        "/H4",
        "/H5",
        "/H6",
        "/Caption",
        "/Figure",
        "/Span",
        "/Strong",
        "/Em",
        "/Link",
        "/Lbl",
        "/TOC",
        "/THead",
        "/TD",
        "/TH",
    ]
)


def _kinderen(knoop: Object) -> list[Object]:
    onder = knoop.get("/K")
    if isinstance(onder, Array):
        return [kind for kind in onder.as_list() if isinstance(kind, Dictionary)]
    return [onder] if isinstance(onder, Dictionary) else []


def _zoek(knoop: Object, soort: str) -> Iterator[Object]:
    """All structure elements of a kind below `knoop`, in reading order; not those inside each other."""
    for kind in _kinderen(knoop):
        gezien = str(kind.get("/S", ""))
        if gezien == soort:
            yield kind
        elif gezien not in _ZONDER_TABEL:
            yield from _zoek(kind, soort)


def _maak_kop(rij: Object, id_: str) -> Object | None:
    cellen = list(_kinderen(rij))
    if not cellen or cellen[0].get("/S") != Name.TD:
        return None
    kop, *rest = cellen
    kop["/S"] = Name.TH
    kop["/ID"] = String(id_)
    _tabelkenmerk(kop)["/Scope"] = Name.Row
    for cel in rest:
        kenmerk = _tabelkenmerk(cel)
        kenmerk["/Headers"] = Array([*kenmerk.get("/Headers", Array()), String(id_)])
    return kop


def _tabelkenmerk(cel: Object) -> Object:
    """The attribute dictionary of a cell whose owner is Table; made when there is none."""
    kenmerken = cel.get("/A")
    alle = list(kenmerken) if isinstance(kenmerken, Array) else [kenmerken] if kenmerken is not None else []
    for kenmerk in alle:
        if kenmerk.get("/O") == Name.Table:
            return kenmerk
    cel["/A"] = Array([*alle, Dictionary(O=Name.Table)])
    return cel["/A"][-1]


def _voeg_namen_toe(bestand: Pdf, wortel: Object, cellen: list[Object]) -> None:
    """All ids in one sorted name list: Typst writes a tree without branches, as few hundred names need none."""
    boom = wortel.get("/IDTree", Dictionary())
    namen = list(boom.get("/Names", Array()))
    paren = [*zip(namen[::2], namen[1::2], strict=True), *((cel["/ID"], cel) for cel in cellen)]
    if not paren:
        return
    op_naam = sorted(paren, key=lambda paar: bytes(paar[0]))
    wortel["/IDTree"] = bestand.make_indirect(Dictionary(Names=Array([deel for paar in op_naam for deel in paar])))
