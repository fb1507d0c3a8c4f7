"""Fetching: what ends up in the files, and what happens when CBS is away or has changed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd
import pytest
from nepdienst import bevolkingstabel, draai, indicatorentabel, kerncijfers, kostentabel, verwijzertabel

from analyse.cbs import TABELLEN, CbsFout, ODataKlant, haal
from analyse.cbs.lezen import periode_van
from analyse.kern.fouten import ParameterFout

DIENST = {
    "85097NED": verwijzertabel(),
    "83454NED": kostentabel(),
    "03759ned": bevolkingstabel(),
    "70072ned": kerncijfers(),
}


def _klant(dienst) -> ODataKlant:
    return ODataKlant(dienst.basis, seconden=5.0, slaap=lambda _: None)


def _lees(pad: Path) -> pd.DataFrame:
    return pd.read_csv(pad, sep=";", dtype=str, keep_default_na=False)


def _cijfers(pad: Path) -> dict[tuple[str, ...], str]:
    tabel = _lees(pad)
    return dict(
        zip(
            zip(*(tabel[k] for k in ("maat", "gebied", "periode", "categorie")), strict=True),
            tabel["waarde"],
            strict=True,
        )
    )


@pytest.fixture(scope="module")
def gehaald(tmp_path_factory):
    map_ = tmp_path_factory.mktemp("referentie")
    (map_ / "bevolking.csv").write_text(
        "gebied;jaar;leeftijd;aantal;bron;status\n"
        "GM0200;2022;0-22;1;schatting;geschat\nGM0200;2023;0-22;2;schatting;geschat\nGM0301;2023;0-22;3;schatting;geschat\n"
    )
    with draai(DIENST, bladgrootte=50) as dienst:
        verslag = haal(map_, klant=_klant(dienst), tabellen=list(DIENST))
    return map_, verslag, dienst


def test_verwijzers(gehaald):
    map_, _, _ = gehaald
    cijfers = _cijfers(map_ / "cbs_85097NED.csv")
    assert cijfers["verwijzer", "GM0200", "2023-H1", "totaal"] == "100"
    assert (
        cijfers["verwijzer", "GM0200", "2023", "01"] == "200" and cijfers["verwijzer", "NL", "2022", "02"] == "300"
    )
    assert cijfers["verwijzer_begonnen", "GM0301", "2023", "totaal"] == "10"
    assert {sleutel[1] for sleutel in cijfers} == {"GM0200", "GM0301", "NL"}
    assert {sleutel[2] for sleutel in cijfers} == {"2022", "2023", "2023-H1"}, "no quarters"


def test_elke_rij_heeft_bron_datum_en_status(gehaald):
    tabel = _lees(gehaald[0] / "cbs_85097NED.csv")
    assert set(tabel["bron"]) == {"CBS StatLine 85097NED"} and set(tabel["datum"]) == {"2024-10-31"}
    status = tabel[tabel["maat"] == "verwijzer"].groupby("periode")["status"].unique().str[0].to_dict()
    assert status == {"2022": "definitief", "2023": "voorlopig", "2023-H1": "nader voorlopig"}
    verborgen = tabel[tabel["maat"] == "verwijzer_herhaald"]
    assert (
        len(verborgen) and set(verborgen["waarde"]) == {""} and set(verborgen["status"]) == {"niet gepubliceerd"}
    )


def test_de_rest_van_nederland_apart_en_alleen_hele_jaren(gehaald):
    cijfers = _cijfers(gehaald[0] / "cbs_85097NED_overig.csv.gz")
    assert {sleutel[1] for sleutel in cijfers} == {"GM0014"}, "no province, and GM0999 no longer existed"
    assert {sleutel[2] for sleutel in cijfers} == {"2022", "2023"}


def test_wat_niet_herkend_is_staat_in_het_verslag(gehaald):
    _, verslag, _ = gehaald
    assert verslag.exitcode == 0 and not verslag.mislukt
    zin = verslag.gehaald["85097NED"]
    assert "2 titels kennen wij niet" in zin and "Gemiddelde duur; Nieuwe soort" in zin
    assert "bijgewerkt door CBS op 2024-10-31" in zin and "titels" not in verslag.gehaald["70072ned"]


def test_filter_met_spaties_en_alleen_de_laatste_jaren(gehaald):
    filters = [
        filter_ for onderdeel, filter_ in gehaald[2].vragen if onderdeel == "85097NED/TypedDataSet" and filter_
    ]
    assert filters[0].startswith("(startswith(RegioS,'GM') or startswith(RegioS,'NL'))")
    assert "VerwijzerJeugdzorg eq 'A1     '" in filters[0] and "A9" not in filters[0]
    assert "2023JJ00" in filters[0] and "2019JJ00" not in filters[0] and "2023KW01" not in filters[0]


def test_kosten_in_hele_euros(gehaald):
    cijfers = _cijfers(gehaald[0] / "cbs_83454NED.csv")
    assert cijfers["kosten_jeugdzorg", "GM0200", "2023", "totaal"] == "100500"
    assert cijfers["begroot_jeugdhulp", "GM0200", "2023", "11"] == "90000"
    assert cijfers["kosten_jeugdhulp", "GM0200", "2023", "11"] == ""


def test_leeftijden_en_de_bevolking_van_de_regio(gehaald):
    map_, _, _ = gehaald
    leeftijd = _cijfers(map_ / "bevolking_leeftijd.csv.gz")
    assert leeftijd["inwoners_leeftijd", "GM0200", "2023", "07"] == "100"
    assert leeftijd["inwoners_leeftijd_meisjes", "GM0200", "2023", "22"] == "100"
    assert ("inwoners_leeftijd", "GM0200", "2023", "23") not in leeftijd
    cijfers = _cijfers(map_ / "cbs_03759ned.csv")
    assert (
        cijfers["inwoners", "GM0200", "2023", "0-17"] == "1800"
        and cijfers["inwoners", "NL", "2023", "0-22"] == "2300"
    )
    bevolking = _lees(map_ / "bevolking.csv").set_index(["gebied", "jaar"])
    assert bevolking.loc[("GM0200", "2023"), ["aantal", "status"]].tolist() == ["2300", "voorlopig"]
    assert bevolking.loc[("GM0200", "2022"), "aantal"] == "1", "years that CBS did not send stay"
    assert bevolking.loc[("GM0301", "2023"), "aantal"] == "3", "an age is missing there: no sum"


def test_namen_van_gemeenten(gehaald):
    namen = _lees(gehaald[0] / "gemeenten.csv").set_index("gebied")["naam"].to_dict()
    assert namen == {"GM0014": "Groningen", "GM0200": "Apeldoorn", "GM0301": "Zutphen"}


def test_nog_eens_geeft_dezelfde_bestanden(gehaald):
    map_, eerste, _ = gehaald
    voor = {pad.name: pad.read_bytes() for pad in map_.iterdir()}
    with draai(DIENST, bladgrootte=13) as dienst:
        assert haal(map_, klant=_klant(dienst), tabellen=list(DIENST)).tekst == eerste.tekst
    assert {pad.name: pad.read_bytes() for pad in map_.iterdir()} == voor


@pytest.mark.parametrize("met_titel", [True, False], ids=["titel", "sleutel"])
def test_indicatoren_met_de_echte_sleutels(tmp_path, met_titel):
    """The columns of 85098NED by their shortened titles; without titles the words in the key do as well."""
    tabel = indicatorentabel()
    if not met_titel:
        tabel["DataProperties"] = [{**e, "Title": "Totaal"} for e in tabel["DataProperties"]]
    with draai({"85098NED": tabel}) as dienst:
        assert haal(tmp_path, klant=_klant(dienst), tabellen=["85098NED"]).exitcode == 0
    cijfers = _cijfers(tmp_path / "cbs_85098NED_overig.csv.gz")
    groningen = {maat: waarde for (maat, gebied, _, _), waarde in cijfers.items() if gebied == "GM0014"}
    assert groningen == {
        "jeugdhulp_procent": "15.4",
        "verblijf_procent": "9.5",
        "jeugdbescherming_procent": "1.4",
        "jeugdbescherming_verblijf_procent": "46.1",
        "jeugdreclassering_procent": "0.4",
    }
    assert cijfers["verblijf_procent", "GM0060", "2022", "totaal"] == ""


def test_oude_jaren_blijven(tmp_path):
    oud = "maat;gebied;periode;categorie;waarde;eenheid;status;bron;datum\n"
    oud += "kosten_jeugdzorg;NL;2016;totaal;5;euro;definitief;CBS StatLine 83454NED;2020-01-01\n"
    oud += "kosten_jeugdzorg;NL;2023;totaal;6;euro;voorlopig;CBS StatLine 83454NED;2020-01-01\n"
    (tmp_path / "cbs_83454NED.csv").write_text(oud)
    with draai(DIENST, bladgrootte=50) as dienst:
        haal(tmp_path, klant=_klant(dienst), tabellen=["83454NED"])
    cijfers = _cijfers(tmp_path / "cbs_83454NED.csv")
    assert cijfers["kosten_jeugdzorg", "NL", "2016", "totaal"] == "5"
    assert cijfers["kosten_jeugdzorg", "NL", "2023", "totaal"] == "100500"


class _Stil:
    """No network, and a count of how often it was tried."""

    def __init__(self) -> None:
        self.keren = 0

    def rijen(self, tabel, onderdeel, *, filter_="", kolommen=()):
        from analyse.cbs import Onbereikbaar

        self.keren += 1
        raise Onbereikbaar("CBS open data is niet bereikbaar.", waar="opendata.cbs.nl")


def test_zonder_internet_blijft_alles_staan(tmp_path):
    (tmp_path / "cbs_85097NED.csv").write_text("oud")
    klant = _Stil()
    verslag = haal(tmp_path, klant=klant)
    assert verslag.exitcode == 11 and klant.keren == 1, "the other tables aren't tried"
    assert set(verslag.mislukt) == set(TABELLEN)
    assert (
        verslag.tekst.count("niet bereikbaar") == 1
        and "rekenen met wat er al was: cbs_85097NED.csv" in verslag.tekst
    )
    assert [pad.name for pad in tmp_path.iterdir()] == ["cbs_85097NED.csv"]
    assert (tmp_path / "cbs_85097NED.csv").read_text() == "oud"


def test_een_veranderde_tabel_houdt_de_andere_niet_tegen(tmp_path):
    anders = verwijzertabel()
    anders["DataProperties"] = [e for e in anders["DataProperties"] if e["Type"] != "Topic"]
    with draai({**DIENST, "85097NED": anders}, bladgrootte=50) as dienst:
        verslag = haal(tmp_path, klant=_klant(dienst), tabellen=["85097NED", "85098NED", "83454NED"])
    assert set(verslag.mislukt) == {"85097NED", "85098NED"} and set(verslag.gehaald) == {"83454NED"}
    assert "herkennen wij geen enkele kolom" in verslag.mislukt["85097NED"]
    assert "kent deze tabel niet" in verslag.mislukt["85098NED"] and verslag.exitcode == CbsFout.exitcode == 11
    assert (tmp_path / "cbs_83454NED.csv").is_file() and not (tmp_path / "cbs_85097NED.csv").exists()


def test_rij_zonder_sleutel_is_een_fout_van_die_tabel(tmp_path):
    anders = kostentabel()
    anders["Perioden"] = [{"Title": "2023"}]
    with draai({"83454NED": anders}) as dienst:
        verslag = haal(tmp_path, klant=_klant(dienst), tabellen=["83454NED"])
    assert "andere vorm" in verslag.mislukt["83454NED"] and not list(tmp_path.iterdir())


def test_de_vraag_blijft_korter_dan_servers_toestaan(gehaald):
    """The longest is that for single years of age; keys and quotes as CBS has them."""
    lengtes = [len(filter_) + 2 * filter_.count(" ") for _, filter_ in gehaald[2].vragen]
    assert 800 < max(lengtes) < 1800


def test_onbekende_tabel(tmp_path):
    with pytest.raises(ParameterFout, match="85097NED"):
        haal(tmp_path, tabellen=["85097NL"])


@pytest.mark.parametrize(
    ("sleutel", "titel", "verwacht"),
    [
        ("2022JJ00", "2022", "2022"),
        ("2023HJ02", "2023 2e halfjaar*", "2023-H2"),
        ("2023X000", "2023 30 juni", "2023-H1"),
        ("2023X000", "31 december 2023**", "2023-H2"),
        ("2023KW01", "2023 1e kwartaal", ""),
        ("2023MM06", "2023 juni", ""),
    ],
)
def test_perioden(sleutel, titel, verwacht):
    assert periode_van({"Key": sleutel, "Title": titel}) == verwacht


def test_gz_is_hetzelfde_op_elk_moment(gehaald):
    """No time of making in the header."""
    inhoud = (gehaald[0] / "cbs_85097NED_overig.csv.gz").read_bytes()
    assert inhoud[4:8] == b"\0\0\0\0" and gzip.decompress(inhoud).startswith(b"maat;gebied")
