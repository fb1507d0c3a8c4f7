"""The whole of hop 2 against the oracle, its identities, what can't be delivered, and a golden table."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd
import pytest
from basis_bouwer import GEMEENTEN as ALLE
from basis_bouwer import PEILDATUM, bevolking, bouw, leveringen_van, params_met, spell
from orakel import DIMENSIES, Orakel, reken
from rommelregio import rommelregio

from analyse.kern.codes import HULPVORM
from analyse.kern.fouten import LeveringFout, ParameterFout
from analyse.kern.periode import Periode, halfjaren
from analyse.kern.resultaat import Meting, csv_tekst
from analyse.kern.schema import EENHEDEN, STATUSSEN
from analyse.meten import INDICATOREN, meet

INWONERS = 1000
# The families that this oracle reckons; the others have an oracle of their own.
_FAMILIES = ("trajecten", "jeugdigen", "trajectduur", "verwijzingen", "verblijf", "kwaliteit")
# Counted from a table of its own, which these regions don't have (test_kas_orakel).
_ANDERE_TABEL = {"verwijzingen.huisarts_toegang"}
KERN = tuple(n for n in INDICATOREN if n.split(".")[0] in _FAMILIES and n not in _ANDERE_TABEL)
ANDERE_KEUZES = {
    "max_gat_dagen": 30,
    "terugblik_jaren": 1,
    "instroom_vrije_dagen": 1,
    "verblijf_vrije_dagen": 0,
    "verblijf_vervolg_dagen": 90,
}
VARIANTEN = [(1, {}), (2, {"max_gat_dagen": -1, "administratief_doortellen": False}), (3, ANDERE_KEUZES)]


def meet_regio(map_, regio, regels=None) -> tuple[Meting, object]:
    params = params_met(*KERN, **(regels or {}))
    basis = bouw(
        map_, regio["spells"], geboortejaren=regio["geboortejaren"], maatregelen=regio.get("maatregelen", [])
    )
    return meet(basis, params=params, bevolking=bevolking(INWONERS)), params


@pytest.fixture(scope="module", params=VARIANTEN, ids=[str(zaad) for zaad, _ in VARIANTEN])
def gemeten(request, tmp_path_factory):
    zaad, regels = request.param
    regio = rommelregio(zaad, aantal=150)
    meting, params = meet_regio(tmp_path_factory.mktemp("basis"), regio, regels)
    return regio, meting.tabel, params


def orakel_van(regio, params) -> Orakel:
    lijst = params.producten
    producten = set(lijst.loc[lijst["maatregeltype"].isin(["11", "12", "21", "22", "23"]), "productcode"])
    begin = min(s["begin"] for s in regio["spells"] if s["hulpvorm"] in HULPVORM and s["domein"] == "Jw")
    eerste = max(Periode(2019, "H1"), Periode.halfjaar_van(begin))
    perioden = list(halfjaren(eerste, Periode.halfjaar_van(PEILDATUM)))
    regels = params.regio.rekenregels
    return Orakel(
        regio["spells"], regio["geboortejaren"], regio["maatregelen"], producten, ALLE, perioden, PEILDATUM, regels
    )


def gelijk(gevonden: float, verwacht: float | None) -> bool:
    if verwacht is None:
        return math.isnan(gevonden)
    return gevonden == pytest.approx(verwacht, rel=1e-12)


@pytest.mark.parametrize("indicator", KERN)
def test_gelijk_aan_orakel(gemeten, indicator):
    """Every cell of every split equals the count by hand; every cell counted by hand is in the grid."""
    regio, tabel, params = gemeten
    orakel, kaart = orakel_van(regio, params), params.kaarten[indicator]
    rijen = tabel[tabel["indicator"].eq(indicator)]
    leeg = (None, 0, None) if kaart.eenheid in ("procent", "dagen") else (0, None, 0)
    for splitsing in kaart.splitsingen:
        verwacht = reken(orakel, indicator, splitsing, INWONERS)
        deel = rijen
        for dimensie in DIMENSIES:
            totaal = deel[dimensie].eq("totaal")
            deel = deel[~totaal if dimensie in splitsing else totaal]
        sleutels = list(zip(*(deel[k] for k in ("gebied", "periode", *DIMENSIES)), strict=True))
        assert set(verwacht) <= set(sleutels)
        for sleutel, rij in zip(sleutels, deel.itertuples(), strict=True):
            teller, noemer, waarde = verwacht.get(sleutel, leeg)
            assert gelijk(rij.waarde, waarde), (indicator, sleutel, rij, waarde)
            if sleutel in verwacht and indicator != "jeugdigen.per_1000":
                assert gelijk(rij.teller, teller) and gelijk(rij.noemer, noemer), (indicator, sleutel, rij)


def test_rooster_is_vol(gemeten):
    """Closed lists have a row for every gebied, period and category; keys are unique; codes are known."""
    _, tabel, params = gemeten
    sleutel = ["indicator", "gebied", "periode", *DIMENSIES]
    assert not tabel.duplicated(sleutel).any()
    perioden = tabel["periode"].nunique()
    assert perioden == len(list(halfjaren(Periode.lees(tabel["periode"].min()), Periode(2025, "H2"))))
    per_vak = {(): 1, ("hulpvorm",): 8, ("verwijzer",): 8, ("leeftijd",): 5, ("maatregel",): 3}
    gesplitst = tabel[list(DIMENSIES)].ne("totaal").assign(indicator=tabel["indicator"])
    aantal = gesplitst.value_counts(["indicator", *DIMENSIES])
    for kaart in params.kaarten.values():
        for splitsing in set(kaart.splitsingen) & set(per_vak):
            vlaggen = [dimensie in splitsing for dimensie in DIMENSIES]
            assert aantal[(kaart.id, *vlaggen)] == 9 * perioden * per_vak[splitsing]
    assert set(tabel["status"]) <= set(STATUSSEN) and set(tabel["eenheid"]) <= set(EENHEDEN)


def test_identiteiten(gemeten):
    """The identities of CBS, and region = sum of gemeenten, in every split of trajecten."""
    _, tabel, _ = gemeten
    soort = tabel["indicator"].str.startswith("trajecten.")
    breed = tabel[soort].pivot(index=["gebied", "periode", *DIMENSIES], columns="indicator", values="waarde")
    assert (breed["trajecten.actief"] == breed["trajecten.beginstand"] + breed["trajecten.instroom"]).all()
    assert (breed["trajecten.eindstand"] == breed["trajecten.actief"] - breed["trajecten.uitstroom"]).all()
    assert (breed["trajecten.herhaald"] <= breed["trajecten.instroom"]).all()
    regio = breed.loc["REGIO"]
    som = breed.drop("REGIO").groupby(level=list(range(1, 7))).sum()
    pd.testing.assert_frame_equal(som.reindex(regio.index), regio)


def test_jeugdigen_van_de_regio(gemeten):
    """Unique persons of the region are no more than the gemeenten together, and no fewer than the largest."""
    _, tabel, _ = gemeten
    breed = Meting(tabel).kies("jeugdigen.actief").pivot(index="periode", columns="gebied", values="waarde")
    gemeenten = breed.drop(columns="REGIO")
    assert (breed["REGIO"] <= gemeenten.sum(axis=1)).all() and (breed["REGIO"] >= gemeenten.max(axis=1)).all()


def test_stand_sluit_aan(gemeten):
    """The eindstand of a period is the beginstand of the next."""
    _, tabel, _ = gemeten
    eind = Meting(tabel).kies("trajecten.eindstand").pivot(index="periode", columns="gebied", values="waarde")
    begin = Meting(tabel).kies("trajecten.beginstand").pivot(index="periode", columns="gebied", values="waarde")
    assert (eind.iloc[:-1].to_numpy() == begin.iloc[1:].to_numpy()).all()


def test_volgorde_en_sleutel_doen_er_niet_toe(tmp_path):
    """Other row order and other pseudonym numbers give the same table."""
    regio = rommelregio(5, aantal=80)
    een, _ = meet_regio(tmp_path / "een", regio)
    nieuw = {nr: 1000 - 7 * nr for nr in regio["geboortejaren"]}
    anders = {
        "spells": [{**s, "persoon_nr": nieuw[s["persoon_nr"]]} for s in reversed(regio["spells"])],
        "maatregelen": [{**m, "persoon_nr": nieuw[m["persoon_nr"]]} for m in reversed(regio["maatregelen"])],
        "geboortejaren": {nieuw[nr]: jaar for nr, jaar in regio["geboortejaren"].items()},
    }
    twee, _ = meet_regio(tmp_path / "twee", anders)
    assert csv_tekst(een.tabel) == csv_tekst(twee.tabel)


def test_kaart_en_cijfer_horen_bij_elkaar(gemeten):
    """No card without a figure, no figure without a card; the unit is that of the card."""
    _, tabel, params = gemeten
    assert set(params_met().kaarten) == set(INDICATOREN)
    assert set(params.kaarten) == set(KERN) == set(tabel["indicator"])
    for kaart in params.kaarten.values():
        assert set(tabel.loc[tabel["indicator"].eq(kaart.id), "eenheid"]) == {kaart.eenheid}
        assert set(kaart.publiceer) <= set(kaart.splitsingen)
        assert not any("aanbieder" in splitsing for splitsing in kaart.publiceer)


def test_intervallen(gemeten):
    """A limit lies on its own side of the figure; shares stay between 0 and 100; stocks have no interval."""
    _, tabel, _ = gemeten
    met = tabel[tabel["onder"].notna() & tabel["waarde"].notna()]
    assert (met["onder"] <= met["waarde"] + 1e-9).all()
    boven = tabel[tabel["boven"].notna() & tabel["waarde"].notna()]
    assert (boven["waarde"] <= boven["boven"] + 1e-9).all()
    procent = tabel[tabel["eenheid"].eq("procent")]
    assert procent["onder"].dropna().ge(0).all() and procent["boven"].dropna().le(100).all()
    assert tabel.loc[tabel["methode"].eq("telling"), ["onder", "boven"]].isna().all(axis=None)


def test_status_volgt_de_peildatum(gemeten):
    """The periods that end within six months before the peildatum are provisional; without cases no figure."""
    _, tabel, _ = gemeten
    geteld = tabel[tabel["status"].ne("geen_waarneming")]
    assert set(geteld.loc[geteld["status"].eq("voorlopig"), "periode"]) == {"2025-H2"}
    leeg = tabel[tabel["status"].eq("geen_waarneming")]
    assert leeg["waarde"].isna().all() and leeg["noemer"].eq(0).all()
    zonder = tabel[tabel["waarde"].isna() & tabel["status"].ne("geen_waarneming")]
    assert zonder["methode"].eq("kaplan_meier_log+niet_bereikt").all()


TWEE = [
    spell("2024-02-01", "2024-09-30"),
    spell("2024-03-01", None, persoon_nr=2, gemeente="GM0213", hulpvorm="11"),
]
BLOKKADE = {"code": "DK1", "ernst": "blokkerend", "gebied": "GM0213", "aantal": 1}
ACTIEF, KM = "trajecten.actief", "trajectduur.mediaan_km"


def rij(meting: Meting, indicator: str, gebied: str, periode: str) -> pd.Series:
    return meting.kies(indicator, gebied=gebied, periode=periode).iloc[0]


def meet_klein(map_, spells, *indicatoren: str, inwoners: pd.DataFrame | None = None, **tabellen) -> Meting:
    params = params_met(*(indicatoren or (ACTIEF,)))
    return meet(
        bouw(map_, spells, **tabellen), params=params, bevolking=bevolking() if inwoners is None else inwoners
    )


def test_geblokkeerde_gemeente(tmp_path):
    """Nothing of a blocked gemeente is shown; the region goes on without it and says so."""
    meting = meet_klein(
        tmp_path, TWEE, ACTIEF, "jeugdigen.per_1000", "kwaliteit.datumbron_eind", bevindingen=[BLOKKADE]
    )
    eigen = meting.tabel[meting.tabel["gebied"].eq("GM0213")]
    assert set(eigen["status"]) == {"niet_leverbaar"}
    assert eigen[["teller", "noemer", "waarde", "onder", "boven"]].isna().all(axis=None)
    regio = rij(meting, ACTIEF, "REGIO", "2024-H1")
    assert (regio["waarde"], regio["methode"], regio["status"]) == (1, "telling+7_van_8_gemeenten", "definitief")
    assert rij(meting, "jeugdigen.per_1000", "REGIO", "2024-H1")["noemer"] == 7000
    assert rij(meting, ACTIEF, "GM0200", "2024-H1")["methode"] == "telling"


def test_geblokkeerde_gemeente_telt_niet_in_de_terugblik(tmp_path):
    """Earlier help in a blocked gemeente is not leaned on."""
    eerder = spell("2022-01-01", "2022-12-31", gemeente="GM0213")
    met = meet_klein(tmp_path / "a", [eerder, *TWEE], "trajecten.herhaald")
    zonder = meet_klein(tmp_path / "b", [eerder, *TWEE], "trajecten.herhaald", bevindingen=[BLOKKADE])
    assert rij(met, "trajecten.herhaald", "GM0200", "2024-H1")["waarde"] == 1
    assert rij(zonder, "trajecten.herhaald", "GM0200", "2024-H1")["waarde"] == 0


def test_blokkade_van_de_regio(tmp_path):
    meting = meet_klein(tmp_path, TWEE, ACTIEF, KM, bevindingen=[{**BLOKKADE, "gebied": "REGIO"}])
    assert set(meting.tabel["status"]) == {"niet_leverbaar"} and meting.tabel["waarde"].isna().all()


def test_waarschuwing_blokkeert_niet(tmp_path):
    meting = meet_klein(tmp_path, TWEE, bevindingen=[{**BLOKKADE, "ernst": "waarschuwing"}])
    assert rij(meting, ACTIEF, "GM0213", "2024-H1")["waarde"] == 1


def test_gemeente_zonder_levering_of_met_oude_peildatum(tmp_path):
    """A gemeente that did not deliver, or not yet this period, has no figure there."""
    leveringen = [*leveringen_van(ALLE[:1]), *leveringen_van(ALLE[1:2], peildatum=date(2024, 12, 31))]
    meting = meet_klein(tmp_path, TWEE, ACTIEF, KM, leveringen=leveringen)
    assert rij(meting, ACTIEF, "GM0232", "2024-H1")["status"] == "niet_leverbaar"
    assert rij(meting, ACTIEF, "GM0213", "2024-H1")["status"] == "definitief"
    assert rij(meting, ACTIEF, "GM0213", "2024-H2")["status"] == "voorlopig"
    assert rij(meting, ACTIEF, "GM0213", "2025-H1")["status"] == "niet_leverbaar"
    assert rij(meting, ACTIEF, "REGIO", "2024-H2")["status"] == "voorlopig"
    assert rij(meting, ACTIEF, "REGIO", "2025-H1")["methode"] == "telling+1_van_8_gemeenten"
    # Over half still runs: no median, and that is said.
    km = rij(meting, KM, "GM0213", "2024-H2")
    assert (km["teller"], km["noemer"], km["methode"]) == (0, 1, "kaplan_meier_log+niet_bereikt")


def test_lopend_traject_wordt_gevolgd_tot_eigen_peildatum(tmp_path):
    """In the region too a running traject is censored at the peildatum of its own gemeente."""
    leveringen = [*leveringen_van(ALLE[:1]), *leveringen_van(ALLE[1:2], peildatum=date(2024, 12, 31))]
    # The running one is watched for 31 days, so on day 50 one of two at risk ends; watched on, it would be day 60.
    spells = [
        spell("2024-12-01", None, gemeente="GM0213"),
        spell("2024-07-01", "2024-08-19", persoon_nr=2),
        spell("2024-07-01", "2024-08-29", persoon_nr=3),
    ]
    km = rij(meet_klein(tmp_path, spells, KM, leveringen=leveringen), KM, "REGIO", "2024-H2")
    assert (km["teller"], km["noemer"], km["waarde"]) == (2, 3, 50)


def test_perioden_beginnen_waar_de_gegevens_beginnen(tmp_path):
    meting = meet_klein(tmp_path / "a", TWEE)
    assert sorted(set(meting.tabel["periode"])) == ["2024-H1", "2024-H2", "2025-H1", "2025-H2"]
    assert meet_klein(tmp_path / "b", [spell("1990-01-01", "2024-01-01")]).tabel["periode"].min() == "2019-H1"


def test_lege_basis(tmp_path):
    """No spells: zeros in the period of the peildatum; no delivery at all: an error that says what to do."""
    meting = meet(bouw(tmp_path / "leeg", []), params=params_met(*KERN), bevolking=bevolking())
    assert set(meting.tabel["periode"]) == {"2025-H2"}
    assert rij(meting, ACTIEF, "REGIO", "2025-H2")["waarde"] == 0
    assert rij(meting, KM, "REGIO", "2025-H2")["status"] == "geen_waarneming"
    with pytest.raises(LeveringFout, match="geen enkele levering"):
        meet_klein(tmp_path / "niets", [], leveringen=[])


def test_bevolking_ontbreekt(tmp_path):
    """An older population may stand in and is named; a later one or none gives no figure."""
    naam = "jeugdigen.per_1000"
    ouder = meet_klein(tmp_path / "a", TWEE, naam, inwoners=bevolking(1000, jaren=[2023]))
    assert rij(ouder, naam, "GM0200", "2024-H1")["methode"] == "poisson_exact+bevolking_2023"
    later = meet_klein(tmp_path / "b", TWEE, naam, inwoners=bevolking(1000, jaren=[2025]))
    assert rij(later, naam, "GM0200", "2024-H1")["status"] == "niet_leverbaar"
    assert rij(later, naam, "GM0200", "2025-H1")["status"] == "definitief"


def test_maatregelen_niet_geleverd(tmp_path):
    """Without maatregelen nobody is `nee`, and forced placements can't be told; a maatregel product tells one."""
    leveringen = leveringen_van(maatregelen_geleverd=False)
    product = spell("2024-01-01", None, persoon_nr=2, gemeente="GM0213", hulpvorm=None, productcode="48A01")
    namen = ("verblijf.jeugdigen", "verblijf.gedwongen")
    zonder = meet_klein(tmp_path / "a", TWEE, *namen, leveringen=leveringen)
    met = meet_klein(tmp_path / "b", [*TWEE, product], *namen, leveringen=leveringen)

    def per(meting):
        deel = meting.kies("verblijf.jeugdigen", gebied="GM0213", periode="2024-H1", per="maatregel")
        return dict(zip(deel["maatregel"], deel["waarde"], strict=True))

    assert per(zonder) == {"ja": 0, "nee": 0, "onbekend": 1}
    assert rij(zonder, "verblijf.gedwongen", "GM0213", "2024-H1")["status"] == "niet_leverbaar"
    assert per(met) == {"ja": 1, "nee": 0, "onbekend": 0}
    assert rij(met, "verblijf.gedwongen", "GM0213", "2024-H1")["waarde"] == 1
    assert rij(met, "verblijf.gedwongen", "REGIO", "2024-H1")["methode"] == "telling+1_van_8_gemeenten"


def test_onmogelijke_uitsplitsing(tmp_path):
    """A split on the card that the table doesn't have is an error with the ones that can be."""
    params = params_met("trajecten.instroom")
    kaart = params.kaarten["trajecten.instroom"].model_copy(update={"splitsingen": (("maatregel",),)})
    params.__dict__["kaarten"] = {kaart.id: kaart}
    with pytest.raises(ParameterFout, match=r"Kies uit: aanbieder, hulpvorm, leeftijd, verwijzer"):
        meet(bouw(tmp_path, TWEE), params=params, bevolking=bevolking())


def test_aandeel_zonder_verwijzer_kan_niet(tmp_path):
    params = params_met("verwijzingen.aandeel")
    kaart = params.kaarten["verwijzingen.aandeel"].model_copy(update={"splitsingen": (("hulpvorm",),)})
    params.__dict__["kaarten"] = {kaart.id: kaart}
    with pytest.raises(ParameterFout, match="alleen per verwijzer"):
        meet(bouw(tmp_path, TWEE), params=params, bevolking=bevolking())


def test_nieuwe_uitsplitsing_is_een_regel_op_de_kaart(tmp_path):
    """A split that nobody asked for before needs no code."""
    params = params_met("trajectduur.langlopend")
    kaart = params.kaarten["trajectduur.langlopend"]
    kaart = kaart.model_copy(update={"splitsingen": (("leeftijd", "hulpvorm"),)})
    params.__dict__["kaarten"] = {kaart.id: kaart}
    meting = meet(bouw(tmp_path, TWEE), params=params, bevolking=bevolking())
    deel = meting.kies(kaart.id, gebied="REGIO", periode="2024-H1", per=("leeftijd", "hulpvorm"))
    gevuld = deel[deel["noemer"].gt(0)]
    assert list(zip(gevuld["leeftijd"], gevuld["hulpvorm"], strict=True)) == [("12-17", "02"), ("12-17", "11")]


def test_gouden_tabel(tmp_path):
    """A region of three children, word for word: the totals of one half-year."""
    spells = [
        spell("2022-01-10", "2022-12-31", reden_beeindiging="31"),
        spell("2024-01-01", "2024-03-31", verwijzer="02", sggz=True, reden_beeindiging="36"),
        spell("2024-04-20", None, verwijzer="02"),
        spell(
            "2023-11-15", "2024-06-30", persoon_nr=2, hulpvorm="11", aanbieder="A2", datumbron_eind="toewijzing"
        ),
        spell("2024-05-01", "2024-05-01", persoon_nr=3, gemeente="GM0301", hulpvorm="14", verwijzer="onbekend"),
        spell("2024-02-01", None, persoon_nr=3, gemeente="GM0301", hulpvorm=None, productcode="42A03"),
    ]
    maatregelen = [{"persoon_nr": 2, "gemeente": "GM0200", "type": "11", "begin": date(2024, 6, 30), "eind": None}]
    basis = bouw(tmp_path, spells, maatregelen=maatregelen, geboortejaren={2: 2020})
    meting = meet(basis, params=params_met(*KERN), bevolking=bevolking())
    tabel = meting.tabel
    totaal = tabel[list(DIMENSIES)].eq("totaal").all(axis=1) & tabel["gebied"].isin(["GM0200", "GM0301", "REGIO"])
    deel = tabel[totaal & tabel["periode"].eq("2024-H1")].drop(columns=["periode", *DIMENSIES])
    assert csv_tekst(deel) == GOUD


GOUD = """\
indicator;gebied;teller;noemer;waarde;onder;boven;methode;eenheid;status
jeugdigen.actief;GM0200;2;;2;;;telling;aantal;definitief
jeugdigen.actief;GM0301;1;;1;;;telling;aantal;definitief
jeugdigen.actief;REGIO;3;;3;;;telling;aantal;definitief
jeugdigen.instroom;GM0200;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
jeugdigen.instroom;GM0301;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
jeugdigen.instroom;REGIO;2;;2;0.242209;7.224688;poisson_exact;aantal;definitief
jeugdigen.per_1000;GM0200;2;1000;2;0.242209;7.224688;poisson_exact;per_1000;definitief
jeugdigen.per_1000;GM0301;1;1000;1;0.025318;5.571643;poisson_exact;per_1000;definitief
jeugdigen.per_1000;REGIO;3;8000;0.375;0.077334;1.095909;poisson_exact;per_1000;definitief
kwaliteit.datumbron_begin;GM0200;0;1;0;0;79.345069;wilson;procent;definitief
kwaliteit.datumbron_begin;GM0301;0;1;0;0;79.345069;wilson;procent;definitief
kwaliteit.datumbron_begin;REGIO;0;2;0;0;65.761977;wilson;procent;definitief
kwaliteit.datumbron_eind;GM0200;1;1;100;20.654931;100;wilson;procent;definitief
kwaliteit.datumbron_eind;GM0301;0;1;0;0;79.345069;wilson;procent;definitief
kwaliteit.datumbron_eind;REGIO;1;2;50;9.453121;90.546879;wilson;procent;definitief
kwaliteit.verwijzer_onbekend;GM0200;0;1;0;0;79.345069;wilson;procent;definitief
kwaliteit.verwijzer_onbekend;GM0301;1;1;100;20.654931;100;wilson;procent;definitief
kwaliteit.verwijzer_onbekend;REGIO;1;2;50;9.453121;90.546879;wilson;procent;definitief
kwaliteit.zonder_hulpvorm;GM0200;0;;0;;;telling;aantal;definitief
kwaliteit.zonder_hulpvorm;GM0301;1;;1;;;telling;aantal;definitief
kwaliteit.zonder_hulpvorm;REGIO;1;;1;;;telling;aantal;definitief
trajectduur.gemiddeld;GM0200;229;1;229;;;gemiddelde;dagen;definitief
trajectduur.gemiddeld;GM0301;1;1;1;;;gemiddelde;dagen;definitief
trajectduur.gemiddeld;REGIO;230;2;115;;;gemiddelde;dagen;definitief
trajectduur.langlopend;GM0200;0;1;0;0;79.345069;wilson;procent;definitief
trajectduur.langlopend;GM0301;0;0;;;;wilson;procent;geen_waarneming
trajectduur.langlopend;REGIO;0;1;0;0;79.345069;wilson;procent;definitief
trajectduur.mediaan;GM0200;;1;229;;;mediaan;dagen;definitief
trajectduur.mediaan;GM0301;;1;1;;;mediaan;dagen;definitief
trajectduur.mediaan;REGIO;;2;115;;;mediaan;dagen;definitief
trajectduur.mediaan_km;GM0200;1;2;229;229;;kaplan_meier_log;dagen;definitief
trajectduur.mediaan_km;GM0301;1;1;1;;;kaplan_meier_log;dagen;definitief
trajectduur.mediaan_km;REGIO;2;3;229;1;;kaplan_meier_log;dagen;definitief
trajecten.actief;GM0200;2;;2;;;telling;aantal;definitief
trajecten.actief;GM0301;1;;1;;;telling;aantal;definitief
trajecten.actief;REGIO;3;;3;;;telling;aantal;definitief
trajecten.beginstand;GM0200;1;;1;;;telling;aantal;definitief
trajecten.beginstand;GM0301;0;;0;;;telling;aantal;definitief
trajecten.beginstand;REGIO;1;;1;;;telling;aantal;definitief
trajecten.eindstand;GM0200;1;;1;;;telling;aantal;definitief
trajecten.eindstand;GM0301;0;;0;;;telling;aantal;definitief
trajecten.eindstand;REGIO;1;;1;;;telling;aantal;definitief
trajecten.herhaald;GM0200;1;;1;;;terugblik_5_jaar;aantal;definitief
trajecten.herhaald;GM0301;0;;0;;;terugblik_5_jaar;aantal;definitief
trajecten.herhaald;REGIO;1;;1;;;terugblik_5_jaar;aantal;definitief
trajecten.instroom;GM0200;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
trajecten.instroom;GM0301;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
trajecten.instroom;REGIO;2;;2;0.242209;7.224688;poisson_exact;aantal;definitief
trajecten.uitstroom;GM0200;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
trajecten.uitstroom;GM0301;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
trajecten.uitstroom;REGIO;2;;2;0.242209;7.224688;poisson_exact;aantal;definitief
verblijf.duur_km;GM0200;1;1;229;;;kaplan_meier_log;dagen;definitief
verblijf.duur_km;GM0301;1;1;1;;;kaplan_meier_log;dagen;definitief
verblijf.duur_km;REGIO;2;2;1;1;;kaplan_meier_log;dagen;definitief
verblijf.gedwongen;GM0200;1;;1;;;telling;aantal;definitief
verblijf.gedwongen;GM0301;0;;0;;;telling;aantal;definitief
verblijf.gedwongen;REGIO;1;;1;;;telling;aantal;definitief
verblijf.jeugdigen;GM0200;1;;1;;;telling;aantal;definitief
verblijf.jeugdigen;GM0301;1;;1;;;telling;aantal;definitief
verblijf.jeugdigen;REGIO;2;;2;;;telling;aantal;definitief
verblijf.naar_huis;GM0200;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
verblijf.naar_huis;GM0301;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
verblijf.naar_huis;REGIO;2;;2;0.242209;7.224688;poisson_exact;aantal;definitief
verblijf.nieuw;GM0200;0;;0;0;3.688879;poisson_exact;aantal;definitief
verblijf.nieuw;GM0301;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
verblijf.nieuw;REGIO;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
verwijzingen.aantal;GM0200;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
verwijzingen.aantal;GM0301;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
verwijzingen.aantal;REGIO;2;;2;0.242209;7.224688;poisson_exact;aantal;definitief
verwijzingen.huisarts_sggz;GM0200;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
verwijzingen.huisarts_sggz;GM0301;0;;0;0;3.688879;poisson_exact;aantal;definitief
verwijzingen.huisarts_sggz;REGIO;1;;1;0.025318;5.571643;poisson_exact;aantal;definitief
"""
