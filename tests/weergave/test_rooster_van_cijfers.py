"""Grids answer as a search through the result table would."""

from __future__ import annotations

import pandas as pd
import pytest

from analyse.kern import codes
from analyse.kern.resultaat import Vrijgave, csv_tekst
from analyse.kern.schema import MATEN, RESULTAAT
from analyse.weergave.rooster import kast

GEBIEDEN, PERIODES = ("GM0200", "GM0213", "REGIO"), ("2024-H2", "2025-H1", "2025-H2")


def rij(gebied: str, periode: str, waarde: float | None, **dimensies: str) -> dict[str, object]:
    leeg = dict.fromkeys(RESULTAAT, codes.TOTAAL) | dict.fromkeys(MATEN, float("nan"))
    vast = {"indicator": "trajecten.actief", "gebied": gebied, "periode": periode, "waarde": waarde}
    status = "definitief" if waarde is not None else "verborgen"
    return {**leeg, **vast, "methode": "", "eenheid": "aantal", "status": status, **dimensies}


@pytest.fixture
def vrijgave() -> Vrijgave:
    rijen = [rij("GM0200", periode, 10.0 + i) for i, periode in enumerate(PERIODES)]
    rijen += [rij("REGIO", "2025-H2", None), rij("GM0200", "2025-H1", 3.0, leeftijd="0-3")]
    rijen += [
        rij("GM0200", "2025-H1", 4.0, leeftijd="4-11"),
        rij("GM0200", "2025-H1", 9.0, leeftijd="x", verwijzer="01"),
    ]
    return Vrijgave(pd.DataFrame(rijen))


def rooster(vrijgave: Vrijgave, per: str = "") -> pd.DataFrame:
    gemaakt = kast(vrijgave).rooster(
        "trajecten.actief", per, gebieden=GEBIEDEN, periodes=PERIODES, eenheid="aantal"
    )
    assert len(gemaakt.tabel) % (len(GEBIEDEN) * len(PERIODES)) == 0
    return gemaakt.tabel


def test_alle_cellen_in_volgorde(vrijgave: Vrijgave) -> None:
    tabel = rooster(vrijgave)
    assert list(zip(tabel["gebied"], tabel["periode"], strict=True)) == [
        (g, p) for g in GEBIEDEN for p in PERIODES
    ]
    assert tabel["waarde"].dropna().tolist() == [10.0, 11.0, 12.0]
    assert dict(zip(tabel["gebied"], tabel["status"], strict=True)) == {
        "GM0200": "definitief",
        "GM0213": "niet_leverbaar",
        "REGIO": "verborgen",
    }
    assert tabel["status"].tolist()[6] == "geen_waarneming"


def test_rijen_met_twee_splitsingen_doen_niet_mee(vrijgave: Vrijgave) -> None:
    tabel = rooster(vrijgave, "leeftijd")
    assert tabel["leeftijd"].tolist()[:2] == ["0-3", "4-11"]
    assert tabel["waarde"].dropna().tolist() == [3.0, 4.0]


@pytest.mark.parametrize("gebieden", [("GM0200",), ("GM0200", "REGIO"), ("REGIO", "onbekend"), ()])
@pytest.mark.parametrize("periodes", [("2025-H2",), ("2024-H2", "2025-H2"), PERIODES])
@pytest.mark.parametrize("per", ["", "leeftijd", "aanbieder"])
def test_kiezen_is_zoeken(vrijgave: Vrijgave, gebieden: tuple, periodes: tuple, per: str) -> None:
    tabel = rooster(vrijgave, per)
    gezocht = tabel[tabel["gebied"].isin(gebieden) & tabel["periode"].isin(periodes)].reset_index(drop=True)
    gemaakt = kast(vrijgave).rooster(
        "trajecten.actief", per, gebieden=GEBIEDEN, periodes=PERIODES, eenheid="aantal"
    )
    pd.testing.assert_frame_equal(gemaakt.kies(gebieden, periodes), gezocht)


def test_wie_een_antwoord_verandert_verandert_het_rooster_niet(vrijgave: Vrijgave) -> None:
    vooraf = rooster(vrijgave).copy()
    antwoord = kast(vrijgave).rooster(
        "trajecten.actief", "", gebieden=GEBIEDEN, periodes=PERIODES, eenheid="aantal"
    )
    eigen = antwoord.kies(("GM0200",), PERIODES)
    eigen.loc[:, "waarde"] = 0.0
    pd.testing.assert_frame_equal(rooster(vrijgave), vooraf)


def test_csv_is_die_van_pandas() -> None:
    tabel = pd.DataFrame(
        {"gebied": ["a;b", 'q"x', None, "", "regel\neinde"], "waarde": [1.0, 2.5, None, -3.0, 0.1]}
    )
    als_pandas = tabel.assign(waarde=["1", "2.5", "", "-3", "0.1"]).to_csv(
        sep=";", index=False, lineterminator="\n"
    )
    assert csv_tekst(tabel) == als_pandas
