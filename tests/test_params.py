"""Strictness of the parameters: nothing is guessed, every error says what to write."""

import shutil

import pytest

from analyse.kern import codes
from analyse.kern.fouten import ParameterFout
from analyse.params import Params, zoek_wortel


@pytest.fixture
def kopie(tmp_path):
    shutil.copytree(zoek_wortel() / "params", tmp_path / "params")
    return tmp_path


def vervang(map_, bestand, oud, nieuw):
    pad = map_ / "params" / bestand
    tekst = pad.read_text(encoding="utf-8")
    assert oud in tekst
    pad.write_text(tekst.replace(oud, nieuw), encoding="utf-8")
    return Params.open(map_)


def fout_van(params):
    with pytest.raises(ParameterFout) as fout:
        _ = params.regio
    return fout.value.tekst


def test_de_acht_gemeenten_staan_er_met_hun_code():
    regio = Params.open().regio
    assert len(regio.gemeenten) == 8
    assert regio.namen["GM0301"] == "Zutphen"
    assert regio.namen[codes.REGIO] == regio.naam


@pytest.mark.parametrize("code", ["0200", "200", "gm0200", "GM200"])
def test_een_gemeentecode_die_yaml_beschadigt_wordt_geweigerd(kopie, code):
    assert 'GM plus vier cijfers, zoals "GM0200"' in fout_van(vervang(kopie, "regio.yaml", "GM0200", code))


def test_een_kaal_nummer_blijft_tekst_en_krijgt_raad(kopie):
    assert 'Schrijf "GM0285".' in fout_van(vervang(kopie, "regio.yaml", "GM0285", "0285"))


def test_een_typefout_in_een_sleutel_noemt_de_bekende(kopie):
    assert "bedoelde u 'breuken'" in fout_van(vervang(kopie, "regio.yaml", "breuken:", "breuke:"))


def test_een_drempel_onder_vijf_kan_niet(kopie):
    assert "drempels.minimum" in fout_van(vervang(kopie, "regio.yaml", "minimum: 10", "minimum: 4"))


def test_een_dubbele_sleutel_is_een_fout_met_regelnummer(kopie):
    tekst = fout_van(vervang(kopie, "regio.yaml", "naam: Midden", "code: X\nnaam: Midden"))
    assert "sleutel dubbel: code" in tekst
    assert "regio.yaml, regel" in tekst


def test_ja_en_nee_zijn_nederlands(kopie):
    regio = vervang(kopie, "regio.yaml", "administratief_doortellen: ja", "administratief_doortellen: nee").regio
    assert regio.rekenregels.administratief_doortellen is False


@pytest.mark.parametrize(
    ("gevraagd", "raad"),
    [("GM0201", "GM0301"), ("apeldorn", '"GM0200" (Apeldoorn)'), (200, '"GM0200"'), ("0200", '"GM0200"')],
)
def test_een_onbekend_gebied_noemt_het_dichtstbijzijnde(gevraagd, raad):
    with pytest.raises(ParameterFout) as fout:
        Params.open().regio.gebied(gevraagd)
    assert raad in fout.value.tekst


def test_een_onbekende_editie_noemt_de_dichtstbijzijnde():
    with pytest.raises(ParameterFout, match="Bedoelde u 2025-H2"):
        Params.open().editie("2025H2")


def test_elk_product_heeft_een_bekende_hulpvorm_of_geen():
    producten = Params.open().producten
    assert set(producten["hulpvorm"]) - {""} == set(codes.HULPVORM)
    assert not producten.duplicated(["productcategorie", "productcode"]).any()
    verblijf = producten["hulpvorm"].isin(codes.VERBLIJF)
    assert not producten.loc[~verblijf, "deeltijdverblijf"].eq("ja").any()
    assert producten["zwaarte"].ne("").eq(producten["hulpvorm"].ne("")).all()


def test_jeugdbescherming_is_een_maatregel_en_geen_hulpvorm():
    jb = Params.open().producten.query("productcategorie in ['47', '48', '49']")
    assert jb["hulpvorm"].eq("").all()
    assert {"11", "21"} <= set(jb["maatregeltype"])
