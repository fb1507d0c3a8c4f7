"""Dates, numbers and codes as exports write them: what is certain is mended, what isn't keeps its text."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyse.inname.vertaling import codeherstel, datums, getallen
from analyse.inname.vertaling.codeherstel import herstel_producten
from analyse.inname.vertaling.datums import lees_datums
from analyse.inname.vertaling.getallen import lees_getallen
from analyse.inname.vertaling.herstel import per_waarde


def _datum(*teksten: str, soort: str = "", volgorde: str = "dmj", einde: bool = False) -> list[str | None]:
    cellen = Counter((tekst, soort) for tekst in teksten)
    gelezen = lees_datums(cellen, volgorde=volgorde, einde=einde)  # type: ignore[arg-type]
    return [gelezen[tekst, soort].tekst for tekst in teksten]


@pytest.mark.parametrize(
    ("tekst", "dag"),
    [
        ("2024-04-01", "2024-04-01"),
        ("01-04-2024", "2024-04-01"),
        ("1-4-2024", "2024-04-01"),
        ("01/04/2024", "2024-04-01"),
        ("1.4.2024", "2024-04-01"),
        ("20240401", "2024-04-01"),
        ("2024-04-01T00:00:00", "2024-04-01"),
        ("2024-04-01 10:15", "2024-04-01"),
        ("01-04-2024 10:15:00", "2024-04-01"),
        ("2024-03-31T22:00:00Z", "2024-04-01"),
        ("2024-03-31T22:00:00+00:00", "2024-04-01"),
        ("1 april 2024", "2024-04-01"),
        ("1-mrt-2024", "2024-03-01"),
        ("45383", "2024-04-01"),
        ("45383,5", "2024-04-01"),
        ("31-12-9999", "9999-12-31"),
        ("2958465", "9999-12-31"),
    ],
)
def test_elke_schrijfwijze_van_een_datum(tekst: str, dag: str) -> None:
    assert _datum(tekst) == [dag]


@pytest.mark.parametrize("tekst", ["31-02-2024", "01-04-24", "99-99-9999", "123", "morgen", "00001", "2024-13-45"])
def test_wat_geen_datum_is_blijft_tekst(tekst: str) -> None:
    assert _datum(tekst) == [tekst]


@given(st.dates(date(1950, 1, 1), date(2199, 12, 31)))
def test_elke_dag_komt_terug(dag: date) -> None:
    vormen = (
        f"{dag:%d-%m-%Y}",
        f"{dag:%Y%m%d}",
        f"{dag.isoformat()}T00:00:00",
        str((dag - datums.EXCEL_NUL).days),
    )
    assert {uit for vorm in vormen for uit in _datum(vorm)} == {dag.isoformat()}


def test_de_volgorde_blijkt_uit_de_andere_waarden() -> None:
    assert _datum("04/13/2024", "04/05/2024") == ["2024-04-13", "2024-04-05"]
    assert _datum("13/04/2024", "04/05/2024", volgorde="mdj") == ["2024-04-13", "2024-05-04"]
    assert _datum("04/05/2024", volgorde="mdj") == ["2024-04-05"]


def test_gemengde_volgorde_is_niet_zeker() -> None:
    teksten = ("13-04-2024", "04-13-2024", "04-05-2024", "05-05-2024")
    assert _datum(*teksten) == ["2024-04-13", "2024-04-13", "04-05-2024", "2024-05-05"]


def _door_excel(dagen: list[date]) -> Counter[tuple[str, str]]:
    """What Excel in English makes of Dutch dates."""
    return Counter(
        (date(d.year, d.day, d.month).isoformat(), "d") if d.day <= 12 else (f"{d:%d-%m-%Y}", "t") for d in dagen
    )


def test_excel_wissel_wordt_teruggezet_als_toeval_het_niet_verklaart() -> None:
    dagen = [date(2024, 1, 2) + timedelta(days=3 * i) for i in range(100)]
    gelezen = lees_datums(_door_excel(dagen), volgorde="dmj", einde=False)
    assert {lezing.tekst for lezing in gelezen.values()} == {d.isoformat() for d in dagen}
    assert {lezing.wat for lezing in gelezen.values()} == {datums.GEWISSELD, datums.ANDERS, ""}


def test_een_paar_datums_bewijzen_geen_wissel() -> None:
    gelezen = lees_datums(_door_excel([date(2024, 4, 2), date(2024, 4, 20)]), volgorde="dmj", einde=False)
    assert gelezen["2024-02-04", "d"] == datums.Lezing("2024-02-04", datums.ONZEKER)


def test_eerste_van_de_maand_en_eind_van_de_maand_bewijzen_niets() -> None:
    cellen = Counter({(f"2024-{m:02d}-01", "d"): 50 for m in range(1, 13)})
    cellen |= Counter({(f"{d}-{m:02d}-2024", "t"): 50 for m in (1, 3, 5) for d in (28, 29, 30, 31)})
    gelezen = lees_datums(cellen, volgorde="dmj", einde=False)
    assert gelezen["2024-07-01", "d"].tekst == "2024-07-01"


def test_geen_wissel_als_een_echte_datum_na_de_twaalfde_valt() -> None:
    cellen = _door_excel([date(2024, 1, 2) + timedelta(days=3 * i) for i in range(100)])
    cellen["2024-01-13", "d"] = 1
    assert lees_datums(cellen, volgorde="dmj", einde=False)["2024-02-01", "d"].wat == ""


@pytest.mark.parametrize("tekst", ["01-01-1900", "1900-01-01", "00000000", "00-00-0000", "0001-01-01"])
def test_geen_einde(tekst: str) -> None:
    assert _datum(tekst, einde=True) == [None]
    assert _datum(tekst, einde=False) != [None]


def _getal(*teksten: str, soort: str = "", decimaal: str = ",", eenheid: str = "euro") -> list[str | None]:
    cellen = Counter((tekst, soort) for tekst in teksten)
    gelezen = lees_getallen(cellen, decimaal=decimaal, eenheid=eenheid)  # type: ignore[arg-type]
    return [gelezen[tekst, soort].tekst for tekst in teksten]


@pytest.mark.parametrize(
    ("tekst", "cent"),
    [
        ("1.234,56", "123456"),
        ("1,234.56", "123456"),
        ("€ 1.234,56", "123456"),
        ("1234,5", "123450"),
        ("12", "1200"),
        ("-12,50", "-1250"),
        ("12,50-", "-1250"),
        ("(12,50)", "-1250"),
        ("1.234.567,00", "123456700"),
        ("1 234,56", "123456"),
        ("12,--", "1200"),
        ("1.234", "123400"),
    ],
)
def test_elke_schrijfwijze_van_een_bedrag(tekst: str, cent: str) -> None:
    assert _getal(tekst) == [cent]


@pytest.mark.parametrize("tekst", ["12,345", "12,3456", "twaalf", "1.2.3", "1,2,3", "--"])
def test_wat_geen_bedrag_is_blijft_tekst(tekst: str) -> None:
    assert _getal(tekst, decimaal=",") == [tekst]


def test_de_decimaal_blijkt_uit_de_andere_waarden() -> None:
    assert _getal("1.234", "0.50") == ["1.234", "50"]  # 1,234 euro is no whole number of cents
    assert _getal("1.234", "0,50", decimaal=".") == ["123400", "50"]
    assert _getal("1.234", "0,50", "0.50") == ["1.234", "50", "50"]


def test_een_getalcel_is_wat_excel_ervan_weet() -> None:
    assert _getal("1234.56", "1234", "0.1", "33.300000000000004", soort="n") == ["123456", "123400", "10", "3330"]
    assert _getal("12", "12.0", soort="n", eenheid="cent") == ["12", "12"]


@given(st.integers(-(10**11), 10**11))
def test_elk_bedrag_komt_terug(cent: int) -> None:
    heel, rest = divmod(abs(cent), 100)
    tekst = f"{'-' if cent < 0 else ''}{heel:,}".replace(",", ".") + f",{rest:02d}"
    assert _getal(tekst) == [str(cent)]


def _producten(codes: list[str], soorten: list[str] | None, categorie: list[str], bekend: set[str]) -> list[str]:
    soort = pa.array(soorten, pa.string()) if soorten else None
    return herstel_producten(pa.array(codes), soort, pa.array(categorie), bekend=bekend).kolom.to_pylist()


def test_productcode_die_excel_voor_een_getal_hield() -> None:
    assert _producten(["5,40E+02"], None, ["54"], set()) == ["54E01"]
    assert _producten(["540"], ["n"], ["54"], {"54E01"}) == ["54E01"]
    assert _producten(["540"], None, ["54"], {"54E01"}) == ["540"]
    assert _producten(["123"], ["n"], ["45"], {"00123"}) == ["00123"]
    assert _producten(["54E01", "45A48"], None, ["54", "45"], set()) == ["54E01", "45A48"]


def test_een_code_die_twee_dingen_kan_zijn_blijft() -> None:
    hersteld = herstel_producten(pa.array(["5,00E+02"]), None, pa.array(["45"]), bekend={"50E01", "05E02"})
    assert (hersteld.kolom.to_pylist(), hersteld.geteld) == (["5,00E+02"], {codeherstel.ONZEKER: 1})


def test_afgeronde_nummers_zijn_geen_nummers_meer() -> None:
    kolom = pa.array(["1,2E+08", "999990019", "12345678901234567"])
    hersteld = per_waarde(kolom, pa.array(["t", "n", "n"]), codeherstel.lees_nummers)
    assert hersteld.kolom.to_pylist() == [None, "999990019", None]
    assert hersteld.geteld == {codeherstel.AFGEROND: 2}


@pytest.mark.parametrize(
    ("tekst", "jaar"), [("2012", "2012"), ("20120000", "2012"), ("2012-05-06", "2012"), ("06-05-2012", "2012")]
)
def test_geboortejaar(tekst: str, jaar: str) -> None:
    assert datums.jaar(tekst) == jaar


def test_onzekere_bedragen_worden_geteld() -> None:
    cellen = Counter({("1.234", ""): 3, ("0,50", ""): 1, ("0.50", ""): 1})
    gelezen = lees_getallen(cellen, decimaal=",", eenheid="euro")
    assert gelezen["1.234", ""].wat == getallen.ONZEKER
