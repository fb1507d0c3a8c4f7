"""What a praktijk sees of itself, on facts small enough to count by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from basis_bouwer import bouw, params_met, spell

from analyse.kern.basis import Basis
from analyse.meten.spiegel import KOLOMMEN, praktijk_kwartalen, praktijken

EEN, TWEE = "01000001", "01000002"


def _declaratie(nummer: str, maand: date, cent: int, *, toegekend: bool = True) -> dict[str, object]:
    return {
        "gemeente": "GM0200",
        "domein": "Jw",
        "toewijzingnummer": nummer,
        "persoon_nr": 1,
        "aanbieder": "A1",
        "maand": maand,
        "bedrag_cent": cent,
        "toegekend": toegekend,
    }


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory) -> Basis:
    huisarts = {"verwijzer": "02", "verwijzer_agb": EEN}
    spells = [
        spell("2024-01-10", "2024-02-01", **huisarts, sggz=True, toewijzingnummer="1"),
        # Goes on with the same aanbieder and hulpvorm: one traject, one referral.
        spell("2024-02-02", None, **huisarts, toewijzingnummer="2"),
        spell("2024-03-01", None, **huisarts, hulpvorm="03", persoon_nr=2, toewijzingnummer="3"),
        spell("2024-07-01", None, verwijzer="02", verwijzer_agb=TWEE, persoon_nr=3, toewijzingnummer="4"),
        # Not the huisarts, and a huisarts whose praktijk is unknown.
        spell("2024-03-01", None, verwijzer="01", verwijzer_agb=EEN, persoon_nr=4, toewijzingnummer="5"),
        spell("2024-03-01", None, verwijzer="02", persoon_nr=5, toewijzingnummer="6"),
    ]
    toewijzingen = [
        {
            k: s.get(k)
            for k in ("persoon_nr", "gemeente", "domein", "toewijzingnummer", "verwijzer", "verwijzer_agb")
        }
        for s in spells
    ]
    declaraties = [
        _declaratie("1", date(2024, 1, 1), 10_000),
        _declaratie("2", date(2024, 7, 1), 2_550),
        _declaratie("3", date(2024, 3, 1), 99_999, toegekend=False),
        _declaratie("3", date(2024, 4, 1), -1_000),
        _declaratie("5", date(2024, 4, 1), 77_777),
    ]
    populatie = [
        {"gemeente": "GM0200", "jaar": jaar, "leeftijd": leeftijd, "praktijk": praktijk, "aantal": aantal}
        for jaar, leeftijd, praktijk, aantal in (
            (2023, 5, EEN, 40), (2023, 17, EEN, 60), (2023, 18, EEN, 500), (2024, 5, TWEE, 80), (2023, 5, None, 9),
        )
    ]  # fmt: skip
    # The toegang of GM0200 counted one quarter of which the praktijk wrote nothing, and one of both.
    aanmeldingen = [
        {"gemeente": "GM0200", "kwartaal": kwartaal, "praktijk": praktijk, "aantal": aantal}
        for kwartaal, praktijk, aantal in (("2024-K1", EEN, 4), ("2024-K1", None, 9), ("2024-K2", None, 2))
    ]
    return bouw(
        tmp_path_factory.mktemp("basis"),
        spells,
        toewijzingen=toewijzingen,
        declaraties=declaraties,
        populatie=populatie,
        aanmeldingen=aanmeldingen,
    )


@pytest.fixture(scope="module")
def tabel(basis: Basis) -> pd.DataFrame:
    return praktijken(basis, params_met())


def _rij(tabel: pd.DataFrame, praktijk: str, periode: str, hulpvorm: str = "totaal") -> pd.Series:
    raak = tabel["praktijk"].eq(praktijk) & tabel["periode"].eq(periode) & tabel["hulpvorm"].eq(hulpvorm)
    (rij,) = [rij for _, rij in tabel[raak].iterrows()]
    return rij


def test_verwijzingen_zijn_begonnen_trajecten_van_die_praktijk(tabel: pd.DataFrame) -> None:
    assert list(tabel.columns) == KOLOMMEN
    assert _rij(tabel, EEN, "2024-H1")[["verwijzingen", "sggz"]].tolist() == [2, 1]
    assert _rij(tabel, EEN, "2024-H1", "03")["verwijzingen"] == 1
    assert _rij(tabel, TWEE, "2024-H2")["verwijzingen"] == 1
    assert tabel.loc[tabel["hulpvorm"].eq("totaal"), "verwijzingen"].sum() == 3


def test_euro_in_het_halfjaar_van_de_hulp(tabel: pd.DataFrame) -> None:
    assert _rij(tabel, EEN, "2024-H1")["euro"] == 90.0
    # No referral in this half-year, yet help at an earlier one.
    assert _rij(tabel, EEN, "2024-H2")[["verwijzingen", "euro"]].tolist() == [0, 25.5]


def test_ingeschreven_kinderen_tot_en_met_17_van_het_laatst_bekende_jaar(tabel: pd.DataFrame) -> None:
    assert _rij(tabel, EEN, "2024-H1")["ingeschreven"] == 100
    assert _rij(tabel, TWEE, "2024-H2")["ingeschreven"] == 80


def test_kwartalen_van_een_praktijk(basis: Basis) -> None:
    """What the toegang wrote down of it; 0 where it counted others only, and unknown where it didn't count."""
    per = praktijk_kwartalen(basis, params_met()).set_index(["praktijk", "kwartaal"])
    assert per.loc[(EEN, "2024-K1"), ["sggz", "toegang"]].tolist() == [1, 4]
    assert per.loc[(EEN, "2024-K2"), ["sggz", "toegang"]].tolist() == [0, 0]
    assert pd.isna(per.loc[(EEN, "2024-K3"), "toegang"])
    assert per.loc[(TWEE, "2024-K1"), "toegang"] == 0
    assert set(per["gebied"]) == {"REGIO"}
