"""The demo region knows what its measures really do; the register and the measurement must agree with it."""

import json
from pathlib import Path

import pandas as pd
import pytest

from analyse.demo import WARE_EFFECTEN, maak_demo
from analyse.effect import Oordeel, lees_donoren, lees_reeks, lees_register, schat

WORTEL = Path(__file__).resolve().parents[2]
REGISTER = lees_register(WORTEL / "params" / "maatregelen")
IN_REGISTER = {"poh-jeugd": "poh_jeugd", "schoolmaatschappelijk-werk": "schoolmaatschappelijk_werk"}
HALVE_JAREN = [f"{jaar}-H{half}" for jaar in range(2019, 2026) for half in (1, 2)]
JEUGD = {
    "GM0200": 40700,
    "GM0213": 4500,
    "GM0232": 7700,
    "GM0244": 3300,
    "GM0246": 4700,
    "GM0262": 7400,
    "GM0285": 6100,
    "GM0301": 11300,
}


@pytest.mark.parametrize("waar", WARE_EFFECTEN, ids=lambda waar: waar.naam)
def test_het_register_noemt_de_demomaatregelen_zoals_ze_zijn(waar):
    maatregel = REGISTER[IN_REGISTER[waar.naam]]
    assert maatregel.demo and maatregel.start == waar.vanaf
    assert maatregel.doelgroep.verwijzer == (waar.verwijzer,)
    assert maatregel.doelindicatoren[0].omvang_procent == pytest.approx(100 * (1 - waar.factor))
    assert maatregel.doelindicatoren[0].richting == "daling"


@pytest.fixture(scope="module")
def waarheid(tmp_path_factory):
    map_ = tmp_path_factory.mktemp("demo_effect")
    maak_demo(map_, vorm="tabel", schaal=1.0)
    return {deel["naam"]: deel for deel in json.loads((map_ / "waarheid.json").read_text())["effecten"]}


# One draw of the demo and a 95% interval: if the demo is drawn anew, one in twenty draws lies outside by right.
@pytest.mark.traag
@pytest.mark.xdist_group("demo_effect")
@pytest.mark.parametrize("waar", WARE_EFFECTEN, ids=lambda waar: waar.naam)
def test_het_ware_effect_van_de_demo_ligt_in_het_interval(waar, waarheid):
    maatregel = REGISTER[IN_REGISTER[waar.naam]]
    indicator = maatregel.doelindicatoren[0].indicator
    rijen = [
        (gebied, half, per_half.get(half, 0), JEUGD[gebied])
        for gebied, per_half in waarheid[waar.naam]["ware_instroom"].items()
        for half in HALVE_JAREN
    ]
    reeks = lees_reeks(
        pd.DataFrame(rijen, columns=["gebied", "periode", "aantal", "bevolking"]), indicator=indicator
    )
    donoren = lees_donoren(WORTEL / "data/referentie/demo_donorpanel.csv.gz", indicator).naar("halfjaar")
    uit = schat(maatregel, reeks, donoren, register=REGISTER)
    onder, boven = uit.schattingen[0].interval
    assert onder <= 100 * (waar.factor - 1) <= boven
    assert uit.schattingen[0].procent < 0
    assert uit.oordeel in (Oordeel.AANNEMELIJK, Oordeel.AANWIJZING, Oordeel.NIET_VAST)
