"""Current state, verwijzer, product, money and requests, by hand: one delivery of messages, one fact a test."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from inname_bouwer import (
    BSN,
    bericht,
    jw301,
    jw305,
    jw315,
    jw323,
    jw325,
    lees_map,
    map_met,
    prestatie,
    rij_declaratie,
    rij_levering,
    rij_toewijzing,
    toegewezen,
)

V1 = {"Toewijzingsdatum": "2024-01-02", "Toewijzingstijd": "10:00:00"}
V2 = {"Toewijzingsdatum": "2024-01-02", "Toewijzingstijd": "10:00:01"}
V3 = {"Toewijzingsdatum": "2024-03-01", "Toewijzingstijd": "08:00:00"}


def jw302(product: dict[str, object], *codes: str) -> bytes:
    """A 302 in which one product carries these retourcodes."""
    klasse = {**product, "RetourCodes": {"RetourCode": list(codes)}}
    return bericht("302", {"Client": {"Bsn": BSN[0], "ToegewezenProducten": {"ToegewezenProduct": klasse}}})


def jw317(referentie: str, *nummers: str) -> bytes:
    """A 317 that asks to change these toewijzingen."""
    producten = {
        "TeWijzigenProduct": [{"ToewijzingNummer": n, "GewensteIngangsdatum": "2024-05-01"} for n in nummers]
    }
    verzoek = {"ReferentieAanbieder": referentie, "RedenVerzoek": "1", "TeWijzigenProducten": producten}
    return bericht("317", {"Client": {"Bsn": BSN[0], "Verzoek": verzoek}})


def jw319(referentie: str, antwoord: str, *, reden: str | None = None, dag: str = "2024-02-01") -> bytes:
    """A 319 on one request."""
    klasse = {"ReferentieAanbieder": referentie, "VerzoekAntwoord": antwoord, "RedenAfwijzingVerzoek": reden}
    return bericht("319", {"Antwoord": klasse}, dag=dag)


BERICHTEN = [
    # 1: superseded by a later time on the same day; sent in the wrong order, and repeated without reason
    jw301(toegewezen("1", **V2, Einddatum="2024-09-30", RedenWijziging="04")),
    jw301(toegewezen("1", **V1, Einddatum="2024-06-30")),
    jw301(toegewezen("1", **V2, Einddatum="2024-09-30")),
    # 2: deleted; 3: deleted in the old way; 4: one day with another reason is real
    jw301(toegewezen("2", **V1)),
    jw301(toegewezen("2", **V3, Einddatum="2024-01-01", RedenWijziging="13")),
    jw301(toegewezen("3", **V1)),
    jw301(toegewezen("3", **V3, Einddatum="2024-01-01", RedenWijziging="01")),
    jw301(toegewezen("4", **V3, Einddatum="2024-01-01", RedenWijziging="05")),
    # 5: the newest version was rejected; 6: the remark 0200 rejects nothing
    jw301(toegewezen("5", **V1, Einddatum="2024-06-30")),
    jw301(toegewezen("5", **V3, Einddatum="2024-12-31")),
    jw302(toegewezen("5", **V3), "0200", "9321"),
    jw301(toegewezen("6", **V1)),
    jw302(toegewezen("6", **V1), "0200"),
    # 7: the reference stands on the first version only; 8: on a 317, which knows no verwijzer
    jw301(toegewezen("7", **V1, ReferentieAanbieder="R7")),
    jw301(toegewezen("7", **V3, RedenWijziging="05")),
    jw315("R7", "02", agb="12345678"),
    jw301(toegewezen("8", **V1, ReferentieAanbieder="W8")),
    jw317("W8", "8"),
    # 9: the same reference at another aanbieder; 10: verwijzer 07 doesn't exist
    jw301(toegewezen("9", **V1, ReferentieAanbieder="R9")),
    jw315("R9", "03", aanbieder="98980002"),
    jw301(toegewezen("10", **V1, ReferentieAanbieder="R10")),
    jw315("R10", "07"),
    # 11: the back office knows, but so does the 315; 12: only the back office; 13: the same version, two contents
    jw301(toegewezen("11", **V1, ReferentieAanbieder="R11")),
    jw315("R11", "05"),
    jw301(toegewezen("12", **V1)),
    jw301(toegewezen("13", **V1, Einddatum="2024-06-30")),
    jw301(toegewezen("13", **V1, Einddatum="2024-07-31")),
    # products: fallback of the categorie, vervoer, unknown code, no product, sggz, verblijf part-time, measure
    jw301(toegewezen("20", Product={"Categorie": "45"})),
    jw301(toegewezen("21", Product={"Categorie": "42", "Code": "42A01"})),
    jw301(toegewezen("22", Product={"Categorie": "45", "Code": "45X99"})),
    jw301(toegewezen("23", Product=None)),
    jw301(toegewezen("24", Product={"Categorie": "44", "Code": "44A05"})),
    jw301(toegewezen("25", Product={"Categorie": "48", "Code": "48A01"}), bsn=BSN[1]),
    jw305("25", "2024-02-01", bsn=BSN[1]),
    jw301(toegewezen("26", Product={"Categorie": "31", "Code": None}), domein="Wmo"),
    # money: approved, rejected, credited, without toewijzing, on a deleted one, repeated, one number twice
    jw323(prestatie("P1", "1"), prestatie("P2", "1", bedrag="700"), nummer="D1"),
    jw323(prestatie("P1", "1"), prestatie("P2", "1", bedrag="700"), nummer="D1"),
    jw325(prestatie("P2", "1", bedrag="700"), nummer="D1"),
    jw323(prestatie("P3", "1", dc="C", vorig="P1"), prestatie("P4", "404"), prestatie("P5", "2"), nummer="D2"),
    jw323(prestatie("P6", "1"), prestatie("P6", "1", begin="2024-03-01", eind="2024-03-31"), nummer="D3"),
    jw325(prestatie("P6", "1", begin="2024-03-01", eind="2024-03-31"), nummer="D3"),
    jw325(prestatie("P9", "1"), nummer="D9"),
    # answers: the latest counts; one belongs to no request
    jw319("R7", "2", dag="2024-01-20"),
    jw319("R7", "1", reden="3", dag="2024-02-20"),
    jw319("weg", "1"),
]
TABELLEN = {
    "verwijzers": [{"toewijzingnummer": n, "verwijzer_type": t} for n, t in ((11, "01"), (12, "1"), (404, "01"))],
    "maatregelen": [
        {"client_id": BSN[2], "type": "21", "begindatum": "2023-01-01", "einddatum": None},
        {"client_id": BSN[2], "type": "21", "begindatum": "2023-01-01", "einddatum": None},
    ],
}


@pytest.fixture(scope="module")
def basis(tmp_path_factory):
    map_ = tmp_path_factory.mktemp("toestand")
    return lees_map(map_met(map_ / "in", BERICHTEN, TABELLEN, peildatum="2024-12-31"), map_ / "uit")


@pytest.fixture(scope="module")
def staat(basis) -> pd.DataFrame:
    return basis.pandas("toewijzingen").set_index("toewijzingnummer")


def codes(basis) -> dict[str, int]:
    t = basis.pandas("bevindingen")
    return t[t["gebied"] == "GM0200"].groupby("code")["aantal"].sum().to_dict()


def test_laatste_versie_met_laatste_reden(staat) -> None:
    assert staat.loc["1", ["reden_wijziging", "versies"]].tolist() == ["04", 2]
    assert staat.loc["1", "einddatum"] == pd.Timestamp("2024-09-30")


VERLENGD = [
    # twice extended, each version repeated, the last one sent first
    jw301(toegewezen("1", Toewijzingsdatum="2024-12-10", Einddatum="2025-12-31")),
    *2 * [jw301(toegewezen("1", Einddatum="2024-06-30"))],
    *2 * [jw301(toegewezen("1", Toewijzingsdatum="2024-06-10", Einddatum="2024-12-31"))],
    # extended with other hours, and shortened: neither is an extension without change
    jw301(toegewezen("2", Einddatum="2024-06-30", Omvang={"Volume": "3", "Eenheid": "04", "Frequentie": "2"})),
    jw301(toegewezen("2", Toewijzingsdatum="2024-06-10", Einddatum="2024-12-31",
                     Omvang={"Volume": "4", "Eenheid": "04", "Frequentie": "2"})),
    jw301(toegewezen("2", Toewijzingsdatum="2024-07-10", Einddatum="2024-08-31",
                     Omvang={"Volume": "4", "Eenheid": "04", "Frequentie": "2"})),
    # a total grows with the validity
    jw301(toegewezen("3", Einddatum="2024-06-30", Omvang={"Volume": "1", "Eenheid": "82", "Frequentie": "6"})),
    jw301(toegewezen("3", Toewijzingsdatum="2024-06-10", Einddatum="2024-12-31",
                     Omvang={"Volume": "2", "Eenheid": "82", "Frequentie": "6"})),
    jw301(toegewezen("4", Einddatum="2024-06-30")),
    jw301(toegewezen("5", Einddatum="2024-06-30")),
    jw301(toegewezen("5", Toewijzingsdatum="2024-06-10")),
]  # fmt: skip


def test_verlengd_telt_versies_die_alleen_het_einde_verzetten(tmp_path) -> None:
    """Repeats, changes of hours and shortenings don't count; a total and an end that falls away do."""
    basis = lees_map(map_met(tmp_path / "in", VERLENGD, {}, peildatum="2024-12-31"), tmp_path / "uit")
    staat = basis.pandas("toewijzingen").set_index("toewijzingnummer")["verlengd"]
    assert staat.to_dict() == {"1": 2, "2": 0, "3": 1, "4": 0, "5": 1}


def test_verwijderd_is_nooit_gestuurd(basis, staat) -> None:
    assert not {"2", "3"} & set(staat.index)
    assert "4" in staat.index
    assert codes(basis)["DK06a"] == 2


def test_afgekeurde_versie_vervalt(staat) -> None:
    assert staat.loc["5", "einddatum"] == pd.Timestamp("2024-06-30")
    assert "6" in staat.index


def test_verwijzer_uit_een_oudere_versie(staat) -> None:
    assert staat.loc["7", ["verwijzer", "verwijzer_agb", "verwijzerbron"]].tolist() == [
        "02",
        "12345678",
        "verzoek",
    ]
    assert staat.loc["7", "reden_wijziging"] == "05"


def test_eerste_versie_zegt_waarop_gewacht_is(staat) -> None:
    """An extension under the same number gets a new toewijzingsdatum; the wait began with the first."""
    dagen = ["toewijzingsdatum", "eerste_toewijzingsdatum", "eerste_ingangsdatum", "verzoekdatum"]
    zeven = [str(dag.date()) for dag in staat.loc["7", dagen]]
    assert zeven == ["2024-03-01", "2024-01-02", "2024-01-01", "2024-01-02"]
    assert pd.isna(staat.loc[["1", "9", "12"], "verzoekdatum"]).all()


@pytest.mark.parametrize("nummer", ["8", "9", "10"])
def test_verwijzer_wordt_niet_geraden(staat, nummer: str) -> None:
    assert staat.loc[nummer, "verwijzer"] == "onbekend"
    assert pd.isna(staat.loc[nummer, "verwijzerbron"])


def test_verzoek_gaat_voor_back_office(staat) -> None:
    assert staat.loc["11", ["verwijzer", "verwijzerbron"]].tolist() == ["05", "verzoek"]
    assert staat.loc["12", ["verwijzer", "verwijzerbron"]].tolist() == ["01", "backoffice"]


def test_tegenspraak_wordt_gemeld_en_vast_beslist(basis, staat) -> None:
    assert staat.loc["13", "einddatum"] == pd.Timestamp("2024-07-31")
    assert codes(basis)["DK05"] == 1


def test_product_naar_hulpvorm(basis, staat) -> None:
    hulpvorm = staat["hulpvorm"].fillna("geen")
    gevonden = {n: hulpvorm[n] for n in ("1", "20", "21", "22", "23", "24", "25", "26")}
    assert gevonden == {
        "1": "02", "20": "02", "21": "geen", "22": "geen", "23": "geen", "24": "12", "25": "geen", "26": "geen"
    }  # fmt: skip
    assert staat.loc["24", "deeltijdverblijf"] and not staat.loc["1", "deeltijdverblijf"]
    getoond = basis.pandas("bevindingen").query("code == 'DK15a'")["ontvangen"]
    assert {tekst.split(" (")[0] for tekst in getoond} == {"45X99", "zonder product"}


def test_maatregel_uit_product_en_tabel(basis) -> None:
    maatregelen = basis.pandas("maatregelen")
    assert sorted(maatregelen["type"]) == ["11", "21"]
    assert maatregelen.set_index("type").loc["11", "begin"] == pd.Timestamp("2024-02-01")
    assert basis.pandas("leveringen")["maatregelen_geleverd"].tolist() == [True]


def test_geld(basis) -> None:
    t = basis.pandas("declaraties")
    gevonden = {
        (r.referentienummer, f"{r.periode_begin:%m}"): (r.bedrag_cent, r.toegekend) for r in t.itertuples()
    }
    assert len(t) == len(gevonden)
    assert gevonden == {
        ("P1", "02"): (5000, True),
        ("P2", "02"): (700, False),
        ("P3", "02"): (-5000, True),
        ("P4", "02"): (5000, True),
        ("P5", "02"): (5000, True),
        ("P6", "02"): (5000, True),
        ("P6", "03"): (5000, False),
    }
    assert t["maand"].dt.day.unique().tolist() == [1]
    eigen = t.set_index("referentienummer")["persoon_nr"]
    assert pd.isna(eigen["P4"]) and eigen["P5"] == eigen["P1"]


def test_geld_dat_niet_klopt_wordt_gemeld(basis) -> None:
    gevonden = codes(basis)
    assert {k: gevonden[k] for k in ("DK06b", "DK19", "DK34", "DK37")} == {
        "DK06b": 1,
        "DK19": 1,
        "DK34": 1,
        "DK37": 2,
    }


def test_antwoord_op_verzoek(basis) -> None:
    t = basis.pandas("verzoeken").set_index("referentie")
    assert t.loc["R7", ["antwoord", "reden_afwijzing"]].tolist() == ["1", "3"]
    assert pd.isna(t.loc["R10", "antwoord"])
    assert codes(basis)["DK35"] == 1


def test_elke_regel_wordt_geteld(basis) -> None:
    t = basis.pandas("telling")
    assert (t["gelezen"] == t["gebruikt"] + t["vervangen"] + t["verwijderd"] + t["opzij"]).all()
    telling = t.groupby("tabel")[["gelezen", "gebruikt", "vervangen", "verwijderd", "opzij"]].sum()
    assert telling.loc["toewijzingen"].tolist() == [27, 18, 5, 2, 2]
    assert telling.loc["declaraties"].tolist() == [12, 9, 2, 0, 1]
    assert telling.loc["verwijzers"].tolist() == [3, 1, 1, 0, 1]
    assert telling.loc["maatregelen"].tolist() == [2, 1, 1, 0, 0]
    assert telling.loc["berichten"].tolist() == [len(BERICHTEN), len(BERICHTEN), 0, 0, 0]


def test_sortering_en_typen(basis) -> None:
    from analyse.kern.schema import BASIS

    for naam, kolommen in BASIS.items():
        t = basis.pandas(naam)
        assert list(t.columns) == list(kolommen)
        if "persoon_nr" in kolommen:
            assert t["persoon_nr"].dropna().is_monotonic_increasing
    assert basis.tabel("spells").schema()["begin"].is_date()


def test_twee_keer_lezen_geeft_dezelfde_bytes(tmp_path: Path) -> None:
    map_met(tmp_path / "in", BERICHTEN, TABELLEN, peildatum="2024-12-31")
    een, twee = (lees_map(tmp_path / "in", tmp_path / uit) for uit in ("a", "b"))
    for pad in een.map.iterdir():
        assert pad.read_bytes() == (twee.map / pad.name).read_bytes(), pad.name


# Damaged values in tables: one row each, told at its place


def test_kapotte_waarden(tmp_path: Path) -> None:
    rijen = [
        rij_toewijzing(1, ingangsdatum="31-12-2024"),
        rij_toewijzing(2, einddatum="2024-02-30"),
        rij_toewijzing(3, einddatum="9999-12-31"),
        rij_toewijzing(4, client_id=None),
        rij_toewijzing(5, aanbieder_agb="8980001", productcategorie="45", reden_wijziging="99"),
        rij_toewijzing(6, ingangsdatum="2024-05-01", einddatum="2024-04-01"),
    ]
    leveringen = [
        rij_levering(3, "begin", "2024-01-05"),
        rij_levering(3, "stop", "2024-01-05", None, reden_beeindiging="31"),
        rij_levering(3, "start", "2024-01-05", status_aanlevering="9"),
        rij_levering(404, "start", "2024-01-05"),
        rij_levering(None, "start", "2024-01-05"),
    ]
    declaraties = [
        rij_declaratie(3, "2024-01-01", "2024-01-31", bedrag_cent="12,50"),
        rij_declaratie(3, "2024-02-01", "2024-02-29", bedrag_cent="1250", debet_credit="X"),
    ]
    map_met(
        tmp_path / "in", tabellen={"toewijzingen": rijen, "leveringen": leveringen, "declaraties": declaraties}
    )
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    t = basis.pandas("bevindingen").query("gebied == 'GM0200' and bestand != ''")
    gevonden = {(b.code, b.bestand.removesuffix(".csv"), b.plek.split(" (")[0]) for b in t.itertuples()}
    assert gevonden >= {
        ("DK01a", "toewijzingen", "rij 2"),
        ("DK01a", "toewijzingen", "rij 3"),
        ("DK07a", "toewijzingen", "rij 4"),
        ("DK01a", "toewijzingen", "rij 5"),
        ("DK30a", "toewijzingen", "rij 6"),
        ("DK01c", "toewijzingen", "rij 6"),
        ("DK07b", "toewijzingen", "rij 7"),
        ("DK01a", "leveringen", "rij 2"),
        ("DK01a", "leveringen", "rij 3"),
        ("DK14", "leveringen", "rij 4"),
        ("DK12a", "leveringen", "rij 5"),
        ("DK33", "leveringen", "rij 6"),
        ("DK01a", "declaraties", "rij 2"),
        ("DK01c", "declaraties", "rij 3"),
    }
    staat = basis.pandas("toewijzingen").set_index("toewijzingnummer")
    assert sorted(staat.index) == ["3", "5", "6"]
    assert staat.loc["5", "aanbieder"] == "08980001"
    assert pd.isna(staat.loc["3", "einddatum"])
    telling = basis.pandas("telling").set_index("tabel")
    assert telling.loc["toewijzingen", ["gelezen", "gebruikt", "opzij"]].tolist() == [6, 3, 3]
    assert telling.loc["leveringen", ["gelezen", "gebruikt", "opzij"]].tolist() == [5, 1, 4]


def test_kind_met_twee_geboortejaren(tmp_path: Path) -> None:
    clienten = [
        {"client_id": BSN[0], "geboortejaar": jaar, "geslacht": g} for jaar, g in ((1900, "0"), (2012, "2"))
    ]
    map_met(tmp_path / "in", tabellen={"clienten": clienten, "toewijzingen": [rij_toewijzing(1)]})
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    assert basis.pandas("personen")[["geboortejaar", "geslacht"]].to_numpy().tolist() == [[2012, "2"]]
    assert codes(basis)["DK24a"] == 1


def test_elk_aandeel_boven_de_grens_blokkeert(tmp_path: Path) -> None:
    rijen = [rij_toewijzing(1), rij_toewijzing(2, productcode="45X01", verwijzer_type="02")]
    geld = [
        rij_declaratie(1, "2024-01-01", "2024-01-31"),
        rij_declaratie(2, "2024-01-01", "2024-01-31", productcode="45X01"),
    ]
    map_met(tmp_path / "in", tabellen={"toewijzingen": rijen, "declaraties": geld})
    t = (
        lees_map(tmp_path / "in", tmp_path / "uit")
        .pandas("bevindingen")
        .query("gebied == 'GM0200'")
        .set_index("code")
    )
    assert (t.loc["DK15b", "ernst"], t.loc["DK15b", "ontvangen"]) == ("blokkerend", "50 procent")
    assert (t.loc["DK16a", "ernst"], t.loc["DK16a", "ontvangen"]) == ("waarschuwing", "50 procent")
    assert t.loc["DK31", "ernst"] == "waarschuwing"


def test_verzoek_om_wijziging_noemt_geen_verwijzer(tmp_path: Path) -> None:
    """A table may carry a verwijzer beside a 317; only a 315 says who referred."""
    vast = {"aanbieder_agb": "98980001", "dagtekening": "2024-01-01"}
    verzoeken = [
        {**vast, "referentie_aanbieder": "A", "berichttype": "317", "verwijzer_type": "02"},
        {**vast, "referentie_aanbieder": "B", "berichttype": "JW315", "verwijzer_type": "3"},
    ]
    rijen = [rij_toewijzing(n, referentie_aanbieder=r) for n, r in ((1, "A"), (2, "B"))]
    map_met(tmp_path / "in", tabellen={"verzoeken": verzoeken, "toewijzingen": rijen})
    staat = lees_map(tmp_path / "in", tmp_path / "uit").pandas("toewijzingen").set_index("toewijzingnummer")
    assert staat["verwijzer"].to_dict() == {"1": "onbekend", "2": "03"}
