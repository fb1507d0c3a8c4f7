"""A few children put into the demo region on purpose, so that it is known exactly what lists must find.

They come after everything else and draw nothing from any stream of chance: no other child, message or figure is
different for their being there. All of them are helped by an aanbieder that nobody else has, so that its page, its
paths and its figures are known to the cent. Every case stands for one thing that a list looks for.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analyse.demo.aanbod import AANBIEDERS, SOORT, Aanbieder, Product, Zorgsoort
from analyse.demo.declareren import declaratiedag, tarief
from analyse.demo.feiten import Archief, Melding, Prestatie, Versie, Verzoek
from analyse.demo.looptijd import maanden_later
from analyse.demo.wereld import PEILDATUM, Persoon, Wereld, Zorgtraject

GEMEENTE = "GM0200"
AANBIEDER = Aanbieder("98980024", "Proeftuin Wensput (verzonnen)", (), 0.0)
ANDERE = next(a for a in AANBIEDERS if "gesloten" in a.soorten)
PRAKTIJK = "01989999"
BESLOTEN, GEVRAAGD, GEMELD = 10, 15, 2  # days before the begin, and after it
_UUR, _GGZ, _BASIS, _DAG = "45A04", "54001", "54003", "41A03"
_GESLOTEN, _GEZINSHUIS, _NETWERK, _THUIS, _VREEMD = "43A12", "44A08", "45A52", "40A04", "45A05"


@dataclass(frozen=True)
class Deel:
    """One toewijzing: help from `begin` to `eind` (None: goes on), allocated until each of `tot` in turn.

    `tot` has the first einddatum (None: open) and every later one; `geld` (jaar, maand, volume) per declared line.
    """

    code: str
    begin: date
    eind: date | None
    tot: tuple[date | None, ...]
    verwijzer: str = "03"
    volume: int = 8
    geld: tuple[tuple[int, int, int], ...] = ()
    aanbieder: Aanbieder = AANBIEDER


@dataclass(frozen=True)
class Geval:
    """A child with a known course; `signaal` is the list of the back office that must show its `raak` parts."""

    naam: str
    delen: tuple[Deel, ...]
    signaal: str = ""
    raak: tuple[int, ...] = ()
    pad: str = ""
    samen: str = ""


def _d(tekst: str) -> date:
    return date.fromisoformat(tekst)


def _chronisch() -> tuple[Deel, ...]:
    """Other hours in the second half, so that it lasts long and is no extension without change."""
    return (
        Deel(_NETWERK, _d("2021-02-01"), _d("2022-01-31"), (_d("2022-01-31"),), geld=((2021, 7, 20),)),
        Deel(_NETWERK, _d("2022-02-01"), None, (_d("2026-01-31"),), volume=9, geld=((2025, 6, 50),)),
    )


def _drie_jaar() -> tuple[Deel, ...]:
    slot = {2023: "2023-12-31", 2024: "2024-12-31", 2025: "2025-11-30"}
    return tuple(
        Deel(_UUR, date(jaar, 1, 1), _d(eind), (_d(eind),), geld=((jaar, 6, 40),)) for jaar, eind in slot.items()
    )


def _route() -> tuple[Deel, ...]:
    """Daghulp, then a closed institution elsewhere, then help at home: a path that chance does not make."""
    return (
        Deel(_DAG, _d("2023-02-06"), _d("2023-08-31"), (_d("2024-02-05"),), volume=4, geld=((2023, 3, 12),)),
        Deel(_GESLOTEN, _d("2023-09-01"), _d("2024-02-29"), (_d("2024-08-31"),), volume=7, aanbieder=ANDERE),
        Deel(_THUIS, _d("2024-03-01"), None, (_d("2026-02-28"),), volume=20, geld=((2025, 4, 30),)),
    )


def _samen() -> tuple[Deel, ...]:
    begin, tot = _d("2025-01-06"), (_d("2026-01-05"),)
    return tuple(Deel(code, begin, None, tot, volume=7) for code in (_DAG, _GEZINSHUIS, _THUIS))


def _verwezen(begin: str, code: str) -> Geval:
    deel = Deel(code, _d(begin), None, (_d("2026-03-31"),), verwijzer="02", volume=1, geld=((2025, 11, 1),))
    return Geval("verwezen_door_de_praktijk", (deel,))


_GENERIEK = Deel("", _d("2025-03-03"), None, (_d("2026-03-02"),), volume=0, geld=((2025, 6, 1),))
_OPEN = Deel(_THUIS, _d("2024-06-03"), None, (None,), volume=20, geld=((2025, 2, 100), (2024, 8, 100)))
_TWEE = (
    Deel(_UUR, _d("2025-02-03"), _d("2025-08-31"), (_d("2025-08-31"),), verwijzer="04"),
    Deel(_DAG, _d("2025-06-02"), None, (_d("2026-06-01"),), volume=4, geld=((2025, 7, 16),)),
)
_GEREKT = Deel(_UUR, _d("2024-09-02"), None, (_d("2025-02-28"), _d("2025-08-31"), _d("2026-02-28")))
_TEVEEL = Deel(
    _UUR, _d("2025-02-03"), _d("2025-07-31"), (_d("2025-07-31"),), volume=10, geld=((2025, 4, 50), (2025, 7, 45))
)
_VREEMD_PAAR = tuple(
    Deel(code, _d("2025-03-03"), None, (_d("2026-03-02"),), volume=9) for code in (_VREEMD, _NETWERK)
)

GEVALLEN: tuple[Geval, ...] = (
    Geval("hele_categorie", (_GENERIEK,), "generiek", (0,)),
    Geval("twee_verwijzers", _TWEE, "meer_verwijzers", (0, 1)),
    Geval("jaren_hulp", _chronisch(), "langlopend", (1,)),
    Geval("zonder_einde", (_OPEN,), "zonder_einddatum", (0,)),
    Geval("verlengd_onder_drie_nummers", _drie_jaar(), "verlengd_zonder_wijziging", (2,)),
    Geval("verlengd_onder_een_nummer", (_GEREKT,), "verlengd_zonder_wijziging", (0,)),
    Geval("te_veel_uren", (_TEVEEL,), "boven_toewijzing", (0,)),
    Geval("vreemd_paar", _VREEMD_PAAR, "vreemde_combinatie", (0, 1)),
    *(Geval("route", _route(), pad="03 > 13 > 04") for _ in range(2)),
    *(Geval("alles_tegelijk", _samen(), samen="03 + 04 + 12") for _ in range(2)),
    *(_verwezen(begin, code) for begin, code in (
        ("2025-02-10", _GGZ), ("2025-03-10", _BASIS), ("2025-04-07", _BASIS), ("2025-09-08", _BASIS))),
)  # fmt: skip


@dataclass(frozen=True)
class Geplant:
    """A case with its child and, once it is registered, its toewijzingnummers."""

    geval: Geval
    persoon: Persoon
    nummers: list[int]


def kinderen(wereld: Wereld) -> list[Geplant]:
    """Add a child per case to the region: twelve years old, without a family that anybody else has."""
    geplant = []
    for geval in GEVALLEN:
        nr = len(wereld.personen)
        persoon = Persoon(nr, geval.delen[0].begin - timedelta(days=12 * 365), "1", nr)
        wereld.personen.append(persoon)
        geplant.append(Geplant(geval, persoon, []))
    return geplant


def registreer_aanplant(geplant: Sequence[Geplant], wereld: Wereld, archief: Archief) -> None:
    """Write the facts of every case to the archive, on time and without a mistake, and its help to the region."""
    for een in geplant:
        for deel in een.geval.delen:
            nummer = archief.nieuw_nummer()
            een.nummers.append(nummer)
            archief.geplant.add(nummer)
            for feit in _feiten(deel, een.persoon, nummer, archief):
                archief.voeg_toe(feit)
            if deel.verwijzer != "02":
                archief.verwijzers[nummer] = deel.verwijzer
            if een.geval.signaal == "boven_toewijzing":
                archief.boven.add(nummer)
        trajecten = _trajecten(een)
        een.persoon.trajecten += trajecten
        wereld.trajecten.extend(trajecten)


def soort_en_product(code: str) -> tuple[Zorgsoort, Product]:
    """The product with this code ('': the whole category of ambulant help) and its kind of help."""
    return next(
        (s, p) for s in SOORT.values() for p, _ in s.producten if p.code == code and (code or p.categorie == "45")
    )


def _feiten(
    deel: Deel, persoon: Persoon, nummer: int, archief: Archief
) -> Iterator[Versie | Verzoek | Melding | Prestatie]:
    _, product = soort_en_product(deel.code)
    agb, besloten = deel.aanbieder.agb, deel.begin - timedelta(days=BESLOTEN)
    referentie = archief.nieuwe_referentie("V") if deel.verwijzer == "02" else ""
    if referentie:
        gevraagd = deel.begin - timedelta(days=GEVRAAGD)
        yield Verzoek("315", referentie, persoon, agb, gevraagd, deel.begin, product, "02", PRAKTIJK)
    eerste = Versie(
        nummer, persoon, agb, product, besloten, "09:00:00", deel.begin, deel.tot[0], besloten,
        volume=deel.volume, referentie=referentie,
    )  # fmt: skip
    yield eerste
    for vorig, tot in zip(deel.tot, deel.tot[1:], strict=False):
        dag = (vorig or PEILDATUM) - timedelta(days=14)
        yield replace(eerste, datum=dag, bericht=dag, eind=tot, reden="04", referentie="")
    start = Melding(nummer, persoon, agb, product, deel.begin, deel.begin, deel.begin + timedelta(days=GEMELD))
    yield start
    if deel.eind:
        yield replace(start, eind=deel.eind, reden="31", bericht=deel.eind + timedelta(days=GEMELD))
    yield from _regels(deel, persoon, nummer, archief)


def _regels(deel: Deel, persoon: Persoon, nummer: int, archief: Archief) -> Iterator[Prestatie]:
    _, product = soort_en_product(deel.code)
    for jaar, maand, volume in deel.geld:
        begin = date(jaar, maand, 1)
        eind = begin.replace(day=calendar.monthrange(jaar, maand)[1])
        yield Prestatie(
            archief.nieuwe_referentie("R"), persoon, deel.aanbieder.agb, nummer, product, begin, eind, volume,
            volume * tarief(product, jaar), declaratiedag(deel.aanbieder.agb, maanden_later(begin, 1)),
        )  # fmt: skip


def _trajecten(een: Geplant) -> list[Zorgtraject]:
    """The true help: parts of one kind that follow on one another are one traject."""
    uit: list[Zorgtraject] = []
    for deel in een.geval.delen:
        soort, product = soort_en_product(deel.code)
        eind = deel.eind or PEILDATUM + timedelta(days=90)
        vorig = uit[-1] if uit else None
        if (
            vorig
            and vorig.soort is soort
            and vorig.product is product
            and vorig.eind + timedelta(days=1) == deel.begin
        ):
            vorig.eind = eind
        else:
            uit.append(
                Zorgtraject(
                    een.persoon, GEMEENTE, soort, product, deel.aanbieder, deel.verwijzer, deel.begin, eind, "31"
                )
            )
    return uit
