"""Tables out of HTML that others made, such as a plain DataFrame: analysts may show one without `Tabel`.

A small reader on the standard library; text only, spans are repeated so that every row has every column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from analyse.weergave.knoop import Knoop, is_getallen


@dataclass
class _Tabel:
    koppen: list[list[str]] = field(default_factory=list)
    rijen: list[list[str]] = field(default_factory=list)


class _Lezer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tabellen: list[_Tabel] = []
        self._rij: list[tuple[str, int, int]] = []
        self._cel: list[str] | None = None
        self._span = (1, 1)
        self._in_kop = False
        self._hangend: dict[int, tuple[str, int]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        waarden = dict(attrs)
        if tag == "table":
            self.tabellen.append(_Tabel())
            self._hangend = {}
        elif tag == "thead":
            self._in_kop = True
        elif tag == "tr":
            self._rij = []
        elif tag in ("th", "td"):
            self._cel = []
            self._span = (_getal(waarden.get("colspan")), _getal(waarden.get("rowspan")))

    def handle_data(self, data: str) -> None:
        if self._cel is not None:
            self._cel.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td") and self._cel is not None:
            self._rij.append((" ".join("".join(self._cel).split()), *self._span))
            self._cel = None
        elif tag == "thead":
            self._in_kop = False
            self._hangend = {}
        elif tag == "tr" and self.tabellen:
            doel = self.tabellen[-1].koppen if self._in_kop else self.tabellen[-1].rijen
            doel.append(self._voluit())

    def _voluit(self) -> list[str]:
        """The row with column spans repeated and with cells that hang down from rows above."""
        rij: list[str] = []
        for tekst, breed, hoog in self._rij:
            self._vul_hangend(rij)
            for _ in range(breed):
                if hoog > 1:
                    self._hangend[len(rij)] = (tekst, hoog - 1)
                rij.append(tekst)
        self._vul_hangend(rij)
        return rij

    def _vul_hangend(self, rij: list[str]) -> None:
        while len(rij) in self._hangend:
            tekst, over = self._hangend.pop(len(rij))
            if over > 1:
                self._hangend[len(rij)] = (tekst, over - 1)
            rij.append(tekst)


def _getal(waarde: str | None) -> int:
    return int(waarde) if waarde and waarde.isdigit() else 1


def tabellen(html: str) -> list[Knoop]:
    """Every table in a piece of HTML as a node; empty list when there is none."""
    lezer = _Lezer()
    lezer.feed(html)
    return [_knoop(tabel) for tabel in lezer.tabellen if tabel.rijen or tabel.koppen]


def _knoop(tabel: _Tabel) -> Knoop:
    breed = max(len(rij) for rij in [*tabel.koppen, *tabel.rijen])
    rijen = [rij + [""] * (breed - len(rij)) for rij in tabel.rijen]
    koppen = [rij + [""] * (breed - len(rij)) for rij in tabel.koppen]
    namen = [" ".join(dict.fromkeys(filter(None, (rij[i] for rij in koppen)))) for i in range(breed)]
    if breed > 1 and not namen[0] and [rij[0] for rij in rijen] == [str(i) for i in range(len(rijen))]:
        namen, rijen = namen[1:], [rij[1:] for rij in rijen]  # a row counter tells a reader nothing
    kolommen = [
        {"naam": naam, "rechts": i > 0 and is_getallen([rij[i] for rij in rijen])} for i, naam in enumerate(namen)
    ]
    return {"soort": "tabel", "kolommen": kolommen, "rijen": rijen}
