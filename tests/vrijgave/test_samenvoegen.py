"""Where much is hidden the gate proposes the declared merge that keeps the most."""

from __future__ import annotations

import pytest

from analyse.kern.fouten import ParameterFout
from analyse.params import lees_model
from analyse.vrijgave.samenvoegen import CODE, Regels, regels_van
from vrijgave.hulp import meting, params_voor, publiceer, telling

INSTROOM = "trajecten.instroom"
# Each form of verblijf is small, together they are not; merging 03 and 04 too brings nothing here.
VERBLIJF = {
    "GM0200": {"02": 60, "11": 8, "12": 7, "13": 2, "14": 9},
    "GM0213": {"02": 45, "11": 6, "12": 4, "13": 0, "14": 8},
    "GM0232": {"02": 50, "11": 5, "12": 3, "13": 1, "14": 7},
}


def test_het_beste_voorstel():
    vrijgave, audit = publiceer(meting(telling(INSTROOM, VERBLIJF, "hulpvorm")))
    (voorstel,) = audit.voorstellen
    assert voorstel.regel == "alle vormen van verblijf samen"
    assert voorstel.verborgen > 0.6
    assert voorstel.dan == 1.0  # 26, 18 and 16 in verblijf
    assert voorstel.nu == pytest.approx(155 / 215)
    (rij,) = vrijgave.kwaliteit[vrijgave.kwaliteit["code"].eq(CODE)].to_dict("records")
    assert "alle vormen van verblijf samen" in rij["regel"]
    assert "100 procent" in rij["regel"]
    assert rij["gebied"] == "REGIO"


def test_geen_voorstel_waar_weinig_weg_is_of_samen_niet_helpt():
    ruim = {g: {c: n + 40 for c, n in delen.items()} for g, delen in VERBLIJF.items()}
    assert publiceer(meting(telling(INSTROOM, ruim, "hulpvorm")))[1].voorstellen == ()
    klein = {g: {"02": 60, "03": 1, "04": 2} for g in VERBLIJF}
    vrijgave, audit = publiceer(meting(telling(INSTROOM, klein, "hulpvorm")))
    assert audit.voorstellen == ()
    assert vrijgave.kwaliteit.empty


def test_halfjaren_samen_tot_jaren():
    # 7 and 8 per half-year are 15 in a year.
    halven = [
        telling(INSTROOM, {g: {"02": 60, "03": n} for g in VERBLIJF}, "hulpvorm", periode=periode)
        for periode, n in (("2024-H1", 7), ("2024-H2", 8))
    ]
    (voorstel,) = publiceer(meting(*halven))[1].voorstellen
    assert voorstel.regel == "hele jaren in plaats van halfjaren"
    assert voorstel.dan == 1.0


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("regels:\n  - {naam: a}\n", "noem een dimensie"),
        ("regels:\n  - {naam: a, dimensie: hulpvrm, groepen: {v: ['11']}}\n", "hulpvrm"),
        ("regels:\n  - {naam: a, dimensie: hulpvorm, groepen: {v: ['11'], w: ['11']}}\n", "hoogstens een keer"),
    ],
)
def test_een_verkeerde_regel_wordt_gemeld(tmp_path, tekst, melding):
    pad = tmp_path / "samenvoegen.yaml"
    pad.write_text(tekst, encoding="utf-8")
    with pytest.raises(ParameterFout, match=melding):
        lees_model(Regels, pad)


def test_de_regels_van_de_regio_zijn_te_lezen():
    bron = meting(telling(INSTROOM, {"GM0200": 300}))
    assert {regel.dimensie for regel in regels_van(params_voor(bron)).regels} == {
        "hulpvorm",
        "verwijzer",
        "leeftijd",
        "",
    }
