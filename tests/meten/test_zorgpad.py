"""Specialistische ggz and the paths of children against the oracle: how long, what came after, in what order."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from basis_bouwer import GEMEENTEN, PEILDATUM, bouw, params_met, spell
from orakel_einden import Eindregio, is_sggz, vergelijk

from analyse.meten import zorgpad as z


@pytest.fixture(scope="module")
def gemeten(tmp_path_factory):
    regio = Eindregio(41)
    return regio, *regio.meet(tmp_path_factory.mktemp("basis"), *z.INDICATOREN)


@pytest.mark.parametrize("indicator", z.INDICATOREN)
def test_sggz_gelijk_aan_orakel(gemeten, indicator):
    regio, tabel, params = gemeten
    for splitsing in params.kaarten[indicator].splitsingen:
        if indicator == z.SGGZ_DUUR:
            verwacht = regio.km_sggz(splitsing)
        else:
            verwacht = regio.deel(lambda t: regio.stap(t) == -1, is_sggz, splitsing)
        vergelijk(tabel, indicator, splitsing, verwacht)


def pad_van(stappen: dict[date, set[str]]) -> str:
    """Steps in order of begin; the same step again is no step, and after four it just goes on."""
    rij = ["+".join(sorted(stappen[dag])) for dag in sorted(stappen)]
    rij = [stap for nr, stap in enumerate(rij) if nr == 0 or rij[nr - 1] != stap]
    return " > ".join([*rij[:4], *(["…"] if len(rij) > 4 else [])])


def met_de_hand(regio: Eindregio, langs: str) -> dict:
    """(gebied, soort) -> how many persons per path."""
    uit = {}
    vrij = regio.regels.instroom_vrije_dagen
    for gebied in (*GEMEENTEN, "REGIO"):
        eigen = [t for t in regio.orakel.trajecten if gebied in (t.gemeente, "REGIO")]
        per_kind = defaultdict(list)
        for t in eigen:
            per_kind[t.persoon].append(t)
        reeksen, samen = Counter(), Counter()
        for rijen in per_kind.values():
            dagen = {d for t in rijen for d in t.dagen}
            eersten = [
                t.begin
                for t in rijen
                if date(2022, 12, 31) < t.begin <= PEILDATUM
                and not dagen & set(range(t.begin.toordinal() - vrij, t.begin.toordinal()))
            ]
            if eersten:
                stappen = defaultdict(set)
                for t in rijen:
                    if t.begin >= min(eersten):
                        stappen[t.begin].add(getattr(t, langs))
                reeksen[pad_van(stappen)] += 1
            if nu := {getattr(t, langs) for t in rijen if t.loopt_op(PEILDATUM)}:
                samen[" + ".join(sorted(nu))] += 1
        uit |= {(gebied, "reeks"): reeksen, (gebied, "combinatie"): samen}
    return uit


@pytest.mark.parametrize("langs", ["hulpvorm", "aanbieder"])
def test_paden_gelijk_aan_orakel(tmp_path, langs):
    regio = Eindregio(42)
    basis = bouw(tmp_path, regio.regio["spells"], geboortejaren=regio.regio["geboortejaren"])
    tabel = z.paden(basis, params_met(), langs=langs)
    assert set(tabel["periode"]) == {"2025-H2"} and not tabel.duplicated(["gebied", "soort", "pad"]).any()
    for (gebied, soort), verwacht in met_de_hand(regio, langs).items():
        deel = tabel[tabel["gebied"].eq(gebied) & tabel["soort"].eq(soort)]
        samen = {pad: n for pad, n in verwacht.items() if soort == "reeks" or " + " in pad}
        assert dict(zip(deel["pad"], deel["personen"], strict=True)) == samen
        assert set(deel["noemer"]) <= {sum(verwacht.values())}


def test_pad_begint_bij_binnenkomst(tmp_path):
    """What came before the child was away for a year is another path; a step back is a step."""
    spells = [
        spell("2022-01-01", "2022-06-30", hulpvorm="13"),
        spell("2023-09-01", "2023-12-31"),
        spell("2024-01-01", "2024-06-30", hulpvorm="14"),
        spell("2024-07-01", None),
        spell("2024-07-01", None, hulpvorm="04"),
    ]
    tabel = z.paden(bouw(tmp_path, spells), params_met())
    regio = tabel[tabel["gebied"].eq("REGIO")].set_index("soort")["pad"].to_dict()
    assert regio == {"reeks": "02 > 14 > 02+04", "combinatie": "02 + 04"}


@pytest.mark.parametrize(("vrij", "paden"), [(365, ["02"]), (364, [])])
def test_precies_een_jaar_zonder_hulp(tmp_path, vrij, paden):
    """After 365 free days a child comes in anew; one day less and the path goes on."""
    begin = date(2023, 6, 30) + timedelta(days=vrij + 1)
    spells = [spell("2023-01-01", "2023-06-30", hulpvorm="13"), spell(str(begin), None)]
    tabel = z.paden(bouw(tmp_path, spells), params_met(), jaren=2)
    assert tabel[tabel["gebied"].eq("REGIO") & tabel["soort"].eq("reeks")]["pad"].tolist() == paden


def test_hulp_die_op_de_laatste_dag_eindigt_is_er_die_dag_nog(tmp_path):
    spells = [spell("2025-01-01", "2025-12-31"), spell("2025-01-01", "2025-12-30", hulpvorm="13"),
              spell("2025-01-01", "2025-12-31", hulpvorm="14")]  # fmt: skip
    tabel = z.paden(bouw(tmp_path, spells), params_met())
    assert tabel[tabel["gebied"].eq("REGIO") & tabel["soort"].eq("combinatie")]["pad"].tolist() == ["02 + 14"]
