"""Ratios by age: as by hand on small tables, only from what is released, and none where a number is missing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analyse.kern import codes
from analyse.kern.schema import RESULTAAT
from analyse.statistiek import byar
from analyse.vrijgave.leeftijdsverhouding import verhoudingen

PERIODE = "2025-H2"
GROEPEN = ("0-3", "4-11", "12-17", "18-22")
INWONERS = {"GM0200": (1000, 2000, 1500, 1200), "GM0213": (100, 200, 300, 150), "GM0232": (300, 300, 200, 100)}
REGIO = (30, 250, 300, 20)
AANTAL = {"GM0200": 400, "GM0213": 90, "GM0232": 55}


def _vrij(regio=REGIO, aantal=AANTAL, naam="jeugdigen.actief"):
    """Released rows: totals, and the region by age; None is hidden."""
    rijen = [(g, codes.TOTAAL, n) for g, n in aantal.items()]
    rijen += [(codes.REGIO, groep, n) for groep, n in zip(GROEPEN, regio, strict=True)]
    rijen.append((codes.REGIO, codes.TOTAAL, 600))
    tabel = pd.DataFrame(rijen, columns=["gebied", "leeftijd", "waarde"]).astype({"waarde": "float64"})
    dims = {naam_: codes.TOTAAL for naam_ in codes.DIMENSIES if naam_ != "leeftijd"}
    tabel = tabel.assign(indicator=naam, periode=PERIODE, eenheid="aantal", methode="telling", **dims)
    tabel["status"] = np.where(tabel["waarde"].isna(), "verborgen", "voorlopig")
    leeg = dict.fromkeys(("teller", "noemer", "onder", "boven"), np.nan)
    return tabel.assign(**leeg)[list(RESULTAAT)]


def _inwoners(jaar=2025):
    rijen = [(g, jaar, a, n) for g, ns in INWONERS.items() for a, n in zip(GROEPEN, ns, strict=True)]
    return pd.DataFrame(rijen, columns=["gebied", "jaar", "leeftijd", "aantal"])


def _per_gebied(rijen, indicator):
    return rijen[rijen["indicator"].eq(indicator)].set_index("gebied")


def test_gelijk_aan_met_de_hand():
    """Expected is the sum over ages of inhabitants times the rate of the region, one age at a time."""
    uit = verhoudingen(_vrij(), _inwoners(), PERIODE)
    for gemeente, eigen in INWONERS.items():
        verwacht = 0.0
        for i, n in enumerate(eigen):
            verwacht += n * REGIO[i] / sum(andere[i] for andere in INWONERS.values())
        rij = _per_gebied(uit, "jeugdigen.verhouding").loc[gemeente]
        assert rij["waarde"] == pytest.approx(100 * AANTAL[gemeente] / verwacht, rel=1e-12)
        onder, boven = byar(AANTAL[gemeente])
        assert (rij["onder"], rij["boven"]) == pytest.approx((100 * onder / verwacht, 100 * boven / verwacht))
        assert _per_gebied(uit, "jeugdigen.verwacht").loc[gemeente, "waarde"] == round(verwacht)
    assert _per_gebied(uit, "jeugdigen.verhouding").loc[codes.REGIO, "waarde"] == 100


def test_een_verborgen_leeftijd_telt_in_de_rest():
    """0–3 and 18–22 hidden: together they are what the total has more, one stratum for both."""
    uit = verhoudingen(_vrij(regio=(None, 250, 300, None)), _inwoners(), PERIODE)
    rest = [ns[0] + ns[3] for ns in INWONERS.values()]
    eigen = INWONERS["GM0213"]
    verwacht = 200 * 250 / 2500 + 300 * 300 / 2000 + (eigen[0] + eigen[3]) * 50 / sum(rest)
    assert _per_gebied(uit, "jeugdigen.verhouding").loc["GM0213", "waarde"] == pytest.approx(9000 / verwacht)


def test_trechter_is_die_van_de_gemeenten_met_overdispersie():
    grens = _per_gebied(verhoudingen(_vrij(), _inwoners(), PERIODE), "jeugdigen.verhouding_grens")
    assert (grens["onder"] < 100).all() and (grens["boven"] > 100).all()
    assert grens.loc["GM0213", "boven"] > grens.loc["GM0200", "boven"]
    assert grens["methode"].str.contains("overdispersie").all()


def test_geen_aantal_achter_de_verhouding():
    """What stands beside a ratio would be rounded to 5 itself; nothing finer may be told."""
    uit = verhoudingen(_vrij(), _inwoners(), PERIODE)
    assert uit[["teller", "noemer"]].isna().all(axis=None)
    assert set(uit["status"]) == {"voorlopig"}


def test_een_verborgen_gemeente_heeft_geen_verhouding():
    uit = verhoudingen(_vrij(aantal={**AANTAL, "GM0232": None}), _inwoners(), PERIODE)
    assert set(uit["gebied"]) == {"GM0200", "GM0213", codes.REGIO}
    # Its children still count in the rate of the region.
    vol = verhoudingen(_vrij(), _inwoners(), PERIODE)
    deel, heel = (_per_gebied(rijen, "jeugdigen.verhouding")["waarde"] for rijen in (uit, vol))
    assert deel["GM0200"] == heel["GM0200"]


def test_zonder_leeftijden_van_iedereen_niets():
    """One gemeente without inhabitants would make the rate of the region too high for all others."""
    inwoners = _inwoners()
    assert verhoudingen(_vrij(), inwoners[inwoners["gebied"].ne("GM0213")], PERIODE).empty
    assert verhoudingen(_vrij(regio=(None,) * 4), inwoners, PERIODE).empty
    assert verhoudingen(_vrij(), _inwoners(jaar=2026), PERIODE).empty
    assert not verhoudingen(_vrij(), _inwoners(jaar=2019), PERIODE).empty


def test_ook_van_begonnen_trajecten():
    uit = verhoudingen(_vrij(naam="trajecten.instroom"), _inwoners(), PERIODE)
    assert {naam.split(".")[0] for naam in uit["indicator"]} == {"trajecten"}
