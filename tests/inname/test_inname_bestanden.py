"""Files and folders: hostile zips, tables in every shape, folders that aren't there. The rest goes on."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from inname_bouwer import (
    BSN,
    WORTEL,
    jw301,
    jw305,
    lees_map,
    map_met,
    rij_levering,
    rij_toewijzing,
    schrijf_csv,
    toegewezen,
)

from analyse.inname import controleer, lezer
from analyse.inname.archief import GRENZEN, Grenzen, OnveiligArchief, bezwaar, brokken, open_archief
from analyse.inname.lezer import Opdracht, taken
from analyse.inname.tabellen import OnleesbareTabel, lees_tabel, tabelnaam
from analyse.kern.fouten import LeveringFout
from analyse.params import Params


def bevindingen(basis, gebied: str = "GM0200") -> pd.DataFrame:
    """Findings of one gebied."""
    alle = basis.pandas("bevindingen")
    return alle[alle["gebied"] == gebied]


def sluit(basis) -> None:
    """Nothing lost: the four add up, for every file and table."""
    t = basis.pandas("telling")
    assert (t["gelezen"] == t["gebruikt"] + t["vervangen"] + t["verwijderd"] + t["opzij"]).all()


# Zip


def _zip(leden: dict[str, bytes]) -> io.BytesIO:
    doel = io.BytesIO()
    with zipfile.ZipFile(doel, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, inhoud in leden.items():
            archief.writestr(naam, inhoud)
    return doel


def _leden(leden: dict[str, bytes], grenzen: Grenzen = GRENZEN) -> dict[str, str | None]:
    with zipfile.ZipFile(_zip(leden)) as archief:
        return {lid.filename: bezwaar(lid, grenzen) for lid in archief.infolist()}


@pytest.mark.parametrize("naam", ["../uit.xml", "/etc/x.xml", "a/../../x.xml", "c:/x.xml", "..\\x.xml"])
def test_pad_buiten_de_zip(naam: str) -> None:
    assert list(_leden({naam: b"<a/>"}).values()) == ["pad buiten het zipbestand"]


def test_archief_in_archief_en_bom() -> None:
    grenzen = Grenzen(bestand=50_000, verhouding=100, vrij=10_000)
    leden = _leden(
        {"a.zip": b"PK", "groot.xml": b"x" * 60_000, "bom.xml": b"0" * 40_000, "a.xml": b"<a/>"}, grenzen
    )
    assert leden == {
        "a.zip": "archief in een archief",
        "groot.xml": "uitgepakt te groot",
        "bom.xml": "verdacht sterk ingepakt",
        "a.xml": None,
    }


def test_te_veel_of_te_groot(tmp_path: Path) -> None:
    pad = tmp_path / "x.zip"
    pad.write_bytes(_zip({f"{i}.xml": b"x" * 100 for i in range(5)}).getvalue())
    for grenzen in (Grenzen(aantal=4), Grenzen(totaal=499)):
        with pytest.raises(OnveiligArchief):
            open_archief(pad, grenzen)


def test_zip_die_liegt_over_zijn_omvang(tmp_path: Path) -> None:
    """Unpacking stops at what was declared, and the message counts as damaged."""
    ruw = bytearray(_zip({"a.xml": b"x" * 5000}).getvalue())
    for merk, plek in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<I", ruw, ruw.index(merk) + plek, 10)
    pad = tmp_path / "x.zip"
    pad.write_bytes(bytes(ruw))
    with open_archief(pad, GRENZEN) as archief, pytest.raises(ValueError, match="beschadigd"):
        list(brokken(archief, archief.leden[0]))


@pytest.mark.parametrize("methode", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2])
def test_uitpakken_geeft_wat_erin_ging(tmp_path: Path, methode: int) -> None:
    leden = {"é.xml": b"kort", "b.xml": bytes(range(256)) * 40, "leeg.xml": b"", "lang.xml": b"ab" * 1_000_000}
    with zipfile.ZipFile(tmp_path / "x.zip", "w", methode) as archief:
        for naam, inhoud in leden.items():
            archief.writestr(naam, inhoud)
    with open_archief(tmp_path / "x.zip", GRENZEN) as archief:
        assert {lid.filename: b"".join(brokken(archief, lid)) for lid in archief.leden} == leden


def test_slechte_leden_kosten_de_goede_niet(tmp_path: Path) -> None:
    map_ = map_met(tmp_path / "in", peildatum="2024-12-31") / "GM0200"
    goed, stuk = jw301(toegewezen("1")), jw301(toegewezen("2"), toegewezen("3"))[:-100]
    leden = {"goed.xml": goed, "stuk.xml": stuk, "../weg.xml": goed, "in.zip": b"PK", "lees.txt": b"hallo"}
    (map_ / "b.zip").write_bytes(_zip(leden).getvalue())
    (map_ / "kapot.zip").write_bytes(b"PK\x03\x04 kapot")
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    assert basis.pandas("toewijzingen")["toewijzingnummer"].tolist() == ["1"]
    gevonden = {(b.code, b.bestand, b.plek) for b in bevindingen(basis).itertuples() if b.code.startswith("LV")}
    assert gevonden >= {
        ("LV05", "b.zip", "stuk.xml"),
        ("LV08", "b.zip", "../weg.xml"),
        ("LV08", "b.zip", "in.zip"),
        ("LV04", "b.zip", "lees.txt"),
        ("LV08", "kapot.zip", ""),
    }
    telling = basis.pandas("telling").set_index("tabel")
    assert telling.loc["toewijzingen", ["gelezen", "gebruikt", "opzij"]].tolist() == [2, 1, 1]
    assert telling.loc["berichten", ["gelezen", "gebruikt", "opzij"]].tolist() == [2, 1, 1]
    assert controleer(basis).geblokkeerd[0] == "GM0200"
    sluit(basis)


# Workers


def test_taken_hangen_niet_van_de_machine_af(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut into many tasks and read by two workers: the same Basis as in one go."""
    berichten = [jw301(toegewezen(str(i)), bsn=BSN[i % 5]) for i in range(60)]
    berichten += [jw305(str(i), "2024-02-01", bsn=BSN[i % 5]) for i in range(60)]
    map_met(tmp_path / "in", berichten)
    een = lees_map(tmp_path / "in", tmp_path / "een")
    monkeypatch.setattr(lezer, "DEEL", 5_000)
    monkeypatch.setattr(lezer, "KLEIN", 0)
    monkeypatch.setattr(lezer, "_kernen", lambda: 2)
    assert len(taken(_bestanden(tmp_path / "in"))) > 3
    twee = lees_map(tmp_path / "in", tmp_path / "twee")
    for naam in ("personen", "toewijzingen", "spells", "telling", "bevindingen"):
        pd.testing.assert_frame_equal(een.pandas(naam), twee.pandas(naam))


def test_werkers_starten_ook_zonder_fork(tmp_path: Path) -> None:
    """What Windows and macOS do: a worker that begins from nothing."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    map_met(tmp_path / "in", [jw301(toegewezen("1"))])
    (taak,) = taken(_bestanden(tmp_path / "in"))
    opdracht = Opdracht(tmp_path, b"x" * 32)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        uitkomst = pool.submit(lezer.voer_uit, taak, opdracht).result()
    assert uitkomst.bevindingen == []
    assert len(list((tmp_path / "toewijzingen").glob("*.parquet"))) == 1


def _bestanden(map_: Path):
    from analyse.inname.levering import zoek

    leveringen, _ = zoek(map_, ("GM0200",))
    return [b for levering in leveringen for b in levering.bestanden]


# Tables

RIJEN = [rij_toewijzing("0007", client_id=BSN[0]), rij_toewijzing("8", client_id=BSN[1], einddatum="2024-05-31")]


def _xlsx(pad: Path, rijen: list[dict[str, object]]) -> None:
    werkmap = openpyxl.Workbook()
    blad = werkmap.active
    blad.append(list(rijen[0]))
    for rij in rijen:
        blad.append([date.fromisoformat(w) if k.endswith("datum") and w else w for k, w in rij.items()])
    werkmap.save(pad)


def _schrijf(map_: Path, vorm: str) -> None:
    if vorm == "xlsx":
        _xlsx(map_ / "toewijzingen.xlsx", RIJEN)
    elif vorm == "parquet":
        pd.DataFrame(RIJEN).to_parquet(map_ / "toewijzingen.parquet")
    elif vorm == "parquet met datums":
        tabel = pd.DataFrame(RIJEN).assign(ingangsdatum=pd.Timestamp("2024-01-01"))
        tabel.to_parquet(map_ / "toewijzingen.parquet")
    else:
        pad = map_ / "toewijzingen.csv"
        schrijf_csv(pad, RIJEN, scheiding="," if vorm == "komma" else ";")
        tekst = pad.read_bytes()
        pad.write_bytes({"bom": b"\xef\xbb\xbf" + tekst, "crlf": tekst.replace(b"\n", b"\r\n")}.get(vorm, tekst))


@pytest.mark.parametrize("vorm", ["csv", "komma", "bom", "crlf", "xlsx", "parquet", "parquet met datums"])
def test_elke_tabelvorm_geeft_hetzelfde(tmp_path: Path, vorm: str) -> None:
    map_met(tmp_path / "in", peildatum="2024-12-31")
    _schrijf(tmp_path / "in" / "GM0200", vorm)
    gelezen = lees_map(tmp_path / "in", tmp_path / "uit").pandas("toewijzingen").sort_values("toewijzingnummer")
    assert gelezen["toewijzingnummer"].tolist() == ["0007", "8"]
    assert gelezen["einddatum"].dt.strftime("%Y-%m-%d").fillna("").tolist() == ["", "2024-05-31"]
    assert gelezen["aanbieder"].unique().tolist() == ["98980001"]


def test_namen_van_tabellen() -> None:
    namen = ["toewijzingen.csv", "Toewijzingen.XLSX", "declaraties_2024.csv", "declaraties-2024-07.parquet"]
    assert [tabelnaam(n) for n in namen] == ["toewijzingen", "toewijzingen", "declaraties", "declaraties"]
    assert [tabelnaam(n) for n in ["toewijzingen_oud.csv", "kinderen.csv", "toewijzingen.txt", "csv"]] == [
        None
    ] * 4


def test_gescheurde_rij_wordt_genoemd_en_geteld(tmp_path: Path) -> None:
    map_met(tmp_path / "in", tabellen={"toewijzingen": RIJEN})
    pad = tmp_path / "in" / "GM0200" / "toewijzingen.csv"
    regels = pad.read_text().splitlines()
    pad.write_text("\n".join([regels[0], regels[1] + ";te;veel", regels[2], "kort"]) + "\n")
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    (scheur,) = bevindingen(basis).query("code == 'LV20'").itertuples()
    assert (scheur.plek, scheur.aantal) == ("rij 2, 4", 2)
    assert basis.pandas("telling").set_index("tabel").loc["toewijzingen", ["gelezen", "opzij"]].tolist() == [3, 2]
    sluit(basis)


def test_rijnummer_na_een_gescheurde_rij(tmp_path: Path) -> None:
    pad = tmp_path / "clienten.csv"
    pad.write_text("client_id;geboortejaar;geslacht\n1;2010;1;x\n2;2011;1\n3\n4;2012;2\n")
    gelezen = lees_tabel(pad)
    assert (gelezen.nr.to_pylist(), gelezen.krom) == ([3, 5], (2, 4))


@pytest.mark.parametrize("inhoud", [b"", b"\xff\xfea\x00", b"a;a\n1;2\n"])
def test_onleesbare_tabel(tmp_path: Path, inhoud: bytes) -> None:
    pad = tmp_path / "clienten.csv"
    pad.write_bytes(inhoud)
    with pytest.raises(OnleesbareTabel):
        lees_tabel(pad)


def test_excel_als_bom_wordt_geweigerd(tmp_path: Path) -> None:
    pad = tmp_path / "clienten.xlsx"
    pad.write_bytes(_zip({"xl/sheet.xml": b"0" * 20_000_000}).getvalue())
    with pytest.raises(OnleesbareTabel, match="verdacht sterk ingepakt"):
        lees_tabel(pad)


def test_ontbrekende_kolom_blokkeert_alleen_deze_tabel(tmp_path: Path) -> None:
    zonder = [{k: w for k, w in rij.items() if k != "ingangsdatum"} for rij in RIJEN]
    map_met(tmp_path / "in", [jw301(toegewezen("5"))], {"toewijzingen": zonder})
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    (b,) = bevindingen(basis).query("code == 'LV09'").itertuples()
    assert (b.ernst, b.ontvangen) == ("blokkerend", "zonder ingangsdatum")
    assert basis.pandas("toewijzingen")["toewijzingnummer"].tolist() == ["5"]
    assert controleer(basis).geblokkeerd[0] == "GM0200"
    sluit(basis)


def test_windows_1252_en_vreemde_kolommen(tmp_path: Path) -> None:
    map_met(tmp_path / "in", tabellen={"toewijzingen": [{**rij, "naam kind": "Zoë"} for rij in RIJEN]})
    pad = tmp_path / "in" / "GM0200" / "toewijzingen.csv"
    pad.write_bytes(pad.read_text(encoding="utf-8").encode("cp1252"))
    gevonden = bevindingen(lees_map(tmp_path / "in", tmp_path / "uit")).set_index("code")
    assert {"LV11", "LV21"} <= set(gevonden.index)
    assert gevonden.loc["LV21", "ontvangen"] == "naam_kind"


# Folders


def test_map_die_er_niet_is(tmp_path: Path) -> None:
    with pytest.raises(LeveringFout, match="bestaat niet") as fout:
        lees_map(tmp_path / "weg", tmp_path / "uit")
    assert fout.value.doe
    assert not (tmp_path / "uit").exists()


def test_map_zonder_gemeenten(tmp_path: Path) -> None:
    (tmp_path / "in" / "0200").mkdir(parents=True)
    with pytest.raises(LeveringFout, match="GM0200"):
        lees_map(tmp_path / "in", tmp_path / "uit")


def test_onbekende_lege_en_ontbrekende_mappen(tmp_path: Path) -> None:
    map_met(tmp_path / "in", [jw301(toegewezen())])
    for naam in ("GM9999", "GM0213", "rommel"):
        (tmp_path / "in" / naam).mkdir()
    (tmp_path / "in" / "GM0200" / "notitie.docx").write_bytes(b"x")
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    gevonden = {(b.code, b.gebied) for b in basis.pandas("bevindingen").itertuples()}
    assert {("LV01", "REGIO"), ("LV02", "GM0213"), ("LV03", "GM0232"), ("LV04", "GM0200")} <= gevonden
    assert len(basis.pandas("toewijzingen")) == 1
    assert "GM0200" not in controleer(basis).geblokkeerd
    assert {"GM0213", "GM0232"} <= set(controleer(basis).geblokkeerd)


def test_fout_in_levering_yaml_raakt_een_gemeente(tmp_path: Path) -> None:
    map_met(tmp_path / "in", [jw301(toegewezen())])
    map_met(tmp_path / "in", [jw301(toegewezen())], gemeente="GM0213", info="peildaatum: 2024-01-01")
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    assert set(basis.pandas("toewijzingen")["gemeente"]) == {"GM0200"}
    (b,) = bevindingen(basis, "GM0213").itertuples()
    assert b.code == "LV12"
    assert "peildatum" in b.ontvangen


def test_peildatum_uit_levering_dan_argument_dan_nieuwste_bericht(tmp_path: Path) -> None:
    for gemeente, peildatum in (("GM0200", "2024-03-31"), ("GM0213", None)):
        berichten = [jw301(toegewezen()), jw305("1", "2024-02-01", dag="2024-02-05")]
        map_met(tmp_path / "in", berichten, gemeente=gemeente, peildatum=peildatum)
    met = lees_map(tmp_path / "in", tmp_path / "a", peildatum=date(2024, 6, 30)).pandas("leveringen")
    assert met["peildatum"].dt.strftime("%Y-%m-%d").tolist() == ["2024-03-31", "2024-06-30"]
    zonder = lees_map(tmp_path / "in", tmp_path / "b")
    assert zonder.pandas("leveringen")["peildatum"].dt.strftime("%Y-%m-%d").tolist() == [
        "2024-03-31",
        "2024-02-05",
    ]
    (b,) = bevindingen(zonder, "GM0213").query("code == 'LV13'").itertuples()
    assert b.ontvangen == "05-02-2024"


def test_link_naar_buiten_wordt_niet_gevolgd(tmp_path: Path) -> None:
    buiten = tmp_path / "geheim.xml"
    buiten.write_bytes(jw301(toegewezen("99")))
    map_met(tmp_path / "in", [jw301(toegewezen("1"))])
    (tmp_path / "in" / "GM0200" / "link.xml").symlink_to(buiten)
    assert lees_map(tmp_path / "in", tmp_path / "uit").pandas("toewijzingen")["toewijzingnummer"].tolist() == ["1"]


def test_codelijsten_komen_mee_met_de_kit() -> None:
    from analyse.inname.codelijsten import Codelijsten

    lijsten = Codelijsten(WORTEL).per_kolom
    assert "31" in lijsten["reden_beeindiging"]["Jw"] and "19" in lijsten["reden_beeindiging"]["Wmo"]
    assert Params.open(WORTEL).regio.codes[0] == "GM0200"


def test_levering_zonder_toewijzingen_blokkeert(tmp_path: Path) -> None:
    map_met(tmp_path / "in", tabellen={"leveringen": [rij_levering("1", "start", "2024-01-05")]})
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    assert {"DK26a", "DK12a"} <= set(bevindingen(basis)["code"])
    sluit(basis)
