"""Neighbours on made-up and on real gemeenten, and reading back what lies in data/referentie."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from gedeeld import gedeeld
from hypothesis import given, settings
from hypothesis import strategies as st

from analyse.cbs import buren
from analyse.cbs.buren import kenmerken
from analyse.kern.fouten import ParameterFout
from analyse.params import Params
from analyse.referentie import Referentie

REFERENTIE = Path(__file__).resolve().parents[2] / "data" / "referentie"


def _rij(maat: str, gebied: str, waarde: float | None, periode: str = "2022") -> dict[str, object]:
    return {"maat": maat, "gebied": gebied, "periode": periode, "categorie": "totaal", "waarde": waarde}


def _tabel(**gemeenten: tuple[float, float]) -> pd.DataFrame:
    rijen = [
        _rij(maat, gebied, waarde)
        for gebied, paar in gemeenten.items()
        for maat, waarde in zip(("inwoners", "stedelijkheid"), paar, strict=True)
    ]
    return pd.DataFrame([*rijen, _rij("inwoners", "NL", 17e6), _rij("stedelijkheid", "NL", 3)])


def test_grootte_en_stedelijkheid_tellen_allebei():
    tabel = _tabel(GM0001=(50e3, 3), GM0002=(52e3, 3), GM0003=(50e3, 1), GM0004=(400e3, 3), GM0005=(5e3, 5))
    uit = buren(tabel, "GM0001", n=3)
    assert uit["gebied"].tolist()[0] == "GM0002" and set(uit["gebied"]) == {"GM0002", "GM0003", "GM0004"}
    assert uit["afstand"].is_monotonic_increasing and "inwonertal en stedelijkheid" in uit["methode"][0]


def test_verdubbelen_is_even_ver_als_halveren():
    tabel = _tabel(GM0001=(20e3, 3), GM0002=(40e3, 3), GM0003=(10e3, 3), GM0004=(21e3, 5))
    afstand = buren(tabel, "GM0001").set_index("gebied")["afstand"]
    assert afstand["GM0002"] == pytest.approx(afstand["GM0003"])


def test_klasse_uit_adressendichtheid_en_het_laatste_jaar():
    rijen = [_rij("inwoners", f"GM000{i}", 1000.0) for i in range(1, 6)]
    dichtheid = (2500, 1500, 1499, 500, 499)
    rijen += [_rij("adressendichtheid", f"GM000{i}", d) for i, d in enumerate(dichtheid, 1)]
    rijen += [_rij("inwoners", "GM0001", 2000.0, "2023"), _rij("inwoners", "GM0006", 5.0)]
    ken = kenmerken(pd.DataFrame(rijen))
    assert ken["stedelijkheid"].tolist() == [1, 2, 3, 4, 5]
    assert ken.loc["GM0001", "inwoners"] == 2000 and "GM0006" not in ken.index


def test_onbekende_gemeente():
    with pytest.raises(ParameterFout, match="GM0001"):
        buren(_tabel(GM0001=(1e3, 3), GM0002=(1e3, 3)), "GM9999")


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(1000, 900_000), st.integers(1, 5)), min_size=3, max_size=12))
def test_afstand_is_wederzijds(paren):
    tabel = _tabel(**{f"GM{i:04d}": paar for i, paar in enumerate(paren, 1)})
    heen = buren(tabel, "GM0001", n=20).set_index("gebied")["afstand"]
    terug = buren(tabel, "GM0002", n=20).set_index("gebied")["afstand"]
    assert heen["GM0002"] == pytest.approx(terug["GM0001"])
    assert len(heen) == len(paren) - 1 and (heen >= 0).all()


def test_echte_buren_van_de_regio():
    """All Dutch gemeenten of 2022; every gemeente of the region has five that it resembles, none from itself."""
    referentie = Referentie(REFERENTIE)
    for code in Params.open().regio.codes:
        uit = buren(referentie.cbs_alle, code)
        assert len(uit) == 5 and code not in set(uit["gebied"])
        eigen = kenmerken(referentie.cbs_alle).loc[code]
        assert (uit["stedelijkheid"] - eigen["stedelijkheid"]).abs().max() <= 1
        assert uit["inwoners"].between(eigen["inwoners"] / 1.6, eigen["inwoners"] * 1.6).all()
        assert all(naam in referentie.gemeentenamen for naam in uit["gebied"])


def test_alle_gemeenten_naast_de_regio():
    referentie = Referentie(REFERENTIE)
    alle, regio = referentie.cbs_alle, referentie.cbs
    jongeren = alle[
        alle["maat"].eq("jongeren_jeugdzorg") & alle["categorie"].eq("totaal") & alle["periode"].eq("2022")
    ]
    assert jongeren["gebied"].nunique() == len(jongeren) == 345
    assert set(regio["gebied"]) == {*Params.open().regio.codes, "NL"}
    assert len(alle) > 14_000 and alle[["bron", "status"]].ne("").all().all()
    assert not alle.duplicated(["maat", "gebied", "periode", "categorie"]).any()


def test_wat_er_ligt_is_wat_cbs_gaf():
    """Inhabitants and trajecten of all gemeenten equal to the download of the tables."""
    bron = pd.read_csv(gedeeld("data/cbs/tidy_jeugdzorg_gemeente_2021_2022.csv"))
    bron = bron[bron["niveau"] == "Gemeente"].assign(jaar=lambda t: t["jaar"].astype(str))
    alle = Referentie(REFERENTIE).cbs_alle
    for kolom, maat, categorie in (
        ("trajecten_totaal", "trajecten_jeugdzorg", "totaal"),
        ("verw_huisarts", "verwijzer", "02"),
        ("inw_0_14", "inwoners", "0-14"),
        ("jong_12_17", "jongeren_jeugdzorg", "12-17"),
    ):
        ligt = alle[alle["maat"].eq(maat) & alle["categorie"].eq(categorie)].set_index(["gebied", "periode"])[
            "waarde"
        ]
        gaf = bron.set_index(["code", "jaar"])[kolom]
        pd.testing.assert_series_equal(ligt.reindex(gaf.index), gaf, check_names=False, check_dtype=False)


def test_opgehaald_gaat_voor_overgetypt(tmp_path):
    kop = "maat;gebied;periode;categorie;waarde;eenheid;status;bron;datum\n"
    for naam, waarde in (("cbs_85097NED", 7), ("cbs_landelijk", 5)):
        (tmp_path / f"{naam}.csv").write_text(kop + f"verwijzer;NL;2023;02;{waarde};aantal;definitief;{naam};\n")
    referentie = Referentie(tmp_path)
    assert referentie.cbs["waarde"].tolist() == [7.0] == referentie.cbs_alle["waarde"].tolist()
    assert referentie.leeftijden.empty and referentie.gemeentenamen == {}
