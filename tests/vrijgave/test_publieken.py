"""Who may receive what, what guards the gate keeps inside, and that nothing unreleased reaches a chapter."""

from __future__ import annotations

import inspect
import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analyse.kern import codes
from analyse.kern.fouten import ParameterFout
from analyse.kern.resultaat import Meting, Vrijgave, csv_tekst
from analyse.params import Params, RapportParams
from analyse.vrijgave import geef_vrij
from analyse.vrijgave.publiek import INTERN, Ontvanger, is_besloten, mag, map_van
from analyse.vrijgave.toelichting import STAP, audit_tabel, maak_toelichting, schrijf_audit
from analyse.weergave import hoofdstukken
from analyse.weergave.beeld import Beeld
from vrijgave.hulp import GEEN_BEVINDINGEN, meting, params_voor, publiceer, telling
from vrijgave.kunst import Kunst, maak_params

INSTROOM = "trajecten.instroom"
IEDEREEN, EPE, LOCHEM = Ontvanger(), Ontvanger("GM0232"), Ontvanger("GM0262")
REGIO, PRAKTIJK = Ontvanger(codes.REGIO), Ontvanger("GM0232", "01054321")


def rapport(**velden):
    return RapportParams(naam="r", titel="R", voor="x", hoofdstukken=("gebruik",), **velden)


@pytest.mark.parametrize(
    ("velden", "gebied", "ontvanger", "over", "uitkomst"),
    [
        ({}, "GM0232", IEDEREEN, "", True),
        ({}, codes.REGIO, LOCHEM, "", True),
        ({"publiek": "intern"}, "GM0232", EPE, "", True),
        ({"publiek": "intern"}, "GM0232", LOCHEM, "", False),
        ({"publiek": "intern"}, "GM0232", IEDEREEN, "", False),
        ({"publiek": "intern"}, "GM0232", REGIO, "", False),
        ({"publiek": "intern"}, "GM0232", PRAKTIJK, "", False),
        ({"publiek": "intern"}, codes.REGIO, REGIO, "", True),
        ({"publiek": "intern"}, codes.REGIO, EPE, "", False),
        ({"per": "praktijk"}, "GM0232", PRAKTIJK, "01054321", True),
        ({"per": "praktijk"}, "GM0232", PRAKTIJK, "01099999", False),
        ({"per": "praktijk"}, "GM0232", EPE, "01054321", False),
        ({"per": "praktijk", "publiek": "intern"}, "GM0232", PRAKTIJK, "01054321", True),
        ({"per": "aanbieder"}, "GM0232", IEDEREEN, "", False),
        ({"per": "team", "publiek": "intern"}, "GM0232", EPE, "team-1", True),
        ({"per": "team", "publiek": "intern"}, "GM0232", LOCHEM, "team-1", False),
        ({"per": "team", "publiek": "intern"}, "GM0232", REGIO, "team-1", False),
        ({"per": "team", "publiek": "intern"}, "GM0232", PRAKTIJK, "team-1", False),
        ({"per": "team", "publiek": "intern"}, codes.REGIO, REGIO, "team-1", False),
    ],
)
def test_wie_mag_wat(velden, gebied, ontvanger, over, uitkomst):
    besluit = mag(rapport(**velden), gebied, ontvanger, over=over)
    assert besluit.mag is uitkomst
    assert besluit.reden.endswith(".")


def test_besloten_rapporten_liggen_apart():
    assert map_van(rapport(), "GM0232") == "GM0232"
    assert map_van(rapport(publiek="intern"), "GM0232") == f"{INTERN}/GM0232"
    assert is_besloten(rapport(per="praktijk"))
    assert not is_besloten(rapport())


# What guards the gate keeps inside


@pytest.fixture(scope="module")
def vrijgegeven():
    hulp = {
        "GM0200": {"01": 40, "02": 150},
        "GM0213": {"01": 7, "02": 45},
        "GM0232": {"01": 20, "02": 45},
        "GM0244": {"01": 25, "02": 35},
    }
    echt = meting(telling(INSTROOM, hulp, "hulpvorm"))
    return (params_voor(echt), *publiceer(echt))


def test_audit_zegt_regel_en_verlies(vrijgegeven, tmp_path):
    params, _, audit = vrijgegeven
    schrijf_audit(audit, tmp_path / "audit.parquet", params=params)
    schrijf_audit(audit, tmp_path / "audit.csv", params=params)
    tabel = pd.read_parquet(tmp_path / "audit.parquet")
    klein = tabel[tabel["gebied"].eq("GM0213") & tabel["hulpvorm"].eq("01")].iloc[0]
    assert (klein["regel"], klein["verlies"], klein["verlies_in"]) == ("primair", 7.0, "aantal")
    assert len(tabel) == len(audit.tabel)
    assert tabel["verlies"].notna().all()
    assert (tmp_path / "audit.csv").read_text(encoding="utf-8") == csv_tekst(audit_tabel(audit, params))


def test_toelichting_is_grof_en_verraadt_geen_cel(vrijgegeven):
    """One hidden cell more or less, or with another value, changes nothing that is told."""
    _, vrijgave, audit = vrijgegeven
    veel = replace(audit, tabel=pd.concat([audit.tabel] * 8, ignore_index=True))
    uitleg = maak_toelichting(veel, vrijgave, samenvoegen=["Voeg samen."])
    geteld = uitleg["aantal"].dropna()
    assert (geteld % STAP == 0).all()
    anders = replace(veel, tabel=veel.tabel.assign(teller=1.0, waarde=1.0))
    pd.testing.assert_frame_equal(uitleg, maak_toelichting(anders, vrijgave, samenvoegen=["Voeg samen."]))
    een = maak_toelichting(replace(audit, tabel=audit.tabel.iloc[:1]), vrijgave)
    assert een.set_index("soort")["aantal"][["verborgen", "klein"]].isna().any()
    assert "gebied" not in uitleg.columns


# Nothing unreleased reaches a chapter


def test_een_beeld_weigert_onbeschermde_cijfers():
    params = Params.open()
    leeg = Meting(pd.DataFrame())
    with pytest.raises(ParameterFout, match="intern gebruik"):
        Beeld(leeg, params, params.editie("2025-H2"), "GM0200", referentie=None)  # type: ignore[arg-type]


def test_gif_in_een_meting_komt_in_geen_hoofdstuk(gif_regio):
    """Every hidden figure and every unrounded count is a number that can't be mistaken; none may come out."""
    vrijgave, giften, teksten = gif_regio
    assert giften
    alles = " ".join(teksten)
    for gif in giften:
        assert str(gif) not in alles
        assert f"{gif:,}".replace(",", ".") not in alles
    assert vrijgave.tabel["status"].eq("verborgen").sum() > 20


@pytest.fixture(scope="module")
def gif_regio():
    """Vrijgave of a region with poison in what may not be told, the poison, and all that chapters say of it."""
    gemeenten = ("GM0200", "GM0213")
    tabel = Kunst(omvang=0.1, perioden=14, gemeenten=gemeenten, zaad=5).meting().tabel
    giften = _vergiftig(tabel)
    vrijgave = _poort(Meting(tabel), maak_params(gemeenten), GEEN_BEVINDINGEN)
    params, teksten = Params.open(), []
    for gebied in ("GM0213", codes.REGIO):
        beeld = Beeld(vrijgave, params, params.editie("2025-H2"), gebied, referentie=_zonder_anderen())
        for naam in hoofdstukken.__all__:
            for functie in _functies(getattr(hoofdstukken, naam)):
                try:
                    teksten.append(json.dumps(functie(beeld)._repr_mimebundle_(), ensure_ascii=False))
                except ParameterFout as fout:  # a chapter for the back office refuses this audience
                    assert "intern" in fout.tekst
    return vrijgave, giften, teksten


def _vergiftig(tabel: pd.DataFrame) -> list[int]:
    """Put a recognisable number of days behind every mean of few cases: longer than decimals are printed, so that
    it can't be met in those of another figure."""
    klein = tabel["eenheid"].eq("dagen") & tabel["noemer"].gt(0) & tabel["noemer"].lt(10)
    giften = [9_800_000 + 7 * i for i in range(int(klein.sum()))]
    tabel.loc[klein, "waarde"] = np.array(giften, dtype=float)
    return giften


def _poort(bron, params, bevindingen) -> Vrijgave:
    return geef_vrij(bron, params=params, basis_kwaliteit=bevindingen)


def _zonder_anderen():
    bevolking = pd.DataFrame({"gebied": [], "jaar": [], "leeftijd": [], "aantal": []})
    kolommen = ["maat", "gebied", "periode", "categorie", "waarde", "eenheid", "status", "bron", "datum"]
    return SimpleNamespace(bevolking=bevolking, cbs=pd.DataFrame({kolom: [] for kolom in kolommen}))


def _functies(hoofdstuk):
    eigen = vars(hoofdstuk).values()
    return [
        f
        for f in eigen
        if inspect.isfunction(f) and f.__module__ == hoofdstuk.__name__ and not f.__name__.startswith("_")
        # A mirror asks for its practice too, and has figures of its own.
        if len(inspect.signature(f).parameters) == 1
    ]
