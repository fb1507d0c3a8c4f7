from hypothesis import given
from hypothesis import strategies as st

from analyse.kern.fouten import DomeinFout, LeveringFout, ParameterFout, RapportFout, masker, onbekend


def test_een_fout_noemt_regel_ontvangen_waar_en_wat_te_doen():
    fout = ParameterFout("De regel.", ontvangen="'x'", waar="regio.yaml", doe="Doe dit.")
    assert str(fout) == "De regel. Ontvangen: 'x'. Waar: regio.yaml. Wat u kunt doen: Doe dit."


def test_elke_soort_fout_heeft_een_eigen_exitcode():
    codes = [soort.exitcode for soort in (DomeinFout, LeveringFout, ParameterFout, RapportFout)]
    assert codes == [10, 11, 12, 13]


def test_onbekende_naam_krijgt_de_dichtstbijzijnde():
    assert "Bedoelde u instroom?" in onbekend("Dit hoofdstuk", "instrom", ["instroom", "gebruik"]).tekst


@given(st.text(min_size=1, max_size=30))
def test_masker_toont_nooit_meer_dan_vier_tekens(waarde):
    gemaskeerd = masker(waarde)
    assert len(gemaskeerd) == len(waarde)
    assert sum(teken != "*" for teken in gemaskeerd) <= 4
    if len(waarde) <= 4:
        assert set(gemaskeerd) == {"*"}


def test_een_bsn_is_niet_terug_te_lezen():
    assert masker("999900006") == "99*****06"
