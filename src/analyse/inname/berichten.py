"""Reads messages as they stream by: expat events straight into rows, never a tree.

Measured on the official examples: ElementTree and three expat handlers cost the same per element, but expat
keeps no tree, forbids DTDs by handler and takes a file of any size in pieces. What the table in `soorten.py`
doesn't name is passed over without being kept. A message counts whole or not at all: the rows of one that turns
out damaged stay recognisable by `fout` in the table of messages.
"""

from __future__ import annotations

import pyexpat
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

from analyse.inname.ruw import RUW
from analyse.inname.soorten import BERICHTDATUM, CODES, SOORTEN, Klasse, Soort
from analyse.inname.vormgeheugen import Gesplitst, Opbrengst, Rij, Vormgeheugen, splits

MAX_DIEPTE = 64
MAX_TEKST = 1 << 20  # characters inside one element
# Slots for values that every message has; those of the kind of message come after.
_LEEG, _BRON, _BERICHT, _NR, _DATUM, _DOMEIN, _CODE, _VERSIE, _SUBVERSIE, _AFZENDER, _ONTVANGER, _VAST = range(12)
_KOP = {
    "BerichtCode": _CODE,
    "BerichtVersie": _VERSIE,
    "BerichtSubversie": _SUBVERSIE,
    "Afzender": _AFZENDER,
    "Ontvanger": _ONTVANGER,
    "BerichtIdentificatie/Dagtekening": _DATUM,
}


class OnveiligBericht(Exception):
    """A DTD or an entity."""


class BuitensporigBericht(Exception):
    """A piece of text or a tag far longer, or nesting far deeper, than any message has."""


class GeenBericht(Exception):
    """Well-formed XML, but not a message that we know."""


class Knoop(dict[str, "Knoop"]):
    """An element that we expect. Children are looked up by raw tag and found by local name, once per prefix."""

    __slots__ = ("klaar", "meer", "onder", "slot")

    def __init__(self) -> None:
        super().__init__()
        self.onder: dict[str, Knoop] = {}
        self.slot = _LEEG  # where the text goes
        self.meer = False  # repeats are joined instead of replaced
        self.klaar: tuple[Callable[[], None], ...] = ()  # what to do when the element ends

    def __missing__(self, tag: str) -> Knoop:
        kind = self.onder.get(tag.rpartition(":")[2])
        if kind is None:  # never remember what a hostile file makes up
            return OVERSLAAN
        self[tag] = kind
        return kind

    def maak(self, pad: str) -> Knoop:
        """The node at a path below this one, made when it isn't there yet."""
        knoop = self
        for naam in pad.split("/"):
            knoop = knoop.onder.setdefault(naam, Knoop())
        return knoop


OVERSLAAN = Knoop()


class _Vorm:
    """One kind of message, compiled to a tree of nodes and a list of value slots."""

    def __init__(self, soort: Soort, domein: str) -> None:
        self.boom, self.soort = Knoop(), soort
        self.slots: list[Any] = [None] * _VAST
        self.slots[_DOMEIN] = domein
        self._plek: dict[str, int] = {}

    def slot(self, pad: str) -> int:
        """The slot that the text at `pad` goes to."""
        if pad not in self._plek:
            self._plek[pad] = self.vast(None)
        knoop = self.boom.maak(pad)
        knoop.slot, knoop.meer = self._plek[pad], pad.endswith("RetourCode")
        return self._plek[pad]

    def vast(self, waarde: str | None) -> int:
        """A new slot that starts with this value."""
        self.slots.append(waarde)
        return len(self.slots) - 1

    def bronnen(self, klasse: Klasse) -> dict[str, int]:
        """Column to slot for one class of records."""
        bron = {
            "domein": _DOMEIN,
            "aanbieder_agb": _AFZENDER if self.soort.aanbieder == "Afzender" else _ONTVANGER,
            BERICHTDATUM.get(klasse.tabel, ""): _DATUM,
        }
        bron |= {kolom: self.slot(pad) for pad, kolom in klasse.boven.items()}
        bron |= {kolom: self.slot(f"{klasse.pad}/{pad}") for pad, kolom in klasse.velden.items()}
        return bron | {kolom: self.vast(waarde) for kolom, waarde in klasse.vast.items()}


class BerichtLezer:
    """Turns messages into rows (bron, bericht_nr, nr, *columns of RUW) and one row per message in `berichten`.

    The lists in `rijen` keep their identity: the caller empties them with `clear` whenever they are long enough.
    """

    def __init__(self) -> None:
        self.rijen: dict[str, list[Rij]] = {tabel: [] for tabel in RUW}
        self.berichten: list[Rij] = []
        self._waarden: list[Any] = []
        self._vormen: dict[str, _Vorm] = {}
        self._geheugen = Vormgeheugen()
        self._tweeling: BerichtLezer | None = None  # reads numbered copies, to learn from
        self._wortel = Knoop()
        for pad, slot in _KOP.items():
            self._wortel.maak(f"Bericht/Header/{pad}").slot = slot
        self._wortel.maak("Bericht/Header").klaar = (self._na_kop,)
        self._stapel: list[Knoop] = []
        self._tekst: list[str] = []
        self._start, self._eind = self._handlers()

    def lees(self, inhoud: bytes, *, bron: int, nr: int, naam: str) -> str | None:
        """Read one message that is at hand whole; returns the code of a finding when it can't be used."""
        gesplitst = splits(inhoud)
        if gesplitst is None:
            return self.lees_stroom([inhoud], bron=bron, nr=nr, naam=naam)
        bekend = self._geheugen.lees(gesplitst, bron=bron, nr=nr, naam=naam)
        if bekend is not None:
            self._voeg_toe(bekend)
            return None
        vanaf = {tabel: len(rijen) for tabel, rijen in self.rijen.items()}
        fout = self.lees_stroom([inhoud], bron=bron, nr=nr, naam=naam)
        if fout is None and self._geheugen.leerbaar(gesplitst):
            self._leer(gesplitst, vanaf)
        return fout

    def _voeg_toe(self, opbrengst: Opbrengst) -> None:
        for tabel, rij in opbrengst.rijen:
            self.rijen[tabel].append(rij)
        self.berichten.append(opbrengst.bericht)

    def _leer(self, gesplitst: Gesplitst, vanaf: dict[str, int]) -> None:
        """The rows just made, and those of a numbered twin, teach the shape."""
        self._tweeling = tweeling = self._tweeling or BerichtLezer()
        leeg = {tabel: len(rijen) for tabel, rijen in tweeling.rijen.items()}
        if tweeling.lees_stroom([gesplitst.genummerd()], bron=0, nr=0, naam="") is None:
            self._geheugen.leer(gesplitst, echt=self.opbrengst(vanaf), genummerd=tweeling.opbrengst(leeg))

    def opbrengst(self, vanaf: dict[str, int]) -> Opbrengst:
        """What the last message gave: the rows past these lengths."""
        rijen = [(tabel, rij) for tabel in RUW for rij in self.rijen[tabel][vanaf[tabel] :]]
        return Opbrengst(rijen, self.berichten[-1])

    def lees_stroom(self, brokken: Iterable[bytes], *, bron: int, nr: int, naam: str) -> str | None:
        """Read one message in pieces, however large."""
        w = self._waarden
        w[:] = [None] * _VAST
        w[_BRON], w[_BERICHT] = bron, nr
        fout = self._probeer(brokken)
        domein, soort = CODES.get(w[_CODE], (None, None))
        gemeente = w[_AFZENDER if soort and SOORTEN[soort].aanbieder == "Ontvanger" else _ONTVANGER]
        kop = (soort, domein, w[_VERSIE], w[_SUBVERSIE], gemeente, w[_DATUM], fout)
        self.berichten.append((bron, nr, naam, *kop))
        return fout

    def niet_gelezen(self, fout: str, *, bron: int, nr: int, naam: str) -> str:
        """A message that couldn't be opened: it is counted as one, with the reason."""
        self.berichten.append((bron, nr, naam, *(None,) * 6, fout))
        return fout

    def _probeer(self, brokken: Iterable[bytes]) -> str | None:
        try:
            self._ontleed(brokken)
        except OnveiligBericht:
            return "LV06"
        except BuitensporigBericht:
            return "LV25"
        except GeenBericht:
            return "LV07"
        except (pyexpat.ExpatError, LookupError, ValueError):
            return "LV05"
        except OSError:
            return "LV23"
        return None

    def _ontleed(self, brokken: Iterable[bytes]) -> None:
        parser = pyexpat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _weiger
        parser.EntityDeclHandler = _weiger
        parser.ExternalEntityRefHandler = _weiger
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._eind
        parser.CharacterDataHandler = self._tekst.append
        self._stapel[:] = [self._wortel]
        self._tekst.clear()
        gelezen = 0
        for brok in brokken:
            parser.Parse(brok, False)
            gelezen += len(brok)
            # What expat holds back is one tag that hasn't ended yet: an attribute or comment without end.
            wacht = gelezen - parser.CurrentByteIndex
            if len(self._stapel) > MAX_DIEPTE or max(wacht, sum(map(len, self._tekst))) > MAX_TEKST:
                raise BuitensporigBericht
        parser.Parse(b"", True)
        if self._waarden[_CODE] not in CODES:
            raise GeenBericht

    def _handlers(self) -> tuple[Callable[[str, object], None], Callable[[str], None]]:
        """The two hot functions: everything they touch is a local of this closure."""
        stapel, tekst, w = self._stapel, self._tekst, self._waarden
        duw, pak, wis, plak = stapel.append, stapel.pop, tekst.clear, "".join

        def start(tag: str, _: object) -> None:
            duw(stapel[-1][tag])
            wis()

        def eind(_: str) -> None:
            knoop = pak()
            if knoop.slot:
                waarde = plak(tekst).strip() or None
                if knoop.meer and w[knoop.slot]:
                    waarde = f"{w[knoop.slot]} {waarde}" if waarde else w[knoop.slot]
                w[knoop.slot] = waarde
            elif knoop.klaar:
                for klaar in knoop.klaar:
                    klaar()

        return start, eind

    def _na_kop(self) -> None:
        """After the header: from here on this kind of message is expected."""
        w = self._waarden
        code = w[_CODE]
        if code not in CODES:
            raise GeenBericht
        if code not in self._vormen:
            self._vormen[code] = self._maak_vorm(code)
        vorm = self._vormen[code]
        w[_NR], w[_DOMEIN] = 0, vorm.slots[_DOMEIN]
        w[_VAST:] = vorm.slots[_VAST:]
        self._stapel[-1] = vorm.boom

    def _maak_vorm(self, code: str) -> _Vorm:
        domein, soort = CODES[code]
        vorm = _Vorm(SOORTEN[soort], domein)
        for klasse in SOORTEN[soort].klassen:
            knoop = vorm.boom.maak(klasse.pad)
            knoop.klaar = (*knoop.klaar, self._rijmaker(klasse, vorm))
        return vorm

    def _rijmaker(self, klasse: Klasse, vorm: _Vorm) -> Callable[[], None]:
        """What ends one record: its values become a row, then its own slots are empty again."""
        w, voeg_toe = self._waarden, self.rijen[klasse.tabel].append
        bron = vorm.bronnen(klasse)
        kies = itemgetter(_BRON, _BERICHT, _NR, *(bron.get(kolom, _LEEG) for kolom in RUW[klasse.tabel]))
        eigen = tuple(vorm.slot(f"{klasse.pad}/{pad}") for pad in klasse.velden)

        def klaar() -> None:
            if klasse.anders and w[_NR]:
                return
            w[_NR] += 1
            voeg_toe(kies(w))
            for slot in eigen:
                w[slot] = None

        return klaar


def _weiger(*_: object) -> int:
    raise OnveiligBericht
