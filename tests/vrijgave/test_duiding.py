"""Hand-written text holds published figures only; what isn't a figure may be written freely."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from analyse.kern.fouten import ParameterFout
from analyse.params import EditieParams
from analyse.vrijgave.duiding import controleer, controleer_editie, zoek
from vrijgave.hulp import meting, params_voor, publiceer, telling

HULP = {
    "GM0200": {"01": 40, "02": 150, "11": 60},
    "GM0213": {"01": 30, "02": 245, "11": 7},
    "GM0232": {"01": 20, "02": 45, "11": 25},
    "GM0244": {"01": 25, "02": 35, "11": 45},
}


@pytest.fixture(scope="module")
def regio():
    echt = meting(
        telling("trajecten.instroom", HULP, "hulpvorm", periode="2025-H2"),
        telling("trajecten.instroom", {g: 2 * sum(d.values()) for g, d in HULP.items()}, periode="2024-H2"),
    )
    params = params_voor(echt)
    return publiceer(echt)[0], params


def gevonden(regio, tekst, gebied="GM0213"):
    vrijgave, params = regio
    return [raak.getal for raak in zoek(tekst, vrijgave, gebied=gebied, params=params)]


@pytest.mark.parametrize(
    "tekst",
    [
        "In het 2e halfjaar 2025 begonnen 245 trajecten met ambulante hulp.",
        "Er begonnen bijna 250 trajecten.",
        "Sinds 1 januari 2025 werkt de toegang anders. In 2024 nog niet.",
        "Kinderen van 4 tot en met 11 jaar vallen onder artikel 2.3 van de Jeugdwet.",
        "1. Eerst belden wij de aanbieders.\n2. Daarna de scholen.",
        "Drie scholen en twee wijkteams deden mee aan de 3e bijeenkomst.",
        "Het CBS telde landelijk 7 op de 100 jongeren.",
        "Een jeugdige kan meer trajecten hebben.",
    ],
)
def test_dit_mag(regio, tekst):
    assert gevonden(regio, tekst) == []


@pytest.mark.parametrize(
    ("tekst", "getallen"),
    [
        ("Er waren 7 kinderen in pleegzorg.", ["7"]),
        ("Zeven kinderen gingen naar pleegzorg.", ["Zeven"]),
        ("Er was maar één jeugdige bij.", ["één"]),
        ("Bijna 10 jeugdigen kregen pleegzorg.", ["10"]),
        ("Pleegzorg: 12,5% van de trajecten.", ["12,5"]),
        ("Het kostte € 43.210 per kind.", ["€ 43.210"]),
        ("Er begonnen 183 en later 245 trajecten.", ["183"]),
    ],
)
def test_dit_mag_niet(regio, tekst, getallen):
    assert gevonden(regio, tekst) == getallen


def test_een_getal_dat_bij_iets_anders_hoort(regio):
    """30 is a figure, but not of pleegzorg, and that one is hidden."""
    assert gevonden(regio, "In Brummen woonden 30 kinderen in pleegzorg in het 2e halfjaar 2025.") == ["30"]


def test_de_fout_noemt_getal_plek_en_wat_te_doen(regio):
    vrijgave, params = regio
    with pytest.raises(ParameterFout) as fout:
        controleer("Er waren 7 kinderen.", vrijgave, gebied="GM0213", params=params, waar="hoofdstuk instroom")
    for deel in ("7 in “Er waren 7 kinderen.”", "hoofdstuk instroom", "schrijf het dan als woord"):
        assert deel in fout.value.tekst


def test_alle_teksten_van_een_editie(regio):
    vrijgave, params = regio
    editie = EditieParams(
        periode="2025-H2", peildatum="2025-12-31", duiding={"GM0200": "Er begonnen 150 trajecten."}
    )
    controleer_editie(editie, vrijgave, params=params)
    genest = SimpleNamespace(periode="2025-H2", duiding={"GM0213": {"instroom": "Er kwamen 7 kinderen bij."}})
    with pytest.raises(ParameterFout, match="GM0213 instroom"):
        controleer_editie(genest, vrijgave, params=params)
