"""What a praktijk sees of itself against the oracle, on messy regions: ties, credits, two gemeenten, no AGB."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from basis_bouwer import GEMEENTEN, PEILDATUM, bouw, params_met
from geldregio import geldregio
from orakel import Orakel

from analyse.kern.codes import HULPVORM
from analyse.kern.periode import Periode, halfjaren
from analyse.meten.spiegel import praktijken

PRAKTIJKEN = ("01000001", "01000002", "01000003", None)


@pytest.fixture(scope="module", params=[1, 2])
def gemeten(request, tmp_path_factory):
    kans, regio = random.Random(request.param), geldregio(request.param, aantal=120)
    for nr, s in enumerate(regio["spells"]):
        s["toewijzingnummer"], s["verwijzer_agb"] = str(nr), kans.choice(PRAKTIJKEN)
    # Half of them once more, on the same day for another praktijk: the lowest code is the one that referred.
    dubbel = [
        {**s, "toewijzingnummer": f"9{s['toewijzingnummer']}", "verwijzer_agb": kans.choice(PRAKTIJKEN)}
        for s in regio["spells"]
        if kans.random() < 0.5
    ]
    spells = [*regio["spells"], *dubbel]
    velden = ("persoon_nr", "gemeente", "domein", "toewijzingnummer", "verwijzer", "verwijzer_agb")
    toewijzingen = [{k: s[k] for k in velden} for s in spells]
    declaraties = [
        {**d, "toewijzingnummer": kans.choice(spells)["toewijzingnummer"]} for d in regio["declaraties"]
    ]
    extra = {"toewijzingen": toewijzingen, "declaraties": declaraties, "geboortejaren": regio["geboortejaren"]}
    basis = bouw(tmp_path_factory.mktemp("spiegel"), spells, **extra)
    params = params_met()
    begin = min(s["begin"] for s in spells if s["hulpvorm"] in HULPVORM and s["domein"] == "Jw")
    eerste = max(Periode(2019, "H1"), Periode.halfjaar_van(begin))
    perioden = list(halfjaren(eerste, Periode.halfjaar_van(PEILDATUM)))
    regels = params.regio.rekenregels
    orakel = Orakel(spells, regio["geboortejaren"], [], set(), GEMEENTEN, perioden, PEILDATUM, regels)
    return praktijken(basis, params), orakel, toewijzingen, declaraties


def verwezen(orakel: Orakel) -> tuple[Counter, Counter]:
    """Begun trajecten per praktijk, half-year and hulpvorm, and those that began with specialist ggz."""
    alle, sggz = Counter(), Counter()
    for t in orakel.trajecten:
        bij = [s["verwijzer_agb"] for s in t.eersten if s["verwijzer"] == "02" and s["verwijzer_agb"]]
        half = Periode.halfjaar_van(t.begin)
        if t.verwijzer == "02" and bij and half in orakel.perioden:
            for vorm in (t.hulpvorm, "totaal"):
                alle[min(bij), str(half), vorm] += 1
                sggz[min(bij), str(half), vorm] += any(s["sggz"] for s in t.eersten)
    return alle, sggz


def test_verwijzingen_van_een_praktijk_met_de_hand(gemeten):
    tabel, orakel, _, _ = gemeten
    alle, sggz = verwezen(orakel)
    rijen = {(r.praktijk, r.periode, r.hulpvorm): r for r in tabel.itertuples() if r.verwijzingen}
    assert set(rijen) == set(alle) and len(alle) > 20
    assert all((rijen[k].verwijzingen, rijen[k].sggz) == (alle[k], sggz[k]) for k in alle)


def test_euro_van_een_praktijk_met_de_hand(gemeten):
    """Approved lines of help for which the praktijk is named at the toewijzing, in the half-year of delivery."""
    tabel, orakel, toewijzingen, declaraties = gemeten
    wie = {
        (w["gemeente"], w["domein"], w["toewijzingnummer"]): w["verwijzer_agb"]
        for w in toewijzingen
        if w["verwijzer"] == "02" and w["verwijzer_agb"]
    }
    som = Counter()
    for d in declaraties:
        praktijk = wie.get((d["gemeente"], d["domein"], d["toewijzingnummer"]))
        half = Periode.halfjaar_van(d["maand"])
        if d["toegekend"] and d["domein"] == "Jw" and praktijk and half in orakel.perioden:
            som[praktijk, str(half)] += d["bedrag_cent"]
    totaal = tabel[tabel["hulpvorm"].eq("totaal")].set_index(["praktijk", "periode"])["euro"]
    assert {k: v for k, v in totaal.items() if v} == pytest.approx({k: c / 100 for k, c in som.items() if c})
    assert som
