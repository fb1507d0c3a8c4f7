"""Pseudonyms: which key, who is the same person, and that nothing personal ever comes out."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import pandas as pd
import pytest
from inname_bouwer import (
    BSN,
    SLEUTEL,
    WORTEL,
    jw301,
    jw305,
    jw307,
    jw315,
    jw323,
    lees_map,
    map_met,
    prestatie,
    rij_toewijzing,
    toegewezen,
)

from analyse.inname import controleer
from analyse.inname.meldingen import veilig, vorm
from analyse.inname.pseudoniem import DEMO_SLEUTEL, Pseudoniemen, elfproef, kies_sleutel
from analyse.kern.fouten import ParameterFout

PERSOONLIJK = ("Geheimenstein", "Onzichtbert", "Vertrouwelijke", *BSN)


def _clienten(gemeente: str = "GM0200") -> dict[str, list[dict[str, object]]]:
    nummers = [BSN[0], BSN[1], "kind-7"]
    return {"toewijzingen": [rij_toewijzing(i, client_id=n) for i, n in enumerate(nummers)]}


@pytest.fixture(autouse=True)
def _zonder_sleutel(monkeypatch: pytest.MonkeyPatch) -> None:
    for naam in ("ANALYSE_SLEUTEL", "ANALYSE_SLEUTEL_BESTAND"):
        monkeypatch.delenv(naam, raising=False)


def test_hmac_sha256_op_128_bit() -> None:
    verwacht = hmac.new(b"k" * 32, b"\x1f" + BSN[0].encode(), hashlib.sha256).hexdigest()[:32]
    assert Pseudoniemen(b"k" * 32)(BSN[0]) == verwacht


def test_lege_nummers_zijn_niemand() -> None:
    assert [Pseudoniemen(b"k")(n) for n in (None, "", "  ")] == [None] * 3


def test_spaties_horen_niet_bij_het_nummer() -> None:
    pseudoniem = Pseudoniemen(b"k")
    assert pseudoniem(f" {BSN[0]} ") == pseudoniem(BSN[0])


def test_elfproef() -> None:
    assert all(elfproef(bsn) for bsn in ("999990019", "999900006"))
    assert not any(elfproef(bsn) for bsn in ("999990018", "12345678", "99999001x", "000000000", ""))


# The key


def test_volgorde_van_sleutels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bestand = tmp_path / "s.sleutel"
    bestand.write_text("b" * 40)
    assert kies_sleutel(None, demo=False, wortel=WORTEL).herkomst == "eenmalig"
    assert kies_sleutel(None, demo=True, wortel=WORTEL).waarde == DEMO_SLEUTEL
    monkeypatch.setenv("ANALYSE_SLEUTEL_BESTAND", str(bestand))
    assert kies_sleutel(None, demo=True, wortel=WORTEL).waarde == b"b" * 40
    monkeypatch.setenv("ANALYSE_SLEUTEL", "0f" * 32)
    assert kies_sleutel(None, demo=True, wortel=WORTEL).waarde == b"\x0f" * 32
    assert kies_sleutel(b"x", demo=True, wortel=WORTEL).waarde == b"x"


def test_twee_eenmalige_sleutels_verschillen() -> None:
    een, twee = (kies_sleutel(None, demo=False, wortel=WORTEL) for _ in range(2))
    assert een.waarde != twee.waarde
    assert repr(een.waarde) not in repr(een)


@pytest.mark.parametrize("tekst", ["geheim", "0f" * 8, "x" * 31])
def test_te_korte_sleutel_uit_de_omgeving(tekst: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYSE_SLEUTEL", tekst)
    with pytest.raises(ParameterFout, match="te kort") as fout:
        kies_sleutel(None, demo=True, wortel=WORTEL)
    assert tekst not in str(fout.value)


def test_sleutelbestand_in_de_kit_wordt_geweigerd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "geheim.sleutel").write_text("s" * 64)
    monkeypatch.setenv("ANALYSE_SLEUTEL_BESTAND", str(tmp_path / "geheim.sleutel"))
    with pytest.raises(ParameterFout, match="mag niet in de map van de kit"):
        kies_sleutel(None, demo=True, wortel=tmp_path)
    monkeypatch.setenv("ANALYSE_SLEUTEL_BESTAND", str(tmp_path / "weg"))
    with pytest.raises(ParameterFout, match="bestaat niet"):
        kies_sleutel(None, demo=True, wortel=WORTEL)


def test_lege_sleutel() -> None:
    with pytest.raises(ParameterFout, match="leeg"):
        kies_sleutel(b"", demo=True, wortel=WORTEL)


def test_demosleutel_alleen_als_alles_demo_is(tmp_path: Path) -> None:
    for gemeente, info in (("GM0200", "herkomst: demo"), ("GM0213", "")):
        map_met(tmp_path / "in", tabellen=_clienten(), gemeente=gemeente, info=info)
    gemengd = lees_map(tmp_path / "in", tmp_path / "a", sleutel=None)
    assert "LV16" in set(gemengd.pandas("bevindingen")["code"])
    (tmp_path / "in" / "GM0213" / "levering.yaml").write_text("peildatum: 2025-12-31\nherkomst: demo\n")
    een, twee = (lees_map(tmp_path / "in", tmp_path / uit, sleutel=None) for uit in "bc")
    assert "LV16" not in set(een.pandas("bevindingen")["code"])
    assert een.pandas("personen")["persoon"].tolist() == twee.pandas("personen")["persoon"].tolist()


# Who is who


def test_zelfde_nummer_is_in_elke_gemeente_dezelfde_persoon(tmp_path: Path) -> None:
    for gemeente in ("GM0200", "GM0213"):
        map_met(tmp_path / "in", tabellen=_clienten(), gemeente=gemeente)
    assert len(lees_map(tmp_path / "in", tmp_path / "uit").pandas("personen")) == 3


def test_eigen_nummers_blijven_uit_elkaar(tmp_path: Path) -> None:
    for gemeente in ("GM0200", "GM0213"):
        map_met(tmp_path / "in", tabellen=_clienten(), gemeente=gemeente, info="client_id: eigen")
    assert len(lees_map(tmp_path / "in", tmp_path / "uit").pandas("personen")) == 6


def test_bericht_en_tabel_noemen_dezelfde_persoon(tmp_path: Path) -> None:
    map_met(tmp_path / "in", [jw301(toegewezen("9"), bsn=BSN[0])], _clienten())
    assert len(lees_map(tmp_path / "in", tmp_path / "uit").pandas("personen")) == 3


def test_voorloopnul_komt_terug_en_wordt_gemeld(tmp_path: Path) -> None:
    bsn = "012345672"
    assert elfproef(bsn)
    rijen = [
        rij_toewijzing(1, client_id=bsn),
        rij_toewijzing(2, client_id=bsn[1:]),
        rij_toewijzing(3, client_id="12345678"),
    ]
    map_met(tmp_path / "in", tabellen={"toewijzingen": rijen})
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    nr = basis.pandas("toewijzingen").set_index("toewijzingnummer")["persoon_nr"]
    assert nr["1"] == nr["2"] != nr["3"]
    assert basis.pandas("bevindingen").set_index("code").loc["LV19", "aantal"] == 1


def test_ongeldig_bsn_wordt_gemeld_zonder_het_te_noemen(tmp_path: Path) -> None:
    map_met(tmp_path / "in", [jw301(toegewezen(), bsn="999990018")])
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    assert basis.pandas("bevindingen").set_index("code").loc["DK02", "aantal"] == 1
    assert "999990018" not in controleer(basis).tekst


def test_persoonsnummer_volgt_het_bsn_niet(tmp_path: Path) -> None:
    """Under one key or another the order of persons differs, so it is not the order of the BSN."""
    nummers = [f"{i:09d}" for i in range(10_000, 10_060)]
    map_met(tmp_path / "in", tabellen={"toewijzingen": [rij_toewijzing(f"T{n}", client_id=n) for n in nummers]})
    orden = []
    for uit, sleutel in (("a", b"a" * 32), ("b", b"b" * 32)):
        basis = lees_map(tmp_path / "in", tmp_path / uit, sleutel=sleutel)
        assert basis.pandas("personen")["persoon"].is_monotonic_increasing
        orden.append(basis.pandas("toewijzingen")["toewijzingnummer"].tolist())
    assert orden[0] != orden[1]
    assert [f"T{n}" for n in sorted(nummers)] not in orden


def test_cijfers_hangen_niet_van_de_sleutel_af(tmp_path: Path) -> None:
    """Two keys: the same Basis but for the names of persons, also where content must be chosen."""
    rijen = [rij_toewijzing(n, client_id=c) for n in range(12) for c in (f"x{n % 5}", f"y{n % 3}")]
    berichten = [jw301(toegewezen(str(n), Volume="1"), bsn=BSN[n % 5]) for n in range(20, 30)]
    map_met(tmp_path / "in", berichten, {"toewijzingen": rijen})
    een, twee = (lees_map(tmp_path / "in", tmp_path / str(k), sleutel=bytes([k]) * 32) for k in (1, 2))
    for naam in ("toewijzingen", "spells", "bevindingen", "telling", "leveringen"):
        assert _zonder_persoon(een.pandas(naam)) == _zonder_persoon(twee.pandas(naam))
    assert _groepen(een.pandas("toewijzingen")) == _groepen(twee.pandas("toewijzingen"))


def _zonder_persoon(t: pd.DataFrame) -> list[str]:
    return sorted(map(str, t.drop(columns="persoon_nr", errors="ignore").to_dict("records")))


def _groepen(t: pd.DataFrame) -> set[frozenset[str]]:
    return {frozenset(groep) for _, groep in t.groupby("persoon_nr")["toewijzingnummer"]}


# Nothing personal comes out


def test_niets_persoonlijks_in_basis_of_rapport(tmp_path: Path) -> None:
    stuk = jw301(toegewezen("4"), bsn=BSN[2])[:-50]
    scheef = rij_toewijzing("5", ingangsdatum=BSN[3], reden_wijziging="Geheimenstein", productcategorie=BSN[4])
    berichten = [
        jw301(toegewezen("1"), bsn=BSN[0]),
        jw305("1", "2024-01-05"),
        jw307("1", "2024-01-05", "Onzichtbert"),
        jw315("R1", "02", agb="12345678"),
        jw323(prestatie("P1"), bsn=BSN[1]),
        stuk,
    ]
    map_met(tmp_path / "in", berichten, {"toewijzingen": [scheef]})
    (tmp_path / "in" / "GM0200" / f"dossier {BSN[4]}.txt").write_text("x")
    (tmp_path / "in" / "GM0200" / f"{BSN[3]}.xml").write_bytes(stuk)
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    teksten = [
        controleer(basis).tekst,
        *(str(basis.pandas(p.stem).to_dict()) for p in basis.map.glob("*.parquet")),
    ]
    for waarde in PERSOONLIJK:
        assert not any(waarde in tekst for tekst in teksten), waarde
    assert len(basis.pandas("bevindingen").query("gebied == 'GM0200'")) >= 4


def test_bsn_in_een_verkeerde_kolom(tmp_path: Path) -> None:
    """In numbers that the aanbieder makes up, and in columns where it was pasted by accident."""
    referentie = f"V{BSN[0]}"
    los = f"dossier {BSN[1]}/3"
    berichten = [
        jw301(toegewezen("1", ReferentieAanbieder=referentie)),
        jw315(referentie, "02"),
        jw301(toegewezen("2", ReferentieAanbieder=los)),
        jw315(los, "03"),
        jw323(prestatie(BSN[2], vorig=f"{BSN[3]}-1"), nummer=BSN[4]),
    ]
    rijen = [
        rij_toewijzing(BSN[0], client_id=BSN[0]),
        rij_toewijzing(8, productcode=BSN[1], productcategorie="Onzichtbert", reden_wijziging="Geheimenstein"),
    ]
    clienten = [{"client_id": BSN[0], "geboortejaar": BSN[1], "geslacht": "Onzichtbert"}]
    map_met(tmp_path / "in", berichten, {"toewijzingen": rijen, "clienten": clienten})
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    tabellen = [str(basis.pandas(pad.stem).to_dict()) for pad in basis.map.glob("*.parquet")]
    for waarde in (*BSN, "Onzichtbert", "Geheimenstein"):
        assert not any(waarde in tekst for tekst in tabellen), waarde
    staat = basis.pandas("toewijzingen").set_index("toewijzingnummer")
    assert staat["verwijzer"].to_dict() == {"1": "02", "2": "03", "8": "onbekend"}, (
        "references still find each other"
    )


def test_fouten_noemen_geen_waarden(tmp_path: Path) -> None:
    map_met(tmp_path / "in", [jw301(toegewezen())], info=f"client_id: {BSN[0]}")
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    assert BSN[0] not in str(basis.pandas("bevindingen").to_dict())


def test_maskeren() -> None:
    assert veilig(f"{BSN[0]}_1234567890.xml") == "*********_1234567890.xml"
    assert vorm("31/12/2024") == "99/99/9999"
    assert vorm("Geheimenstein, Zoë") == "aaaaaaaaaaaaa, aaa"
    assert len(vorm("x" * 500)) == 25


def test_sleutel_staat_nergens(tmp_path: Path) -> None:
    map_met(tmp_path / "in", [jw301(toegewezen())])
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    assert not any(SLEUTEL in pad.read_bytes() for pad in basis.map.iterdir())
