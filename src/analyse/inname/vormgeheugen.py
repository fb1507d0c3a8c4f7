"""Remembers the shape of messages, so that the next message of the same shape needs no parser.

Nineteen of twenty messages in a delivery have exactly the tags of an earlier one and differ only in the text
between them. Such a message is split at its texts by one regular expression and its values are picked by
position: measured at a fifth of the time of expat with handlers. A shape is learned by giving the event reader
the same message with numbered texts, only after that reader accepted the message itself, and only when both give
the same rows; so a shape can't mean anything else than what the event reader makes of it. Whatever isn't plain
(CDATA, comments, references, another encoding, control characters, large messages) goes to the event reader.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

MAXIMUM = 16 << 10  # bytes of one message; larger ones are rarely of one shape
VAAK = 3  # a shape is learned when it comes for this time: learning costs as much as reading it three times
GEHEUGEN = 64 << 20  # characters of all shapes together
_TEKST = re.compile(r">([^<]+)<")
_KOP = re.compile(rb'<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?(?: standalone="(?:yes|no)")?\s*\?>')
_STUURTEKENS = bytes(set(range(32)) - set(b"\t\n\r"))
_CODE = "BerichtCode>"
_MERK = re.compile(r"@(\d+)@")
_EIGEN = 4  # None, bron, nr, naam: what comes before constants and texts in the list of values

Rij = tuple[Any, ...]


class Gesplitst(NamedTuple):
    """A message cut at its texts: `vorm` is all that isn't text, plus the code that says what message it is."""

    vorm: str
    stukken: list[str]
    teksten: list[str]

    @property
    def code(self) -> int | None:
        """Which text is the first BerichtCode."""
        return next((i for i, stuk in enumerate(self.stukken[:-1]) if stuk.endswith("BerichtCode")), None)

    def genummerd(self) -> bytes:
        """The same message with its texts numbered; the code stays, for it decides what the rest means."""
        teksten = [f"@{i}@" for i in range(len(self.teksten))]
        if self.code is not None:
            teksten[self.code] = self.teksten[self.code]
        delen = [f"{stuk}>{tekst}<" for stuk, tekst in zip(self.stukken, teksten, strict=False)]
        return "".join([*delen, self.stukken[-1]]).encode()


@dataclass(frozen=True)
class _Plan:
    """Which places in the list of values make which rows."""

    vast: tuple[Any, ...]
    rijen: tuple[tuple[str, itemgetter[Any]], ...]
    bericht: itemgetter[Any]
    samen: tuple[tuple[int, ...], ...]  # values that are joined from several texts (retourcodes)


def splits(inhoud: bytes) -> Gesplitst | None:
    """Cut a plain message at its texts; None when it isn't plain."""
    if len(inhoud) > MAXIMUM:
        return None
    kop = _KOP.match(inhoud)
    kaal = inhoud[kop.end() :].lstrip(b" \t\r\n") if kop else inhoud
    if not kaal.startswith(b"<") or _bijzonder(kaal):
        return None
    try:
        tekst = kaal.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\r" in tekst:
        tekst = tekst.replace("\r\n", "\n").replace("\r", "\n")
    delen = _TEKST.split(tekst)
    stukken = delen[::2]
    code = tekst[(plek := tekst.find(_CODE)) : tekst.find("<", plek)]
    return Gesplitst(code + "\0".join(stukken), stukken, delen[1::2])


def _bijzonder(kaal: bytes) -> bool:
    """Anything beyond tags and characters. One rare byte is looked for first: that is ten times as fast as two."""
    return (
        b"&" in kaal
        or (b"!" in kaal and b"<!" in kaal)
        or (b"?" in kaal and b"<?" in kaal)
        or (b"]" in kaal and b"]]>" in kaal)
        or (not kaal.isascii() and b"\xef\xbf" in kaal)
        or len(kaal.translate(None, _STUURTEKENS)) < len(kaal)
    )


class Opbrengst(NamedTuple):
    """What one message gave: its rows with their table, and its own row in `berichten`."""

    rijen: list[tuple[str, Rij]]
    bericht: Rij


class Vormgeheugen:
    """Shapes seen so far, each with its plan, or None when it is of no use."""

    def __init__(self) -> None:
        self._plannen: dict[str, _Plan | None] = {}
        self._gezien: Counter[int] = Counter()
        self._omvang = 0

    def leerbaar(self, bericht: Gesplitst) -> bool:
        """Whether this shape comes often enough, is unknown, and there is room to remember it."""
        if bericht.vorm in self._plannen or self._omvang > GEHEUGEN:
            return False
        merk = hash(bericht.vorm)
        self._gezien[merk] += 1
        self._omvang += 64
        return self._gezien[merk] == VAAK

    def lees(self, bericht: Gesplitst, *, bron: int, nr: int, naam: str) -> Opbrengst | None:
        """What a message of a known shape gives; None when the shape is unknown."""
        plan = self._plannen.get(bericht.vorm)
        return _pas_toe(plan, bericht, (None, bron, nr, naam)) if plan else None

    def leer(self, bericht: Gesplitst, *, echt: Opbrengst, genummerd: Opbrengst) -> None:
        """Remember a shape from what the event reader made of the message and of its numbered twin."""
        plan = _maak_plan(genummerd, len(bericht.teksten))
        gelijk = _pas_toe(plan, bericht, (None, *echt.bericht[:3])) == echt
        self._plannen[bericht.vorm] = plan if gelijk else None
        self._omvang += len(bericht.vorm)


def _pas_toe(plan: _Plan, bericht: Gesplitst, eigen: Rij) -> Opbrengst:
    teksten = [tekst.strip() or None for tekst in bericht.teksten]
    waarden = [*eigen, *plan.vast, *teksten]
    for plekken in plan.samen:
        waarden.append(" ".join(filter(None, (teksten[plek] for plek in plekken))) or None)
    return Opbrengst([(tabel, kies(waarden)) for tabel, kies in plan.rijen], plan.bericht(waarden))


def _maak_plan(genummerd: Opbrengst, aantal: int) -> _Plan:
    """Places in the list of values: own (bron, nr, naam), constants, texts, joined texts."""
    waarden = {w for _, rij in genummerd.rijen for w in rij[2:]} | set(genummerd.bericht[3:])
    vast = sorted((w for w in waarden if w is not None and not _merken(w)), key=repr)
    samen = sorted({merken for w in waarden if len(merken := _merken(w)) > 1})
    plek: dict[Any, int] = {None: 0} | {w: _EIGEN + i for i, w in enumerate(vast)}
    for waarde in waarden - plek.keys():
        merken = _merken(waarde)
        eerste = _EIGEN + len(vast)
        plek[waarde] = eerste + (merken[0] if len(merken) == 1 else aantal + samen.index(merken))
    rijen = [(tabel, itemgetter(1, 2, *(plek[w] for w in rij[2:]))) for tabel, rij in genummerd.rijen]
    bericht = itemgetter(1, 2, 3, *(plek[w] for w in genummerd.bericht[3:]))
    return _Plan(tuple(vast), tuple(rijen), bericht, tuple(samen))


def _merken(waarde: object) -> tuple[int, ...]:
    return tuple(int(m) for m in _MERK.findall(waarde)) if isinstance(waarde, str) else ()
