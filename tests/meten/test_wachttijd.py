"""Waiting against the oracle; the demo region asks one to eight days before it decides, and that is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import pytest
from basis_bouwer import dag, spell
from gevallen import meet_gevallen, waarden
from orakel import Traject, Uitkomst
from orakel_einden import Eindregio, vergelijk

from analyse.meten import wachttijd as w


@pytest.fixture(scope="module")
def gemeten(tmp_path_factory):
    regio = Eindregio(21)
    return regio, *regio.meet(tmp_path_factory.mktemp("basis"), *w.INDICATOREN)


def vroegste(regio: Eindregio, t: Traject, naam: str) -> object:
    """The earliest date of the toewijzingen that open the traject."""
    nummers = {(s["gemeente"], s["toewijzingnummer"]) for s in t.eersten}
    dagen = [r[naam] for r in regio.toewijzingen if (r["gemeente"], r["toewijzingnummer"]) in nummers and r[naam]
             and r["domein"] == "Jw"]  # fmt: skip
    return min(dagen, default=None)


def gemeld(t: Traject) -> object:
    return t.begin if any(s["datumbron_begin"] == "regiebericht" for s in t.eersten) else None


PAREN: dict[str, tuple[str, str | Callable]] = {
    w.VERZOEK_START: ("verzoekdatum", gemeld),
    w.VERZOEK_TOEWIJZING: ("verzoekdatum", "eerste_toewijzingsdatum"),
    w.TOEWIJZING_START: ("eerste_toewijzingsdatum", gemeld),
    w.INGANG_START: ("eerste_ingangsdatum", gemeld),
}


def wachten(regio: Eindregio, indicator: str, splitsing: tuple[str, ...]) -> dict:
    van, tot = PAREN[indicator]
    dagen = defaultdict(list)
    for k, t in regio.cellen(regio.orakel.trajecten, lambda t: t.begin, splitsing):
        a, b = vroegste(regio, t, van), tot(t) if callable(tot) else vroegste(regio, t, tot)
        dagen[k].append((b - a).days if a and b else None)
    return dagen


def hoogte(dagen: list[int], deel: float) -> float:
    """Quantile with interpolation between the two nearest."""
    dagen = sorted(dagen)
    plek = deel * (len(dagen) - 1)
    laag = int(plek)
    return dagen[laag] + (plek - laag) * (dagen[min(laag + 1, len(dagen) - 1)] - dagen[laag])


def maat(regio: Eindregio, indicator: str, splitsing: tuple[str, ...], deel: float) -> Uitkomst:
    bekend = {k: [d for d in ds if d is not None] for k, ds in wachten(regio, indicator, splitsing).items()}
    return {k: (None, len(ds), hoogte(ds, deel) if ds else None) for k, ds in bekend.items()}


def aandeel(dagen: dict, vlag: Callable, telt: Callable) -> Uitkomst:
    uit = {}
    for k, ds in dagen.items():
        x, n = sum(telt(d) and vlag(d) for d in ds), sum(map(telt, ds))
        uit[k] = (x, n, 100 * x / n if n else None)
    return uit


@pytest.mark.parametrize("indicator", w.INDICATOREN)
def test_wachttijd_gelijk_aan_orakel(gemeten, indicator):
    regio, tabel, params = gemeten
    for splitsing in params.kaarten[indicator].splitsingen:
        if indicator == w.TERUGWERKEND:
            dagen = wachten(regio, w.TOEWIJZING_START, splitsing)
            verwacht = aandeel(dagen, lambda d: d < 0, lambda d: d is not None)
        elif indicator == w.ZONDER_VERZOEK:
            dagen = wachten(regio, w.VERZOEK_TOEWIJZING, splitsing)
            verwacht = aandeel(dagen, lambda d: d is None, lambda d: True)
        else:
            soort = indicator.removesuffix("_p90")
            verwacht = maat(regio, soort, splitsing, 0.9 if indicator != soort else 0.5)
        vergelijk(tabel, indicator, splitsing, verwacht)


def toewijzing(nummer: str, **dagen: str) -> dict:
    vast = {"persoon_nr": 1, "domein": "Jw", "aanbieder": "A1", "gemeente": "GM0200", "toewijzingnummer": nummer}
    return {**vast, **{naam: dag(tekst) for naam, tekst in dagen.items()}}


def test_negatief_blijft_negatief_en_verlengen_is_geen_wachten(tmp_path):
    """Decided ten days after the start; a year later extended under another number, at once."""
    spells = [
        spell("2024-01-01", "2024-12-31", toewijzingnummer="1"),
        spell("2025-01-01", None, toewijzingnummer="2"),
    ]
    toewijzingen = [
        toewijzing("1", eerste_toewijzingsdatum="2024-01-11", toewijzingsdatum="2024-06-01"),
        toewijzing("2", eerste_toewijzingsdatum="2024-11-01"),
    ]
    meting = meet_gevallen(tmp_path, [spells], *w.INDICATOREN, toewijzingen=toewijzingen)
    assert waarden(meting, w.TOEWIJZING_START, "2024-H1", 1) == [-10]
    assert waarden(meting, w.TERUGWERKEND, "2024-H1", 1) == [100]
    assert waarden(meting, w.ZONDER_VERZOEK, "2024-H1", 1) == [100]
    assert meting.kies(w.TOEWIJZING_START, gebied="REGIO", periode="2025-H1")["noemer"].tolist() == [0]


def test_vroegste_dag_telt_als_twee_toewijzingen_het_traject_openen(tmp_path):
    """Asked twice, decided twice, on different days: the child has waited since the first."""
    spells = [spell("2024-02-01", None, toewijzingnummer=nr) for nr in ("1", "2")]
    toewijzingen = [
        toewijzing("1", verzoekdatum="2024-01-20", eerste_toewijzingsdatum="2024-01-22"),
        toewijzing("2", verzoekdatum="2024-01-02", eerste_toewijzingsdatum="2024-01-27"),
    ]
    meting = meet_gevallen(tmp_path, [spells], *w.INDICATOREN, toewijzingen=toewijzingen)
    gevonden = [waarden(meting, naam, "2024-H1", 1) for naam in (w.VERZOEK_START, w.TOEWIJZING_START)]
    assert gevonden == [[30], [10]]
