"""Results of ended help against the oracle; the truth of the demo region is found back."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from statistics import mean

import pandas as pd
import pytest
from basis_bouwer import bevolking, params_met, spell
from gevallen import meet_gevallen, waarden
from orakel import Traject
from orakel_einden import PEILDATUM, UITKOMSTEN_VAN, Eindregio, plus_maanden, vergelijk

from analyse.demo import maak_demo
from analyse.inname import lees
from analyse.kern.resultaat import Meting
from analyse.meten import doorstroom, meet, wachttijd
from analyse.meten import resultaat as r

ONMEETBAAR = "niet_leverbaar"


@pytest.fixture(scope="module")
def gemeten(tmp_path_factory):
    regio = Eindregio(31)
    return regio, *regio.meet(tmp_path_factory.mktemp("basis"), *r.INDICATOREN)


def reden(t: Traject) -> str:
    """Of the spells that end last: the administrative ones first, then the highest code."""
    op_papier = [s for s in t.laatsten if s["reden_beeindiging"] in ("36", "37")]
    los = [
        s for s in t.laatsten if not s["reden_beeindiging"] and s["reden_wijziging"] in ("03", "10", "11", "14")
    ]
    kies = [*op_papier, *los] or t.laatsten
    return max(s["reden_beeindiging"] or "" for s in kies)


def antwoorden(regio: Eindregio, t: Traject, naam: str) -> list:
    rijen = [
        u
        for u in regio.uitkomsten
        if (u["persoon_nr"], u["gemeente"], u["aanbieder"]) == (t.persoon, t.gemeente, t.aanbieder)
        and abs((u["einddatum"] - t.eind).days) <= regio.regels.uitkomst_dagen
    ]
    bekend = {"doelrealisatie": ("ja", "deels", "nee")}.get(naam)
    return [u[naam] for u in rijen if u[naam] is not None and (bekend is None or u[naam] in bekend)]


def vlaggen(regio: Eindregio, indicator: str) -> tuple:
    """Which ends count, and which of these for the share."""

    def cijfers(t):
        return antwoorden(regio, t, "rapportcijfer")

    def verder(t):
        return antwoorden(regio, t, "zonder_hulp_verder")

    def doel(t):
        return antwoorden(regio, t, "doelrealisatie")

    def inhoud(t):
        return reden(t) in ("31", "32", "33", "34", "35")

    def alle(t):
        return True

    return {
        r.STRIKT: (lambda t: reden(t) in ("32", "33"), inhoud),
        r.BREED: (lambda t: reden(t) in ("32", "33", "34", "35"), inhoud),
        r.ZONDER_REDEN: (lambda t: not inhoud(t), alle),
        r.ACHT: (lambda t: mean(cijfers(t)) >= 8, cijfers),
        r.CIJFER_RESPONS: (cijfers, alle),
        r.VERDER: (lambda t: min(verder(t)) >= "03", verder),
        r.VERDER_RESPONS: (verder, alle),
        r.DOEL: (lambda t: set(doel(t)) == {"ja"}, doel),
        r.DOEL_RESPONS: (doel, alle),
        **{
            naam: (
                lambda t, n=n: not regio.nieuwe_start_binnen(t, n),
                lambda t, n=n: plus_maanden(t.eind, n) <= PEILDATUM,
            )
            for n, naam in r.GEEN_NIEUWE_START.items()
        },
    }[indicator]


@pytest.mark.parametrize("indicator", r.INDICATOREN)
def test_resultaat_gelijk_aan_orakel(gemeten, indicator):
    regio, tabel, params = gemeten
    if indicator.split(".")[0] in ("tevredenheid", "zonder_hulp", "doelrealisatie"):
        zonder = tabel["indicator"].eq(indicator) & ~tabel["gebied"].isin([*UITKOMSTEN_VAN, "REGIO"])
        assert set(tabel.loc[zonder, "status"]) == {ONMEETBAAR}
        tabel = tabel[~zonder]
        alle = regio.orakel.trajecten
        regio = _beperkt(regio, [t for t in alle if t.gemeente in UITKOMSTEN_VAN])
    for splitsing in params.kaarten[indicator].splitsingen:
        if indicator == r.CIJFER:
            verwacht = _gemiddelden(regio, splitsing)
        else:
            verwacht = regio.deel(*vlaggen(regio, indicator), splitsing)
        vergelijk(tabel, indicator, splitsing, verwacht)


def _beperkt(regio: Eindregio, trajecten: list[Traject]) -> Eindregio:
    anders = object.__new__(Eindregio)
    anders.__dict__.update(regio.__dict__)
    anders.__dict__["orakel"] = object.__new__(type(regio.orakel))
    anders.orakel.__dict__.update({**regio.orakel.__dict__, "trajecten": trajecten})
    return anders


def _gemiddelden(regio: Eindregio, splitsing: tuple[str, ...]) -> dict:
    per = defaultdict(list)
    for k, t in regio.cellen(regio.orakel.trajecten, lambda t: t.eind, splitsing):
        if gegeven := antwoorden(regio, t, "rapportcijfer"):
            per[k].append(mean(gegeven))
    return {k: (sum(v), len(v), mean(v)) for k, v in per.items()}


def test_te_kort_gezien_telt_niet_mee(tmp_path):
    """Ends of which the window is not over yet are in no denominator; the day itself is in the window."""
    een = [spell("2025-01-01", "2025-07-01", aanbieder="A1")]  # six months later is after the peildatum
    twee = [spell("2025-01-01", "2025-06-30"), spell("2025-12-30", None, aanbieder="A2")]
    drie = [spell("2025-01-01", "2025-06-30"), spell("2025-12-31", None, aanbieder="A2")]
    zes = r.GEEN_NIEUWE_START[6]
    meting = meet_gevallen(tmp_path, [een, twee, drie], zes)
    assert waarden(meting, zes, "2025-H1", 3)[1:] == [0, 100]
    assert meting.kies(zes, periode="2025-H2", gebied="GM0200")["noemer"].tolist() == [0]


def test_venster_dat_op_de_peildatum_sluit_telt_mee(tmp_path):
    """Twelve months after the last day of 2024 is the peildatum itself: just long enough; a day later is not."""
    twaalf = r.GEEN_NIEUWE_START[12]
    meting = meet_gevallen(
        tmp_path, [[spell("2024-01-01", "2024-12-31")], [spell("2024-01-01", "2025-01-01")]], twaalf
    )
    assert waarden(meting, twaalf, "2024-H2", 1) == [100]
    assert meting.kies(twaalf, periode="2025-H1", gebied="GM0213")["noemer"].tolist() == [0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Meting:
    map_ = tmp_path_factory.mktemp("demo")
    maak_demo(map_ / "in", vorm="tabel", schaal=0.15)
    namen = [*r.INDICATOREN, *wachttijd.INDICATOREN, *doorstroom.INDICATOREN]
    params = params_met(*namen)
    basis = lees(map_ / "in", params=params, uit=map_ / "basis", peildatum=date(2025, 12, 31), sleutel=b"k" * 32)
    return meet(basis, params=params, bevolking=bevolking())


def regio_totaal(meting: Meting, indicator: str) -> pd.DataFrame:
    rijen = meting.kies(indicator, gebied="REGIO")
    return rijen[rijen["periode"].between("2020-H1", "2025-H1")]


def test_demo_uitkomsten(demo):
    """A third of the ends answers, and the mean grade is 7.62; nothing of it differs between kinds of help."""
    respons, cijfer = regio_totaal(demo, r.CIJFER_RESPONS), regio_totaal(demo, r.CIJFER)
    aandeel = respons["teller"].sum() / respons["noemer"].sum()
    assert 0.25 < aandeel < 0.40
    gemiddeld = cijfer["teller"].sum() / cijfer["noemer"].sum()
    fout = 1.35 / cijfer["noemer"].sum() ** 0.5
    assert abs(gemiddeld - 7.62) < 4 * fout


def test_demo_verzoek_komt_een_tot_acht_dagen_voor_het_besluit(demo):
    mediaan, p90 = (
        regio_totaal(demo, wachttijd.VERZOEK_TOEWIJZING),
        demo.kies(wachttijd.P90[wachttijd.VERZOEK_TOEWIJZING]),
    )
    assert mediaan["waarde"].between(3, 6).all() and mediaan["noemer"].min() > 20
    assert p90["waarde"].dropna().between(1, 8).all()


def test_demo_einde_zonder_overstap(demo):
    """Three in a hundred long trajecten go on elsewhere; the rest of doorstroom is help that happens to begin."""
    andere, einden = regio_totaal(demo, doorstroom.ANDERE), regio_totaal(demo, doorstroom.AANDEEL)
    assert 0.03 < andere["teller"].sum() / einden["noemer"].sum() < 0.15
