from datetime import date
from pathlib import Path

import pytest
from effecthulp import maatregel
from pydantic import ValidationError

from analyse.effect import lees_register, samenloop
from analyse.effect.register import ook_bezig
from analyse.kern.fouten import ParameterFout
from analyse.params import Params

PARAMS = Params.open(Path(__file__).resolve().parents[2])
# Named by the register, measured by a later issue.
NOG_ZONDER_KAART = {"tevredenheid"}


@pytest.fixture(scope="module")
def register():
    return lees_register(PARAMS.map / "maatregelen", gemeenten=PARAMS.regio.codes)


def test_het_register_is_te_lezen_en_heeft_twaalf_maatregelen(register):
    assert len(register) == 12
    assert {naam for naam, een in register.items() if een.demo} == {"poh_jeugd", "schoolmaatschappelijk_werk"}


def test_de_twee_echte_effecten_van_de_demo_staan_er_precies_in(register):
    poh, smw = register["poh_jeugd"], register["schoolmaatschappelijk_werk"]
    assert poh.start == {"GM0200": date(2023, 7, 1), "GM0301": date(2024, 1, 1)}
    assert (poh.doel("verwijzingen.huisarts_sggz").omvang_procent, poh.doelgroep.verwijzer) == (20, ("02",))
    assert smw.start == {"GM0232": date(2023, 1, 1), "GM0246": date(2023, 1, 1)}
    assert (smw.doelgroep.hulpvorm, smw.doelgroep.verwijzer) == (("02",), ("01",))
    assert smw.doel("trajecten.instroom").omvang_procent == 15


def test_elke_doelindicator_heeft_een_definitiekaart(register):
    genoemd = {doel.indicator for een in register.values() for doel in een.doelindicatoren}
    assert genoemd - set(PARAMS.kaarten) <= NOG_ZONDER_KAART


@pytest.mark.parametrize(
    ("anders", "fout"),
    [
        ({"eigenaar_": "x"}, "extra_forbidden|Extra inputs"),
        ({"gemeenten": [{"code": "0200", "ingangsdatum": "2023-01-01"}]}, 'Schrijf "GM0200"'),
        (
            {"gemeenten": [{"code": "GM0200", "ingangsdatum": "2023-01-01", "einddatum": "2022-01-01"}]},
            "einddatum",
        ),
        ({"gemeenten": [{"code": "GM0200", "ingangsdatum": "2023-01-01"}] * 2}, "vaker dan een keer"),
        ({"gemeenten": []}, "noemt minstens één gemeente"),
        ({"doelgroep": {"omschrijving": "x", "hulpvorm": ["99"]}}, "99 bestaat niet"),
        ({"doelindicatoren": [{"indicator": "x", "richting": "omlaag"}]}, "daling"),
    ],
)
def test_een_verkeerd_veld_wordt_geweigerd(anders, fout):
    with pytest.raises(ValidationError, match=fout):
        maatregel(**anders)


def test_alle_foute_bestanden_worden_samen_genoemd(tmp_path):
    goed = (PARAMS.map / "maatregelen" / "poh_jeugd.yaml").read_text(encoding="utf-8")
    (tmp_path / "anders.yaml").write_text(goed, encoding="utf-8")
    (tmp_path / "leeg.yaml").write_text("id: leeg\n", encoding="utf-8")
    with pytest.raises(ParameterFout, match=r"2 bestanden.*naam van het bestand.*'eigenaar' ontbreekt"):
        lees_register(tmp_path)


def test_een_vreemde_gemeente_wordt_geweigerd():
    with pytest.raises(ParameterFout, match="Deze gemeente van de regio bestaat niet"):
        lees_register(PARAMS.map / "maatregelen", gemeenten=["GM0200"])


def test_samenloop_kijkt_naar_gemeente_indicator_doelgroep_en_tijd():
    een = maatregel({"GM0200": "2023-07-01"})
    ander = maatregel({"GM0200": "2023-09-01", "GM0262": "2023-09-01"}, id="ander", naam="Ander")
    jong = {"omschrijving": "x", "leeftijd": ["0-3"]}
    elders = maatregel(
        {"GM0200": "2023-09-01"}, id="elders", doelindicatoren=[{"indicator": "x", "richting": "daling"}]
    )
    register = {m.id: m for m in (een, ander, elders)}
    tijd = {"van": date(2019, 1, 1), "tot": date(2025, 12, 31)}
    assert samenloop(een, "verwijzingen.huisarts_sggz", register, **tijd) == {"GM0200": ("Ander",)}
    eerder = {"van": date(2024, 1, 1), "tot": date(2025, 12, 31)}
    assert samenloop(een, "verwijzingen.huisarts_sggz", register, **eerder) == {}
    oud = maatregel(doelgroep={"omschrijving": "x", "leeftijd": ["12-17"]})
    apart = {"ander": maatregel({"GM0200": "2023-09-01"}, id="ander", doelgroep=jong)}
    assert samenloop(oud, "verwijzingen.huisarts_sggz", apart, **tijd) == {}
    assert ook_bezig(een, "verwijzingen.huisarts_sggz", register) == {"GM0262"}
