"""What a gemeente has beside the messages: outcomes, pgb, meldingen at the tafel, teams of the toegang.

Each subject draws from a seeded stream of its own, so that none of it changes a child or a message of the region.
`WAARHEID` says what a measurement of these tables should find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from analyse.demo.feiten import Archief, Melding
from analyse.demo.ijking import GEMEENTEN
from analyse.demo.tabellen import Nummer, Rij, clienten, schrijf_csv
from analyse.demo.toeval import Toeval
from analyse.demo.wereld import EERSTE_DAG, PEILDATUM, Maatregel, Persoon

RESPONS = 0.35  # of the ends of help, those for which an outcome came back
PGB_AANDEEL = 0.05  # of the children, those who ever had a pgb
JBT_GEMEENTEN = ("GM0200", "GM0262", "GM0301")  # only the larger ones keep a list of the tafel
RAADSONDERZOEK = 0.6  # of the meldingen, those that lead to a request to the Raad
_CIJFERS, _GEWICHTEN = tuple(range(4, 11)), (2, 4, 11, 26, 34, 16, 7)  # mean 7.62
# CBS protocol v7, par. 4.4: 01 as heavy help or heavier is needed, 02 lighter help, 03 none for now, 04 none.
_ZONDER_HULP = ("01", "02", "03", "04")
VERDER_VOLGENS_PLAN, VERDER_ANDERS = (0.08, 0.19, 0.31, 0.42), (0.35, 0.33, 0.20, 0.12)
_GEEN_UITKOMST = ("42", "47", "48")  # vervoer, jeugdreclassering, jeugdbescherming
# Categorie, code, eurocent a month, weight.
_BUDGETTEN = (("45", "45A04", 78_000, 0.6), ("40", "40A04", 92_000, 0.25), ("44", "44A09", 61_000, 0.15))
# One team of the toegang gives daghulp, verblijf and specialised help so many times as often as its size says.
ZWAAR_TEAM, ZWAARDER = "team-0200-5", 2.5
ZWARE_HULP = ("41", "43", "44", "46", "52", "54")
WAARHEID = {
    "zwaar_team": {"team": ZWAAR_TEAM, "factor": ZWAARDER},
    "respons_uitkomsten": RESPONS,
    "gemiddeld_rapportcijfer": sum(c * g for c, g in zip(_CIJFERS, _GEWICHTEN, strict=True)) / sum(_GEWICHTEN),
    "zonder_hulp_verder": {  # shares of the answers 03 and 04
        "volgens_plan": sum(VERDER_VOLGENS_PLAN[2:]),
        "anders": sum(VERDER_ANDERS[2:]),
    },
    "aandeel_kinderen_met_pgb": PGB_AANDEEL,
    "gemeenten_met_tafel": list(JBT_GEMEENTEN),
    "aandeel_raadsonderzoek": RAADSONDERZOEK,
}


def schrijf_bijlagen(
    map_: Path, archief: Archief, maatregelen: Iterable[Maatregel], client: Nummer, *, zaad: int
) -> None:
    """uitkomsten, pgb and (larger gemeenten only) jbt of one gemeente."""
    plek = GEMEENTEN.index(archief.gemeente)
    schrijf_csv(
        map_ / "uitkomsten.csv",
        "client_id aanbieder_agb einddatum rapportcijfer zonder_hulp_verder informant doelrealisatie",
        _uitkomsten(_gewoon(archief), client, Toeval(zaad, 21, plek)),
    )
    schrijf_csv(
        map_ / "pgb.csv",
        "client_id productcategorie productcode periode bedrag_cent",
        _pgb(clienten(archief), client, Toeval(zaad, 22, plek)),
    )
    if archief.gemeente in JBT_GEMEENTEN:
        schrijf_csv(
            map_ / "jbt.csv",
            "melding_id datum_melding datum_tafel besluit datum_raadsverzoek terugmelding datum_uitspraak",
            _jbt(archief.gemeente, maatregelen, Toeval(zaad, 23, plek)),
        )


def pgb_regels(archief: Archief, *, zaad: int) -> list[Rij]:
    """The rows of pgb as they are written, with the number of the child: what its truth is counted from."""
    toeval = Toeval(zaad, 22, GEMEENTEN.index(archief.gemeente))
    return _pgb(clienten(archief), lambda kind: str(kind.nr), toeval)


def uitkomst_regels(archief: Archief, *, zaad: int) -> list[Rij]:
    """The rows of uitkomsten as they are written, with the number of the child."""
    toeval = Toeval(zaad, 21, GEMEENTEN.index(archief.gemeente))
    return _uitkomsten(_gewoon(archief), lambda kind: str(kind.nr), toeval)


def teams(archief: Archief, *, zaad: int) -> dict[int, str]:
    """The team of the toegang behind each toewijzing that it gave; one team gives heavy help more often."""
    plek = GEMEENTEN.index(archief.gemeente)
    zwaar = {versie.nummer for versie in archief.versies if versie.product.categorie in ZWARE_HULP}
    toeval, aantal = Toeval(zaad, 24, plek), {"GM0200": 5, "GM0301": 3}.get(archief.gemeente, 2)
    namen = [f"team-{archief.gemeente[2:]}-{nr}" for nr in range(1, aantal + 1)]
    gewoon = range(aantal + 2, 2, -1)
    bij_zwaar = [g * (ZWAARDER if naam == ZWAAR_TEAM else 1) for naam, g in zip(namen, gewoon, strict=True)]
    return {nr: toeval.weeg(namen, bij_zwaar if nr in zwaar else gewoon) for nr in sorted(archief.verwijzers)}


def _gewoon(archief: Archief) -> list[Melding]:
    """Starts and stops without those of the planted cases, which would shift the chances of all others."""
    return [m for m in archief.meldingen if m.nummer not in archief.geplant]


def _uitkomsten(meldingen: Sequence[Melding], client: Nummer, toeval: Toeval) -> list[Rij]:
    def sleutel(m: Melding) -> tuple[object, ...]:
        return m.nummer, m.begin, m.eind, m.reden

    weg = {sleutel(m) for m in meldingen if m.status == "3"}
    gemeld: dict[tuple[int, str, date], Rij] = {}
    for m in sorted(meldingen, key=lambda m: (m.bericht, m.nummer)):
        telt = m.eind and m.reden != "20" and sleutel(m) not in weg and m.product.categorie not in _GEEN_UITKOMST
        if telt and m.eind and toeval.kans(RESPONS):
            gemeld.setdefault(
                (m.persoon.nr, m.agb, m.eind), (client(m.persoon), m.agb, m.eind, *_meting(m, toeval))
            )
    return list(gemeld.values())


def _meting(m: Melding, toeval: Toeval) -> Rij:
    volgens_plan = m.reden == "31"
    cijfer = toeval.weeg(_CIJFERS, _GEWICHTEN)
    verder = toeval.weeg(_ZONDER_HULP, VERDER_VOLGENS_PLAN if volgens_plan else VERDER_ANDERS)
    doel = toeval.weeg(("ja", "deels", "nee"), (0.55, 0.35, 0.10) if volgens_plan else (0.15, 0.40, 0.45))
    zelf = m.persoon.leeftijd(m.eind or m.bericht) >= 12 and toeval.kans(0.7)
    leeg = toeval.kans(0.05)
    return None if leeg else cijfer, verder, "jeugdige" if zelf else "ouder", doel


def _pgb(kinderen: Sequence[Persoon], client: Nummer, toeval: Toeval) -> list[Rij]:
    return [(client(kind), *rij) for kind in kinderen if toeval.kans(PGB_AANDEEL) for rij in _budget(kind, toeval)]


def _budget(kind: Persoon, toeval: Toeval) -> list[Rij]:
    """One budget, paid by the month while the child is under 18."""
    categorie, code, cent, _ = toeval.weeg(_BUDGETTEN, [b[3] for b in _BUDGETTEN])
    bedrag = 100 * round(cent * (0.7 + 0.6 * toeval.u()) / 100)
    eerste, aantal = toeval.geheel(0, 77), toeval.geheel(6, 30)
    maanden = [date(2019 + n // 12, n % 12 + 1, 1) for n in range(eerste, eerste + aantal)]
    return [
        (categorie, code, f"{maand:%Y-%m}", bedrag)
        for maand in maanden
        if maand <= PEILDATUM and 0 <= kind.leeftijd(maand) < 18
    ]


def _jbt(gemeente: str, maatregelen: Iterable[Maatregel], toeval: Toeval) -> list[Rij]:
    """Meldingen that ended in a measure, and as many others as the share of raadsonderzoek asks for."""
    gevonden: list[tuple[date, date, date | None, date | None]] = []
    for m in maatregelen:
        if m.begin >= EERSTE_DAG + timedelta(days=365):
            gevonden += _meldingen(m.begin, toeval)
    return [
        (f"JBT-{gemeente[2:]}-{nr:04d}", *rij)
        for nr, rij in enumerate((r for g in sorted(gevonden, key=str) for r in _bekend(g)), start=1)
    ]


def _meldingen(uitspraak: date, toeval: Toeval) -> Iterator[tuple[date, date, date | None, date | None]]:
    raad = uitspraak - timedelta(days=toeval.geheel(45, 110))
    tafel = raad - timedelta(days=toeval.geheel(1, 7))
    yield tafel - timedelta(days=toeval.geheel(10, 30)), tafel, raad, uitspraak
    while toeval.kans(1 - RAADSONDERZOEK):
        tafel = uitspraak - timedelta(days=toeval.geheel(0, 300))
        yield tafel - timedelta(days=toeval.geheel(10, 30)), tafel, None, None


def _bekend(melding: tuple[date, date, date | None, date | None]) -> Iterator[Rij]:
    """The row as it stands on the peildatum; none when the melding came later."""
    gemeld, tafel, raad, uitspraak = (dag if dag and dag <= PEILDATUM else None for dag in melding)
    if gemeld:
        besluit = None if tafel is None else "raadsonderzoek" if melding[2] else "vrijwillig"
        yield gemeld, tafel, besluit, raad, None if tafel is None else "ja", uitspraak
