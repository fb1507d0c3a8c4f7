"""What a delivery is held against: the one before, its own run-off, the ledger, CBS."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from inname_bouwer import BSN, SLEUTEL, WORTEL, lees_map, map_met, rij_declaratie, rij_levering, rij_toewijzing

from analyse.inname import lees
from analyse.inname.trend import TELLING, Vergelijking, lees_telling, vergelijk
from analyse.params import Params

MAANDEN = [f"{jaar}-{maand:02d}" for jaar in (2023, 2024) for maand in range(1, 13)]


def _telling(
    maanden: list[str] = MAANDEN, *, rijen: int = 20, tabel: str = "declaraties", gemeente: str = "GM0200"
) -> pd.DataFrame:
    """So many rows each month: one person per two rows, a hundred euros per row."""
    return pd.DataFrame(
        {
            "gemeente": gemeente,
            "tabel": tabel,
            "maand": maanden,
            "rijen": rijen,
            "personen": rijen // 2,
            "euro_cent": rijen * 10_000,
        }
    )


def _codes(nu: pd.DataFrame, vorige: pd.DataFrame) -> list[tuple[str, str]]:
    return [(b.code, b.ontvangen) for b in vergelijk(nu, vorige)]


def test_niets_veranderd_en_wat_erbij_kwam() -> None:
    nu = _telling([*MAANDEN, "2025-01", "2025-02"], rijen=22)
    assert _codes(nu, _telling()) == []


def test_een_vijfde_minder() -> None:
    assert _codes(_telling(rijen=17), _telling()) == []
    (gevonden,) = vergelijk(_telling(rijen=14), _telling())
    assert (gevonden.code, gevonden.ernst, gevonden.raakt) == ("DK26p", "blokkerend", "euro")
    assert gevonden.ontvangen == "declaraties: 30 procent minder regels"
    assert gevonden.aantal == 6 * 21 and gevonden.euro_cent == 6 * 21 * 10_000


def test_personen_of_euro_alleen_telt_ook() -> None:
    nu = _telling().assign(personen=3)
    assert _codes(nu, _telling()) == [("DK26p", "declaraties: 70 procent minder personen")]
    nu = _telling().assign(euro_cent=100_000)
    assert _codes(nu, _telling()) == [("DK26p", "declaraties: 50 procent minder euro")]


def test_de_laatste_maanden_mogen_nog_vollopen() -> None:
    toen = _telling()
    nu = toen.copy()
    nu.loc[nu["maand"] >= "2024-10", ["rijen", "personen", "euro_cent"]] = 1
    assert _codes(nu, toen) == []


def test_een_gat_en_een_later_begin() -> None:
    nu = _telling([m for m in MAANDEN if m >= "2023-04" and m not in ("2023-08", "2023-09", "2024-02")])
    assert _codes(nu, _telling()) == [
        ("DK26r", "declaraties: 2023-01 tot en met 2023-03"),
        ("DK26q", "declaraties: 2023-08 tot en met 2023-09, 2024-02"),
    ]
    ernst = {b.code: (b.ernst, b.aantal) for b in vergelijk(nu, _telling())}
    assert ernst == {"DK26r": ("waarschuwing", 60), "DK26q": ("blokkerend", 60)}


def test_een_tabel_die_er_niet_meer_is() -> None:
    andere = _telling(tabel="toewijzingen")
    nu, toen = andere, pd.concat([andere, _telling(tabel="uitkomsten")])
    assert _codes(nu, toen) == [("DK26s", "uitkomsten")]
    assert _codes(_telling(gemeente="GM0213"), _telling()) == []


def test_te_weinig_om_iets_te_zeggen() -> None:
    assert _codes(_telling(MAANDEN[:5], rijen=2), _telling(MAANDEN[:5], rijen=4)) == []
    assert _codes(_telling(), lees_telling(Path("bestaat-niet.parquet"))) == []


# From a delivery


def _declaraties(maanden: int, *, vertraging: int = 1) -> list[dict[str, object]]:
    """Each month 100 euro of which half comes `vertraging` months later than the other half."""
    rijen: list[dict[str, object]] = []
    for n in range(maanden):
        begin = pd.Timestamp("2023-01-01") + pd.DateOffset(months=n)
        for deel, later in (("a", 1), ("b", 1 + vertraging)):
            dag = begin + pd.DateOffset(months=later, days=4)
            if dag <= pd.Timestamp("2025-12-31"):
                eind = begin + pd.offsets.MonthEnd(0)
                extra = {
                    "bedrag_cent": "500000",
                    "referentienummer": f"{n}{deel}",
                    "dagtekening": f"{dag:%Y-%m-%d}",
                }
                rijen.append({**rij_declaratie("1", f"{begin:%Y-%m-%d}", f"{eind:%Y-%m-%d}"), **extra})
    return rijen


def test_uitloop_van_de_laatste_maanden(tmp_path: Path) -> None:
    tabellen = {"toewijzingen": [rij_toewijzing("1")], "declaraties": _declaraties(36, vertraging=2)}
    map_met(tmp_path / "in", tabellen=tabellen)
    t = lees_map(tmp_path / "in", tmp_path / "uit").pandas("bevindingen").set_index("code")
    # October and November miss their second half: twice 5,000 euro.
    assert t.loc["DK22", "aantal"] == 2 and t.loc["DK22", "euro_cent"] == pytest.approx(1_000_000)
    assert t.loc["DK22", "ontvangen"].startswith("naar verwachting nog 10.000 euro tot 10.000 euro")


def test_geen_uitloop_zonder_geschiedenis(tmp_path: Path) -> None:
    map_met(
        tmp_path / "in", tabellen={"toewijzingen": [rij_toewijzing("1")], "declaraties": _declaraties(36)[-8:]}
    )
    assert "DK22" not in set(lees_map(tmp_path / "in", tmp_path / "uit").pandas("bevindingen")["code"])


def test_jaarrekening(tmp_path: Path) -> None:
    def boek(jaar: int, taakveld: str, werkelijk: object) -> dict[str, object]:
        return {"jaar": jaar, "taakveld": taakveld, "begroot_cent": 1, "werkelijk_cent": werkelijk}

    begroting = [
        boek(2023, "6.72a", 12_400_000), boek(2024, "6.72a", 9_000_000), boek(2024, "6.71", 3_000_000),
        boek(2025, "6.72a", 1),
    ]  # fmt: skip
    tabellen = {
        "toewijzingen": [rij_toewijzing("1")],
        "declaraties": _declaraties(36),
        "begroting": begroting,
    }
    map_met(tmp_path / "in", tabellen=tabellen)
    t = lees_map(tmp_path / "in", tmp_path / "uit").pandas("bevindingen")
    eigen = t[t["code"].eq("DK23")]
    assert eigen["ontvangen"].tolist() == [
        "2024: gedeclareerd 120.000 euro, jaarrekening 90.000 euro (33 procent meer gedeclareerd)"
    ]
    assert eigen["euro_cent"].tolist() == [3_000_000]


def test_cbs_naar_de_schaal_van_de_levering(tmp_path: Path) -> None:
    referentie = tmp_path / "referentie"
    referentie.mkdir()
    kop = "gebied;jaar;leeftijd;aantal;bron;status\n"
    (referentie / "bevolking.csv").write_text(kop + "GM0200;2024;0-22;40000;x;y\n", encoding="utf-8")
    (referentie / "cbs_gemeenten.csv").write_text(
        "maat;gebied;periode;categorie;waarde;eenheid;status;bron;datum\n"
        "jongeren_jeugdhulp;GM0200;2024-H1;totaal;400;aantal;voorlopig;CBS;2025-01-01\n",
        encoding="utf-8",
    )
    nummers = range(60)
    tabellen = {
        "toewijzingen": [rij_toewijzing(n, client_id=f"K{n}") for n in nummers],
        "leveringen": [rij_levering(n, "start", "2024-01-01") for n in nummers],
    }
    map_met(tmp_path / "in", tabellen=tabellen, info="client_id: eigen")
    params = Params.open(WORTEL)

    def gevonden(naam: str) -> list[str]:
        met = Vergelijking(referentie, tmp_path / "in")
        basis = lees(tmp_path / "in", params=params, uit=tmp_path / naam, sleutel=SLEUTEL, met=met)
        t = basis.pandas("bevindingen")
        return t.loc[t["code"].eq("DK25"), "ontvangen"].tolist()

    assert gevonden("vol") == ["2024-H1: 85 procent minder jeugdigen dan CBS (CBS)"]
    (tmp_path / "in" / "bevolking.csv").write_text(kop + "GM0200;2024;0-22;6000;x;y\n", encoding="utf-8")
    assert gevonden("geschaald") == []


def test_de_volgende_levering_mist_een_deel(tmp_path: Path) -> None:
    nummers = range(300)

    def levering(map_: str, mee: range) -> Path:
        dag = [f"{2023 + n // 150}-{1 + n % 12:02d}-10" for n in nummers]
        rijen = [rij_toewijzing(n, ingangsdatum=dag[n], client_id=BSN[n % 5]) for n in mee]
        return map_met(tmp_path / map_, tabellen={"toewijzingen": rijen})

    eerst = lees_map(levering("een", nummers), tmp_path / "uit1")
    telling = lees_telling(eerst.map / TELLING)
    assert telling["rijen"].sum() == 300 * 2 and set(telling["tabel"]) == {"toewijzingen", "begonnen hulp"}
    assert "persoon" not in telling.columns and telling["personen"].le(5).all()
    basis = lees(
        levering("twee", range(0, 300, 2)), params=Params.open(WORTEL), uit=tmp_path / "uit2", sleutel=SLEUTEL,
        met=Vergelijking(vorige=eerst.map / TELLING),
    )  # fmt: skip
    t = basis.pandas("bevindingen")
    gevonden = t[t["code"].str.startswith("DK26") & t["ontvangen"].str.startswith("toewijzingen")]
    assert set(gevonden["code"]) <= {"DK26p", "DK26q"} and len(gevonden)
