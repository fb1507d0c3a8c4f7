"""The register of corrections: what it does to rows, what it refuses, and what it tells."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from inname_bouwer import (
    AGB,
    SLEUTEL,
    WORTEL,
    jw301,
    jw323,
    jw325,
    map_met,
    prestatie,
    rij_declaratie,
    rij_toewijzing,
    toegewezen,
)

from analyse.correctieregister import lees_correcties, overzicht
from analyse.inname import lees
from analyse.kern.basis import Basis
from analyse.kern.fouten import ParameterFout
from analyse.params import Params

VAST = """
tabel: declaraties
gemeente: GM0200
reden: Dubbel ingediend door de aanbieder
melder: contractmanager
datum: 2026-01-12
geldig_tot: 2026-12-31
"""


def _lees(tmp_path: Path, correcties: dict[str, str], **wat: object) -> Basis:
    """Read a delivery (messages and/or tabellen) with these corrections."""
    map_met(tmp_path / "in", **wat)  # type: ignore[arg-type]
    kit = tmp_path / "kit"
    shutil.copytree(WORTEL / "params", kit / "params", dirs_exist_ok=True)
    for naam, tekst in correcties.items():
        (kit / "params" / "correcties" / f"{naam}.yaml").parent.mkdir(exist_ok=True)
        (kit / "params" / "correcties" / f"{naam}.yaml").write_text(f"id: {naam}\n{tekst}", encoding="utf-8")
    params = Params.open(kit)
    return lees(tmp_path / "in", params=params, uit=tmp_path / "uit", sleutel=SLEUTEL)


def _declaraties() -> dict[str, list[dict[str, object]]]:
    maanden = [("2024-01-01", "2024-01-31"), ("2024-02-01", "2024-02-29"), ("2024-03-01", "2024-03-31")]
    return {
        "toewijzingen": [rij_toewijzing("1"), rij_toewijzing("2")],
        "declaraties": [rij_declaratie(n, *m) for n in ("1", "2") for m in maanden],
    }


def _cr(basis: Basis) -> pd.DataFrame:
    t = basis.pandas("bevindingen")
    return t[t["code"].str.startswith("CR")].set_index("code")


def _klopt(basis: Basis) -> pd.DataFrame:
    t = basis.pandas("telling").set_index("tabel")
    assert (t["gelezen"] == t[["gebruikt", "vervangen", "verwijderd", "opzij"]].sum(axis=1)).all()
    return t


def test_weglaten_telt_als_opzij(tmp_path: Path) -> None:
    tekst = VAST + "kies: {toewijzingnummer: '1'}\nvan: 2024-02-01\ndoe: weglaten\nverwacht: {rijen: 2}\n"
    basis = _lees(tmp_path, {"dubbel": tekst}, tabellen=_declaraties())
    assert len(basis.pandas("declaraties")) == 4
    assert _klopt(basis).loc["declaraties", ["gelezen", "gebruikt", "opzij"]].tolist() == [6, 4, 2]
    gevonden = _cr(basis).loc["CR01"]
    assert (gevonden["ernst"], gevonden["gebied"], gevonden["aantal"]) == ("informatie", "GM0200", 2)
    assert gevonden["regel"] == "Correctie dubbel: weggelaten. Dubbel ingediend door de aanbieder."
    assert gevonden["ontvangen"] == "gemeld door contractmanager op 12-01-2026"
    assert gevonden["euro_cent"] > 0


def test_vervangen_maakt_een_onleesbare_rij_weer_bruikbaar(tmp_path: Path) -> None:
    tabellen = {"toewijzingen": [rij_toewijzing("1", ingangsdatum="32-13-2024"), rij_toewijzing("2")]}
    tekst = VAST.replace("declaraties", "toewijzingen") + (
        "kies: {toewijzingnummer: '1', ingangsdatum: leeg}\ndoe: vervangen\n"
        "zet: {ingangsdatum: 2024-01-15}\nverwacht: {nummers: 1}\n"
    )
    zonder = _lees(tmp_path / "a", {}, tabellen=tabellen)
    basis = _lees(tmp_path / "b", {"datum": tekst}, tabellen=tabellen)
    assert len(zonder.pandas("toewijzingen")) == 1 and "DK01a" in set(zonder.pandas("bevindingen")["code"])
    eigen = basis.pandas("toewijzingen").set_index("toewijzingnummer").loc["1"]
    assert eigen["ingangsdatum"] == pd.Timestamp("2024-01-15")
    assert "DK01a" not in set(basis.pandas("bevindingen")["code"]) and _cr(basis).index.tolist() == ["CR02"]
    assert _klopt(basis).loc["toewijzingen", "gebruikt"] == 2


def test_schalen(tmp_path: Path) -> None:
    tekst = VAST + (
        f"kies: {{aanbieder: '{AGB}', productcode: 45A04}}\ntot: 2024-01-31\ndoe: schalen\nkolom: bedrag_cent\n"
        "factor: 0.01\nverwacht: {rijen: 2, bedrag_cent: 10000}\n"
    )
    tabellen = _declaraties()
    for rij in tabellen["declaraties"]:
        rij |= {"bedrag_cent": "5000", "aanbieder_agb": AGB}
    basis = _lees(tmp_path, {"euro": tekst}, tabellen=tabellen)
    assert sorted(basis.pandas("declaraties")["bedrag_cent"]) == [50, 50, 5000, 5000, 5000, 5000]
    gevonden = _cr(basis).loc["CR03"]
    assert (gevonden["aantal"], gevonden["euro_cent"], gevonden["aanbieder"]) == (2, 10000, AGB)


def test_markeren_verandert_niets(tmp_path: Path) -> None:
    tekst = VAST + "kies: {productcode: 45A04}\ndoe: markeren\nverwacht: {rijen: 6}\n"
    basis = _lees(tmp_path, {"let-op": tekst}, tabellen=_declaraties())
    assert len(basis.pandas("declaraties")) == 6
    assert _cr(basis).loc["CR04", "ernst"] == "waarschuwing"


def test_berichten_een_afkeuring_telt_niet_mee(tmp_path: Path) -> None:
    """A 325 repeats the declaration that it rejects: it is hit, but the guard is about what was declared."""
    berichten = [
        jw301(toegewezen("1")), jw323(prestatie("R1"), prestatie("R2", begin="2024-03-01", eind="2024-03-31")),
        jw325(prestatie("R1")),
    ]  # fmt: skip
    tekst = VAST + "kies: {referentienummer: R1}\ndoe: weglaten\nverwacht: {rijen: 1, bedrag_cent: 5000}\n"
    basis = _lees(tmp_path, {"weg": tekst}, berichten=berichten)
    assert basis.pandas("declaraties")["referentienummer"].tolist() == ["R2"]
    assert _klopt(basis).loc["declaraties", "opzij"] == 2


@pytest.mark.parametrize("verwacht", ["{rijen: 2}", "{rijen: 1, bedrag_cent: 999}", "{nummers: 9}"])
def test_raakt_iets_anders_dan_verwacht(tmp_path: Path, verwacht: str) -> None:
    tekst = VAST + f"kies: {{toewijzingnummer: '1'}}\ntot: 2024-01-31\ndoe: weglaten\nverwacht: {verwacht}\n"
    basis = _lees(tmp_path, {"oud": tekst}, tabellen=_declaraties())
    gevonden = _cr(basis).loc["CR06"]
    assert (gevonden["ernst"], gevonden["raakt"]) == ("blokkerend", "alles")
    assert " in plaats van " in gevonden["ontvangen"]
    assert len(basis.pandas("declaraties")) == 6


def test_hersteld_in_de_bron(tmp_path: Path) -> None:
    tekst = VAST + "kies: {toewijzingnummer: '77'}\ndoe: weglaten\nverwacht: {rijen: 3}\n"
    basis = _lees(tmp_path, {"oud": tekst}, tabellen=_declaraties())
    assert _cr(basis).loc["CR06", "ontvangen"] == "rijen 0 in plaats van 3"


def test_marge(tmp_path: Path) -> None:
    tekst = VAST + "kies: {productcode: 45A04}\ndoe: markeren\nverwacht: {rijen: 5, marge: 20}\n"
    assert "CR04" in _cr(_lees(tmp_path, {"ruim": tekst}, tabellen=_declaraties())).index


def test_verlopen(tmp_path: Path) -> None:
    oud = VAST.replace("2026-12-31", "2025-06-30") + "kies: {toewijzingnummer: '%s'}\ndoe: weglaten\n"
    correcties = {"nog": oud % "1" + "verwacht: {rijen: 3}\n", "weg": oud % "77" + "verwacht: {rijen: 3}\n"}
    gevonden = _cr(_lees(tmp_path, correcties, tabellen=_declaraties()))
    assert gevonden.index.tolist() == ["CR05"]
    assert gevonden.loc["CR05", "regel"].startswith("Correctie nog: ")


def test_alleen_wat_actief_is_en_geleverd(tmp_path: Path) -> None:
    kern = "kies: {toewijzingnummer: '1'}\ndoe: weglaten\nverwacht: {rijen: 3}\n"
    basis = _lees(tmp_path, {"idee": VAST + kern + "status: voorgesteld\n"}, tabellen=_declaraties())
    assert _cr(basis).empty and len(basis.pandas("declaraties")) == 6


def test_twee_correcties_zien_allebei_de_bron(tmp_path: Path) -> None:
    een = "kies: {toewijzingnummer: '1', productcode: 45A04}\ndoe: vervangen\nzet: {productcode: 45A05}\n"
    twee = "kies: {toewijzingnummer: '1', productcode: 45A04}\ndoe: schalen\nkolom: bedrag_cent\nfactor: 2\n"
    verwacht = "verwacht: {rijen: 3}\n"
    basis = _lees(tmp_path, {"a": VAST + een + verwacht, "b": VAST + twee + verwacht}, tabellen=_declaraties())
    assert _cr(basis).index.tolist() == ["CR02", "CR03"]
    eigen = basis.pandas("declaraties").query("toewijzingnummer == '1'")
    assert set(eigen["productcode"]) == {"45A05"}


def test_geen_tekst_uit_een_correctie_wordt_een_vraag(tmp_path: Path) -> None:
    tekst = VAST + "kies: {toewijzingnummer: \"1' OR '1'='1\"}\ndoe: weglaten\nverwacht: {rijen: 6}\n"
    basis = _lees(tmp_path, {"kwaad": tekst}, tabellen=_declaraties())
    assert _cr(basis).index.tolist() == ["CR06"] and len(basis.pandas("declaraties")) == 6


_DOE = "doe: weglaten\nverwacht: {rijen: 1}\n"


@pytest.mark.parametrize(
    ("tekst", "fout"),
    [
        (VAST + "kies: {client_id: '999990019'}\n" + _DOE, "nooit een cliënt"),
        (VAST + "kies: {produktcode: 45A04}\n" + _DOE, "bedoelde u productcode"),
        (VAST + "kies: {}\n" + _DOE, "minstens één kolom"),
        (VAST.replace("GM0200", "200") + "kies: {productcode: 45A04}\n" + _DOE, "GM0200"),
        (VAST.replace("GM0200", "GM0363") + "kies: {productcode: 45A04}\n" + _DOE, "hoort niet bij de regio"),
        (VAST.replace("contractmanager", "Jan Jansen") + "kies: {productcode: 45A04}\n" + _DOE, "noem een rol"),
        (VAST.replace("aanbieder", "kind 999990019") + "kies: {productcode: 45A04}\n" + _DOE, "geen nummers"),
        (VAST.replace("declaraties", "declaratie") + "kies: {productcode: 45A04}\n" + _DOE, "tabel bestaat niet"),
        (VAST + "kies: {productcode: 45A04}\ndoe: weglaten\nverwacht: {marge: 3}\n", "noem rijen"),
        (VAST + "kies: {productcode: 45A04}\ndoe: vervangen\nverwacht: {rijen: 1}\n", "'zet' hoort bij"),
        (
            VAST + "kies: {productcode: 45A04}\ndoe: schalen\nkolom: eenheid\nfactor: 2\nverwacht: {rijen: 1}\n",
            "alleen met een getal",
        ),
    ],
)
def test_fouten_in_het_bestand(tmp_path: Path, tekst: str, fout: str) -> None:
    (tmp_path / "x.yaml").write_text("id: x\n" + tekst, encoding="utf-8")
    with pytest.raises(ParameterFout, match=fout):
        lees_correcties(tmp_path, gemeenten=["GM0200"])


def test_id_is_de_naam_van_het_bestand(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("id: y\n" + VAST + "kies: {productcode: 45A04}\n" + _DOE, encoding="utf-8")
    with pytest.raises(ParameterFout, match="naam van het bestand"):
        lees_correcties(tmp_path, gemeenten=["GM0200"])


def test_overzicht_voor_de_lezer(tmp_path: Path) -> None:
    kern = "kies: {toewijzingnummer: '%s'}\ndoe: weglaten\nverwacht: {rijen: 3}\n"
    correcties = {
        "een": VAST + kern % "1",
        "oud": VAST + kern % "77",
        "idee": VAST + kern % "2" + "status: voorgesteld\n",
    }
    basis = _lees(tmp_path, correcties, tabellen=_declaraties())
    register = lees_correcties(tmp_path / "kit" / "params" / "correcties", gemeenten=["GM0200"])
    t = overzicht(register, basis.pandas("bevindingen")).set_index("id")
    assert t["stand"].to_dict() == {"een": "toegepast", "idee": "voorgesteld", "oud": "niet toegepast"}
    assert t.loc["een", "rijen"] == 3 and t["rijen"].notna().sum() == 1
    assert overzicht(register, pd.DataFrame())["stand"].eq("niet aan de orde").sum() == 2
    assert overzicht((), basis.pandas("bevindingen")).empty


def test_het_voorbeeld_in_de_docs_is_geldig(tmp_path: Path) -> None:
    tekst = (WORTEL / "docs" / "correcties.md").read_text(encoding="utf-8").split("```")[1].removeprefix("yaml\n")
    (tmp_path / "dubbel-ingediend-2024.yaml").write_text(tekst, encoding="utf-8")
    (correctie,) = lees_correcties(tmp_path, gemeenten=["GM0200"])
    assert correctie.doe == "weglaten" and correctie.verwacht.rijen == 12
