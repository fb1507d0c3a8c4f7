"""A Beeld selects, completes and orders; it never counts and never fails on what isn't there."""

from __future__ import annotations

import pandas as pd
import pytest
from fabriek import WORTEL, maak_beeld, referentie

from analyse.kern.fouten import ParameterFout
from analyse.kern.periode import Periode
from analyse.kern.resultaat import Meting, Vrijgave
from analyse.kern.schema import RESULTAAT
from analyse.params import Params
from analyse.weergave.beeld import Beeld


def test_rows_are_complete_and_in_order(tabel: pd.DataFrame) -> None:
    beeld = maak_beeld("REGIO", tabel=tabel)
    rijen = beeld.rijen("trajecten.instroom", gebieden=beeld.gebieden)
    assert list(rijen.columns) == list(RESULTAAT)
    assert list(dict.fromkeys(rijen["gebied"])) == [*beeld.params.regio.codes, "REGIO"]
    assert list(rijen["periode"].iloc[:10]) == [str(p) for p in beeld.periodes]
    assert len(rijen) == 9 * 10


def test_categories_follow_the_code_list(tabel: pd.DataFrame) -> None:
    rijen = maak_beeld("GM0200", tabel=tabel).rijen("verwijzingen.aandeel", per="verwijzer", periodes=[])
    assert rijen.empty
    beeld = maak_beeld("GM0200", tabel=tabel)
    rijen = beeld.rijen("verwijzingen.aandeel", per="verwijzer", periodes=[beeld.periode])
    assert list(rijen["verwijzer"]) == ["01", "02", "03", "04", "05", "06", "08", "onbekend"]


def test_an_unknown_indicator_is_not_deliverable(tabel: pd.DataFrame) -> None:
    rijen = maak_beeld("GM0200", tabel=tabel).rijen("bestaat.niet")
    assert set(rijen["status"]) == {"niet_leverbaar"} and rijen["waarde"].isna().all()
    assert maak_beeld("GM0200", tabel=tabel).rijen("bestaat.niet", per="hulpvorm").empty


def test_a_missing_half_year_is_no_observation_and_a_missing_gemeente_not_deliverable(tabel: pd.DataFrame) -> None:
    minder = tabel[~(tabel["gebied"].eq("GM0200") & tabel["periode"].eq("2024-H1")) & tabel["gebied"].ne("GM0213")]
    beeld = maak_beeld("REGIO", tabel=minder)
    rijen = beeld.rijen("trajecten.instroom", gebieden=beeld.gebieden).set_index(["gebied", "periode"])["status"]
    assert rijen["GM0200", "2024-H1"] == "geen_waarneming"
    assert set(rijen["GM0213"]) == {"niet_leverbaar"}


def test_a_rate_uses_the_population_behind_the_released_rate(tabel: pd.DataFrame) -> None:
    beeld = maak_beeld("GM0232", tabel=tabel)
    rij = beeld.per_1000(beeld.rijen("trajecten.instroom", periodes=[beeld.periode])).iloc[0]
    assert rij["noemer"] == 7800 and rij["waarde"] == pytest.approx(1000 * rij["teller"] / 7800)
    assert (rij["eenheid"], rij["status"]) == ("per_1000", "voorlopig")


def test_without_a_released_rate_the_latest_known_population_counts(tabel: pd.DataFrame) -> None:
    zonder = tabel[tabel["indicator"].ne("jeugdigen.per_1000")]
    beeld = maak_beeld("REGIO", tabel=zonder)
    bekend = beeld.referentie.bevolking
    object.__setattr__(
        beeld, "referentie", type(beeld.referentie)(bekend[bekend["jaar"].le(2022)], beeld.referentie.cbs)
    )
    rijen = beeld.per_1000(beeld.rijen("trajecten.instroom", periodes=[beeld.periode]))
    assert rijen["noemer"].iloc[0] == 85_700


def test_without_any_population_a_rate_is_not_deliverable(tabel: pd.DataFrame) -> None:
    zonder = tabel[tabel["indicator"].ne("jeugdigen.per_1000")]
    leeg = type(referentie())(referentie().bevolking.iloc[:0], referentie().cbs)
    bron = maak_beeld("GM0200", tabel=zonder)
    beeld = Beeld(bron.vrijgave, bron.params, bron.editie, "GM0200", leeg)
    rijen = beeld.per_1000(beeld.rijen("trajecten.instroom"))
    assert set(rijen["status"]) == {"niet_leverbaar"} and rijen["waarde"].isna().all()


def test_hidden_counts_stay_hidden_in_rates_and_shares(tabel: pd.DataFrame) -> None:
    beeld = maak_beeld("GM0244", tabel=tabel)
    rijen = beeld.rijen("trajecten.instroom", per="hulpvorm", periodes=[beeld.periode])
    verborgen = rijen["status"].eq("verborgen")
    assert verborgen.any()
    for gemaakt in (beeld.per_1000(rijen), beeld.aandelen(rijen)):
        assert gemaakt.loc[verborgen, ["waarde", "teller"]].isna().all(axis=None)
        assert gemaakt.loc[verborgen, "status"].eq("verborgen").all()


def test_a_share_is_of_the_released_total_and_at_most_all(tabel: pd.DataFrame) -> None:
    beeld = maak_beeld("GM0200", tabel=tabel)
    rijen = beeld.aandelen(beeld.rijen("trajecten.instroom", per="hulpvorm", periodes=[beeld.periode]))
    totaal = beeld.rijen("trajecten.instroom", periodes=[beeld.periode])["waarde"].iloc[0]
    assert set(rijen["noemer"]) == {totaal} and rijen["waarde"].max() <= 100


@pytest.mark.parametrize(
    ("gebied", "bedoeld"), [("GM0201", "GM0200"), ("Apeldoorn", "GM0200"), (200, "GM0200"), ("NL", "GM0200")]
)
def test_a_wrong_gebied_names_the_right_one(tabel: pd.DataFrame, gebied: object, bedoeld: str) -> None:
    with pytest.raises(ParameterFout, match=bedoeld):
        maak_beeld(gebied, tabel=tabel)  # type: ignore[arg-type]


def test_internal_figures_need_the_intern_flag(tabel: pd.DataFrame) -> None:
    params = Params.open(WORTEL)
    delen = (Meting(tabel), params, params.editie("2025-H2"), "GM0200", referentie())
    with pytest.raises(ParameterFout, match="intern"):
        Beeld(*delen)
    assert Beeld(*delen, intern=True).kwaliteit.empty


def test_periods_of_the_edition(tabel: pd.DataFrame) -> None:
    beeld = maak_beeld("GM0200", tabel=tabel)
    assert (str(beeld.vorige), str(beeld.jaar_eerder)) == ("2025-H1", "2024-H2")
    assert beeld.alle_periodes[0] == Periode(2019, "H1") and beeld.periodes[0] == Periode(2021, "H1")
    assert beeld.waar == "Apeldoorn" and maak_beeld("REGIO", tabel=tabel).waar == "de regio"


def test_a_later_first_period_than_the_edition_still_gives_one_period(tabel: pd.DataFrame) -> None:
    bron = maak_beeld("GM0200", tabel=tabel)
    editie = bron.editie.model_copy(update={"vanaf": Periode(2026, "H1")})
    beeld = Beeld(Vrijgave(tabel), bron.params, editie, "GM0200", bron.referentie)
    assert beeld.periodes == (Periode(2025, "H2"),)


def test_cbs_rows_come_newest_first(tabel: pd.DataFrame) -> None:
    rijen = maak_beeld("GM0200", tabel=tabel).cbs("trajecten_jeugdhulp", "NL")
    assert list(rijen["periode"])[:2] == ["2023-H1", "2022-H1"]
    assert maak_beeld("GM0200", tabel=tabel, cbs=False).cbs("trajecten_jeugdhulp", "NL").empty
