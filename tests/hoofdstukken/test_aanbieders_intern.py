"""Aanbieders for contractmanagement: judged by funnel or margin, never ranked, and a page shows only itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fabriek import PERIODES, maak_beeld

from analyse.kern import codes
from analyse.kern.resultaat import Meting
from analyse.kern.schema import RESULTAAT
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing
from analyse.weergave.aanbieders import GEWOON, ONBEKEND, mix, vergelijk
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import aanbiederblad, aanbiedersoverzicht

CODES = [f"989800{nr:02d}" for nr in range(1, 13)]
NAMEN = {code: f"Aanbieder {chr(76 - plek)}" for plek, code in enumerate(CODES)}


def _rij(indicator: str, periode: object, aanbieder: str, eenheid: str, **maten: float) -> dict[str, object]:
    leeg = dict.fromkeys(("teller", "noemer", "waarde", "onder", "boven"), np.nan)
    dims = {**dict.fromkeys(codes.DIMENSIES, codes.TOTAAL), "aanbieder": aanbieder}
    vast = {
        "indicator": indicator,
        "gebied": codes.REGIO,
        "periode": str(periode),
        "methode": "",
        "eenheid": eenheid,
    }
    return {**vast, **dims, **leeg, "status": "definitief", **maten}


def _rijen(aanbieder: str, *, anders: bool) -> list[dict[str, object]]:
    uit = []
    for periode in PERIODES:
        uitval = 60.0 if anders else 20.0
        duur = 500.0 if anders else 300.0
        uit += [
            _rij("jeugdigen.actief", periode, aanbieder, "aantal", teller=50, waarde=50),
            _rij("uitval.strikt", periode, aanbieder, "procent", teller=uitval, noemer=200, waarde=uitval / 2,
                 onder=uitval / 2 - 5, boven=uitval / 2 + 5),
            _rij("trajectduur.mediaan_km", periode, aanbieder, "dagen", waarde=duur, onder=duur - 9,
                 boven=duur + 9),
            _rij("uitgaven.per_traject", periode, aanbieder, "euro", waarde=5000, onder=4500, boven=5500),
        ]  # fmt: skip
    return uit


@pytest.fixture(scope="module")
def beeld() -> Beeld:
    """An internal Beeld in which the first aanbieder differs and the others do not."""
    totaal = _rijen(codes.TOTAAL, anders=False)
    delen = [rij for code in CODES for rij in _rijen(code, anders=code == CODES[0])]
    tabel = pd.DataFrame([*totaal, *delen])[list(RESULTAAT)]
    basis = maak_beeld("REGIO")
    return replace(
        basis, vrijgave=Meting(tabel), intern=True, referentie=replace(basis.referentie, aanbieders=NAMEN)
    )


def test_een_aandeel_wordt_met_de_trechter_beoordeeld(beeld: Beeld) -> None:
    oordeel = vergelijk(beeld, "uitval.strikt")["oordeel"]
    assert oordeel[CODES[0]] == "hoger dan gewoon"
    assert set(oordeel.drop(CODES[0])) == {GEWOON}


def test_een_duur_met_de_marge(beeld: Beeld) -> None:
    oordeel = vergelijk(beeld, "trajectduur.mediaan_km")["oordeel"]
    assert oordeel[CODES[0]] == "hoger dan gewoon"
    assert set(oordeel.drop(CODES[0])) == {GEWOON}


def test_zonder_marge_geen_oordeel(beeld: Beeld) -> None:
    tabel = beeld.vrijgave.tabel
    zonder = tabel.assign(onder=tabel["onder"].mask(tabel["eenheid"].eq("dagen")))
    uit = vergelijk(replace(beeld, vrijgave=Meting(zonder)), "trajectduur.mediaan_km")
    assert set(uit["oordeel"]) == {ONBEKEND}


def test_op_naam_en_niet_op_cijfer(beeld: Beeld) -> None:
    tabel = aanbiedersoverzicht.tabel(beeld)
    namen = list(tabel.tabel["Aanbieder"])
    assert namen == sorted(NAMEN.values()) and len(namen) == len(CODES)
    assert tabel.intern


def test_wat_opvalt_is_alleen_wat_verschilt(beeld: Beeld) -> None:
    opvallend = aanbiedersoverzicht.opvallend(beeld)
    assert isinstance(opvallend, Tabel)
    assert set(opvallend.tabel["Aanbieder"]) == {NAMEN[CODES[0]]}
    assert set(opvallend.tabel["Cijfer"]) == {"Uitval", "Verwachte duur (dagen)"}
    gelijk = beeld.vrijgave.tabel[beeld.vrijgave.tabel["aanbieder"].ne(CODES[0])]
    assert isinstance(aanbiedersoverzicht.opvallend(replace(beeld, vrijgave=Meting(gelijk))), Tekst)


def test_kosten_en_resultaat_met_hun_marges(beeld: Beeld) -> None:
    figuur = aanbiedersoverzicht.kosten_en_resultaat(beeld)
    assert isinstance(figuur, Figuur) and figuur.tabel is not None
    assert len(figuur.tabel) == len(CODES)
    assert figuur.alt is not None and figuur.alt.startswith("Puntenwolk van 12 namen")


def test_paden_langs_aanbieders_noemen_alleen_wat_vaak_genoeg_voorkomt(beeld: Beeld) -> None:
    een, twee, drie = CODES[:3]
    aantallen = {
        f"{een} > {twee}+{drie} > …": 25,
        f"{een} + {twee}": 10,
        f"{twee} > {een}": 9,
        een: 500,
    }
    lijst = pd.DataFrame(
        {
            "gebied": codes.REGIO,
            "soort": ["reeks", "combinatie", "reeks", "reeks"],
            "pad": list(aantallen),
            "personen": list(aantallen.values()),
            "noemer": [1000, 100, 1000, 1000],
        }
    )
    elders = lijst.assign(gebied="GM0200", personen=999)
    uit = aanbiedersoverzicht.paden(replace(beeld, lijstbron=lambda _: pd.concat([elders, lijst])))
    assert isinstance(uit, Tabel) and uit.intern
    assert uit.tabel.to_numpy().tolist() == [
        [f"{NAMEN[een]}, daarna {NAMEN[twee]} en {NAMEN[drie]} en verder", "na elkaar", "25", "2,5%"],
        [f"{NAMEN[een]} en {NAMEN[twee]}", "tegelijk", "10", "10,0%"],
    ]
    niets = lijst.assign(personen=9)
    assert isinstance(aanbiedersoverzicht.paden(replace(beeld, lijstbron=lambda _: niets)), Tekst)


def test_een_blad_toont_alleen_zichzelf(beeld: Beeld) -> None:
    stukken = [
        maak(beeld, CODES[3])
        for maak in (aanbiederblad.leeswijzer, aanbiederblad.omvang, aanbiederblad.kerncijfers, aanbiederblad.duur)
    ]
    html = " ".join(str(stuk._repr_mimebundle_()) for stuk in stukken)
    assert NAMEN[CODES[3]] in html
    assert not [naam for code, naam in NAMEN.items() if code != CODES[3] and (naam in html or code in html)]


def test_de_titel_zegt_wat_verschilt(beeld: Beeld) -> None:
    assert aanbiederblad.kerncijfers(beeld, CODES[3]).titel == "Geen cijfer verschilt meer dan gewoon van de regio"
    anders = aanbiederblad.kerncijfers(beeld, CODES[0]).titel.replace("\xa0", " ")
    assert anders == "Meer verschil dan gewoon: verwachte duur (dagen) en uitval"


def test_een_onbekende_aanbieder_krijgt_uitleg(beeld: Beeld) -> None:
    uit = aanbiederblad.omvang(beeld, "01999999")
    assert isinstance(uit, Waarschuwing) and "AGB 01999999" in uit.titel


# Costs given the kind of help: n trajecten at these amounts, per aanbieder and hulpvorm.
HULP = {
    ("D1", "02"): [4_000, 6_000, 5_000, 7_000, 3_000, 5_000] * 5,
    ("D2", "02"): [5_000, 4_000, 6_000] * 10,
    ("D2", "14"): [60_000, 90_000],
    ("D3", "14"): [70_000, 80_000, 50_000, 60_000] * 3,
    ("D4", "02"): [16_000, 19_000, 14_000] * 8,
    ("D5", "13"): [100_000],
}


def _kostenrij(periode: object, aanbieder: str, hulpvorm: str, bedragen: list[int]) -> dict[str, object]:
    """A mean with the limits of the measurement: the delta method on the log."""
    n, som = len(bedragen), float(sum(bedragen))
    fout = np.std(bedragen, ddof=1) / np.sqrt(n) / (som / n) if n > 1 else np.nan
    reik = np.exp(1.959964 * fout)
    grenzen = {"onder": som / n / reik, "boven": som / n * reik}
    rij = _rij("uitgaven.per_traject", periode, aanbieder, "euro", teller=som, noemer=n, waarde=som / n, **grenzen)
    return {**rij, "hulpvorm": hulpvorm}


@pytest.fixture(scope="module")
def met_mix() -> Beeld:
    """One half-year in which D4 asks three times what others do, and D2 and D3 give dear help at its price."""
    rijen = [_kostenrij("2025-H1", a, h, bedragen) for (a, h), bedragen in HULP.items()]
    for naam in dict.fromkeys(a for a, _ in HULP):
        alle = [euro for (a, _), bedragen in HULP.items() if a == naam for euro in bedragen]
        rijen.append(_kostenrij("2025-H1", naam, codes.TOTAAL, alle))
    for vorm in dict.fromkeys(h for _, h in HULP):
        alle = [euro for (_, h), bedragen in HULP.items() if h == vorm for euro in bedragen]
        rijen.append(_kostenrij("2025-H1", codes.TOTAAL, vorm, alle))
    alle = [euro for bedragen in HULP.values() for euro in bedragen]
    rijen.append(_kostenrij("2025-H1", codes.TOTAAL, codes.TOTAAL, alle))
    return replace(maak_beeld("REGIO"), vrijgave=Meting(pd.DataFrame(rijen)[list(RESULTAAT)]), intern=True)


def test_kosten_gegeven_de_hulp(met_mix: Beeld) -> None:
    """Observed and expected by hand: every traject at the mean of its hulpvorm in the region."""
    kosten = mix(met_mix).kosten()
    gemiddeld = {}
    for vorm in ("02", "13", "14"):
        alle = [euro for (_, h), bedragen in HULP.items() if h == vorm for euro in bedragen]
        gemiddeld[vorm] = np.mean(alle)
    for naam in kosten.index:
        eigen = {h: bedragen for (a, h), bedragen in HULP.items() if a == naam}
        verwacht = sum(len(bedragen) * gemiddeld[h] for h, bedragen in eigen.items())
        assert kosten.loc[naam, "verwacht"] == pytest.approx(verwacht)
        assert kosten.loc[naam, "verhouding"] == pytest.approx(sum(map(sum, eigen.values())) / verwacht)
        assert kosten.loc[naam, "onder"] < kosten.loc[naam, "verhouding"] < kosten.loc[naam, "boven"]
        # Shrunk towards what is expected, never past it.
        ruw, geschat = kosten.loc[naam, ["verhouding", "geschat"]]
        assert abs(np.log(geschat)) <= abs(np.log(ruw)) and np.log(geschat) * np.log(ruw) >= 0
    assert kosten["werkelijk"].sum() == pytest.approx(kosten["verwacht"].sum())


def test_dure_hulp_is_niet_duur_gegeven_de_hulp(met_mix: Beeld) -> None:
    """Against all help D3 would stand out and D2 would not; given the help nobody is judged on four aanbieders.

    D3 has only two trajecten of others beside it, D5 none: no verdict rather than a comparison with itself.
    """
    oordeel = vergelijk(met_mix, "uitgaven.per_traject")["oordeel"].to_dict()
    assert oordeel == {"D1": GEWOON, "D2": GEWOON, "D3": ONBEKEND, "D4": GEWOON, "D5": ONBEKEND}
    assert mix(met_mix).verblijf == {"D3", "D5"}
    kosten = mix(met_mix).kosten()["verhouding"]
    assert kosten["D4"] > 1.5 and kosten[["D1", "D2", "D3"]].between(0.5, 1.2).all()


def test_verwacht_volgt_de_mix(met_mix: Beeld) -> None:
    """The share of the region for each kind of help, weighed; unknown aanbieders get that of all."""
    per_vorm = pd.Series({"02": 10.0, "14": 40.0})
    uit = mix(met_mix).verwacht(pd.Index(["D1", "D2", "D9"]), per_vorm, 20.0, log=False)
    assert uit.tolist() == pytest.approx([10.0, (30 * 10 + 2 * 40) / 32, 20.0])
    log = mix(met_mix).verwacht(pd.Index(["D2"]), per_vorm, 20.0, log=True)
    assert log[0] == pytest.approx(10 ** (30 / 32) * 40 ** (2 / 32))


def test_een_blad_zegt_niet_wat_enkele_kinderen_elders_deden(met_mix: Beeld) -> None:
    """Of few former clients, or of all alike, an aanbieder may not learn whether they came back into help."""
    naam = "geen_nieuwe_start.12_maanden"
    telt = {"D1": (20, 30), "D2": (3, 5), "D4": (30, 30), codes.TOTAAL: (53, 65)}
    extra = [
        _rij(naam, "2025-H2", a, "procent", teller=x, noemer=n, waarde=100 * x / n, onder=1.0, boven=99.0)
        for a, (x, n) in telt.items()
    ]
    tabel = pd.concat([met_mix.vrijgave.tabel, pd.DataFrame(extra)[list(RESULTAAT)]], ignore_index=True)
    beeld = replace(met_mix, vrijgave=Meting(tabel))
    cel = {}
    for aanbieder in ("D1", "D2", "D4"):
        blad = aanbiederblad.kerncijfers(beeld, aanbieder)
        assert blad.data is not None and set(blad.data["aanbieder"]) == {aanbieder}
        cel[aanbieder] = blad.tabel.set_index("Cijfer").loc["Geen nieuwe start in een jaar", "Deze aanbieder"]
    assert cel["D2"] == cel["D4"] == "." and cel["D1"].startswith("67")


def test_een_blad_toont_geen_cijfer_van_een_of_twee_anderen(met_mix: Beeld) -> None:
    """D3 gives help that only D2 gives too: what is expected there would be the price of D2."""
    rij = aanbiederblad.kerncijfers(met_mix, "D3").tabel.set_index("Cijfer").loc["Euro per traject"]
    assert rij["Van verwacht bij deze hulp"] == "." and rij["Regio"] == "."
    assert mix(met_mix).anderen("D3") == 1 and mix(met_mix).anderen("D5") == 0 and mix(met_mix).anderen("D1") == 2
