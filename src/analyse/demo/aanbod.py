"""What is on offer: kinds of help with their course, products with their price, invented aanbieders.

Durations follow stock and flow of CBS (beginstand ÷ yearly instroom per hulpvorm, 1st half of 2021), ages the CBS
groups; the split inside a hulpvorm (s-GGZ or not, logeren) is a guess, because no public table gives it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Ritme = Literal["traject", "halfjaar", "maand"]


@dataclass(frozen=True)
class Product:
    """One product as messages know it; `code` '' is an aspecifieke toewijzing, declared under `declaratiecode`."""

    categorie: str
    code: str
    eenheid: str
    frequentie: str
    volume: int
    tarief_cent: int
    ritme: Ritme
    declaratiecode: str = ""

    @property
    def gedeclareerd(self) -> str:
        """The code that declarations carry (always filled)."""
        return self.code or self.declaratiecode


@dataclass(frozen=True)
class Zorgsoort:
    """A kind of help. `duur` is the median in days, `spreiding` the sigma of its log; ages in years."""

    naam: str
    hulpvorm: str  # '' makes no traject
    duur: float
    spreiding: float
    leeftijden: tuple[float, float, float, float]  # weights of 0-3, 4-11, 12-17, 18-22 at the start
    lopend: float  # chance that the child is already in help
    eerder: float  # chance that it was in help before
    producten: tuple[tuple[Product, float], ...]
    sggz: bool = False
    deeltijd: bool = False

    @property
    def verblijf(self) -> bool:
        """Hulpvorm 11 to 14 (pleegzorg up to other residential)."""
        return self.hulpvorm in ("11", "12", "13", "14")


def _stuk(code: str, tarief: int, ritme: Ritme = "traject") -> Product:
    return Product(code[:2], code, "82", "6", 1, tarief, ritme)


def _uur(code: str, volume: int, tarief: int) -> Product:
    return Product(code[:2], code, "04", "4", volume, tarief, "halfjaar")


def _dagdeel(code: str, tarief: int) -> Product:
    return Product(code[:2], code, "16", "2", 4, tarief, "maand")


def _etmaal(code: str, tarief: int, volume: int = 7) -> Product:
    return Product(code[:2], code, "14", "2", volume, tarief, "maand")


def _voltijd(code: str, tarief: int) -> Product:
    return Product(code[:2], code, "14", "4", 31, tarief, "maand")


def _aspecifiek(categorie: str, declaratiecode: str, tarief: int) -> Product:
    return Product(categorie, "", "82", "", 0, tarief, "halfjaar", declaratiecode)


# No row in params/producten.csv: a code that a gemeente agreed on and forgot to map.
ONBEKEND_PRODUCT = Product("45", "45X01", "82", "6", 1, 95_000, "traject")
# What the contract change of one large aanbieder replaces, and by what (same hulpvorm).
CONTRACTWIJZIGING = {"45A01": _stuk("45A10", 241_000), "45A13": _stuk("45A30", 262_000)}

ZORGSOORTEN: tuple[Zorgsoort, ...] = (
    Zorgsoort("sggz", "02", 250, 0.85, (0.03, 0.44, 0.52, 0.01), 0.34, 0.16,
              ((_stuk("54001", 468_000, "halfjaar"), 0.72), (_stuk("54002", 171_000), 0.18),
               (_aspecifiek("52", "52A00", 390_000), 0.10)), sggz=True),
    Zorgsoort("basisggz", "02", 150, 0.70, (0.02, 0.53, 0.44, 0.01), 0.26, 0.14,
              ((_stuk("54003", 128_000), 0.80), (_stuk("51A00", 94_000), 0.20))),
    Zorgsoort("ambulant", "02", 270, 0.80, (0.13, 0.52, 0.34, 0.01), 0.34, 0.17,
              ((_stuk("45A01", 236_000), 0.50), (_uur("45A04", 9, 8_350), 0.35),
               (_aspecifiek("45", "45A04", 182_000), 0.15))),
    Zorgsoort("specialistisch", "02", 300, 0.75, (0.10, 0.48, 0.41, 0.01), 0.42, 0.16,
              ((_stuk("45A02", 415_000, "halfjaar"), 0.55), (_uur("45A05", 10, 10_900), 0.45))),
    Zorgsoort("netwerk", "04", 240, 0.80, (0.17, 0.46, 0.36, 0.01), 0.42, 0.17,
              ((_stuk("45A13", 257_000), 0.60), (_uur("45A52", 10, 8_900), 0.40))),
    Zorgsoort("verzorging", "04", 420, 0.70, (0.28, 0.56, 0.15, 0.01), 0.34, 0.12,
              ((_uur("40A04", 20, 5_600), 1.0),)),
    Zorgsoort("daghulp", "03", 330, 0.75, (0.27, 0.54, 0.18, 0.01), 0.48, 0.13,
              ((_dagdeel("41A03", 9_450), 0.70), (_dagdeel("41A18", 5_900), 0.30))),
    Zorgsoort("pleegzorg", "11", 900, 1.05, (0.35, 0.42, 0.22, 0.01), 0.50, 0.12,
              ((_voltijd("44A07", 5_150), 1.0),)),
    Zorgsoort("gezinshuis", "12", 620, 0.90, (0.12, 0.50, 0.37, 0.01), 0.60, 0.13,
              ((_voltijd("44A08", 16_900), 1.0),)),
    Zorgsoort("residentieel", "14", 230, 0.90, (0.06, 0.26, 0.66, 0.02), 0.62, 0.13,
              ((_etmaal("43A07", 29_800), 1.0),)),
    Zorgsoort("gesloten", "13", 150, 0.50, (0.0, 0.05, 0.95, 0.0), 0.70, 0.12,
              ((_etmaal("43A12", 47_500), 1.0),)),
    Zorgsoort("logeren", "12", 420, 0.75, (0.08, 0.58, 0.33, 0.01), 0.72, 0.10,
              ((_etmaal("44A09", 19_800, 1), 1.0),), deeltijd=True),
    Zorgsoort("deeltijd", "14", 240, 0.70, (0.06, 0.43, 0.50, 0.01), 0.70, 0.10,
              ((_etmaal("43A08", 24_100, 2), 1.0),), deeltijd=True),
    Zorgsoort("crisis", "14", 24, 0.55, (0.15, 0.25, 0.60, 0.0), 0.45, 0.15,
              ((_etmaal("46A03", 33_900), 1.0),)),
    Zorgsoort("wijkteam", "01", 200, 0.80, (0.06, 0.50, 0.43, 0.01), 0.22, 0.13,
              ((_stuk("45B10", 61_000), 1.0),)),
    # Without hulpvorm: these make no traject.
    Zorgsoort("ots", "", 0, 0, (0, 0, 0, 0), 0, 0.00, ((_stuk("48A05", 412_000, "halfjaar"), 1.0),)),
    Zorgsoort("voogdij", "", 0, 0, (0, 0, 0, 0), 0, 0.00, ((_stuk("48A06", 318_000, "halfjaar"), 1.0),)),
    Zorgsoort("reclassering", "", 260, 0.50, (0.0, 0.0, 0.92, 0.08), 0.40, 0.12,
              ((_stuk("47A08", 355_000, "halfjaar"), 1.0),)),
    Zorgsoort("vervoer", "", 0, 0, (0, 0, 0, 0), 0, 0.00,
              ((Product("42", "42A03", "84", "2", 4, 1_950, "halfjaar"), 1.0),)),
)  # fmt: skip
SOORT: dict[str, Zorgsoort] = {soort.naam: soort for soort in ZORGSOORTEN}


@dataclass(frozen=True)
class Aanbieder:
    """An invented aanbieder; `gemeenten` empty: all; `slordig` multiplies late and missing messages."""

    agb: str
    naam: str
    soorten: tuple[str, ...]
    gewicht: float
    gemeenten: tuple[str, ...] = ()
    slordig: float = 1.0


_NOORD = ("GM0232", "GM0244", "GM0246", "GM0285")
_ZUID = ("GM0213", "GM0262", "GM0301", "GM0285")

# AGB codes with an unused care type (98), so that they are nobody's.
AANBIEDERS: tuple[Aanbieder, ...] = (
    Aanbieder("98980001", "GGZ Luchtkasteel", ("sggz", "basisggz"), 4.0),
    Aanbieder("98980002", "Kinderpsychiatrie Regenboogland", ("sggz",), 2.0),
    Aanbieder("98980003", "Praktijk Denkwolk", ("sggz", "basisggz"), 1.2, slordig=1.8),
    Aanbieder("98980004", "Jeugdhulp De Verzonnen Vlinder",
              ("ambulant", "specialistisch", "netwerk", "daghulp", "residentieel", "deeltijd", "crisis"), 4.0),
    Aanbieder("98980005", "Stichting Sprookjesbos", ("pleegzorg", "gezinshuis"), 4.0, slordig=0.6),
    Aanbieder("98980006", "Zorgboerderij Nergenshoeve", ("daghulp", "logeren"), 2.0, slordig=1.5),
    Aanbieder("98980007", "Ambulant Team Schijnwerper", ("ambulant", "netwerk"), 2.0, (*_NOORD, "GM0200")),
    Aanbieder("98980008", "Gezinshulp Toverlantaarn", ("ambulant", "netwerk", "verzorging"), 2.0,
              (*_ZUID, "GM0200")),
    Aanbieder("98980009", "Coach en Co Luilekkerland", ("ambulant",), 1.0, slordig=2.2),
    Aanbieder("98980010", "Expertisecentrum Zandkasteel", ("specialistisch", "daghulp", "verzorging"), 2.0),
    Aanbieder("98980011", "Gezinshuizen Kabouterdal", ("gezinshuis",), 1.0),
    Aanbieder("98980012", "Logeerhuis Droomeiland", ("logeren", "deeltijd"), 2.0),
    Aanbieder("98980013", "Residentie Wolkenrijk", ("residentieel", "crisis", "gesloten"), 2.0),
    Aanbieder("98980014", "JeugdzorgPlus Papierland", ("gesloten",), 1.0),
    Aanbieder("98980015", "Netwerkhulp Zevenmijlslaars", ("netwerk",), 1.5),
    Aanbieder("98980016", "Jeugdcoaches Heerde (verzonnen)", ("wijkteam",), 1.0, ("GM0246",)),
    Aanbieder("98980017", "GI Denkbeeld", ("ots", "voogdij", "reclassering"), 3.0),
    Aanbieder("98980018", "GI Spiegelland", ("ots", "voogdij"), 1.0),
    Aanbieder("98980019", "Vervoer Vliegend Tapijt", ("vervoer",), 1.0),
    Aanbieder("98980020", "Pleegzorg Tweede Nestje (verzonnen)", ("pleegzorg",), 1.0),
    Aanbieder("98980021", "Basis-ggz Hersenspinsel", ("basisggz",), 1.5),
    Aanbieder("98980022", "Praktijk Droombeeld", ("sggz", "specialistisch"), 0.8, _ZUID, slordig=2.0),
    Aanbieder("98980023", "Praktijk Fantasia", ("ambulant", "specialistisch"), 0.8, _NOORD, slordig=1.6),
)  # fmt: skip
GI = ("98980017", "98980018")
GROOT_CONTRACT = "98980004"


def aanbieders_van(soort: str, gemeente: str) -> tuple[Aanbieder, ...]:
    """Who offers this kind of help in this gemeente."""
    return tuple(a for a in AANBIEDERS if soort in a.soorten and (not a.gemeenten or gemeente in a.gemeenten))
