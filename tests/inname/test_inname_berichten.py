"""The message reader: official examples whole, hostile and damaged ones refused, prefixes and domains alike."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from gedeeld import gedeeld
from hypothesis import given, settings
from hypothesis import strategies as st
from inname_bouwer import BSN, bericht, client, jw301, jw305, jw307, jw315, jw323, jw325, prestatie, toegewezen

from analyse.inname.berichten import BerichtLezer
from analyse.inname.ruw import RUW
from analyse.inname.vormgeheugen import VAAK

KLASSEN = {
    "301": ("ToegewezenProduct", "toewijzingen"),
    "305": ("StartProduct", "leveringen"),
    "307": ("StopProduct", "leveringen"),
    "315": ("AangevraagdProduct", "verzoeken"),
    "317": ("(?:Ongewijzigd|TeWijzigen|Nieuw)Product", "verzoeken"),
    "319": ("Antwoord", "verzoeken"),
    "323": ("Prestatie", "declaraties"),
    "325": ("Prestatie", "declaraties"),
}


def gelezen(*berichten: bytes) -> BerichtLezer:
    """All of these through one reader, which must accept them."""
    lezer = BerichtLezer()
    fouten = [lezer.lees(inhoud, bron=0, nr=nr, naam="") for nr, inhoud in enumerate(berichten)]
    assert fouten == [None] * len(berichten)
    return lezer


def rijen(lezer: BerichtLezer, tabel: str) -> list[dict[str, str | None]]:
    return [dict(zip(RUW[tabel], rij[3:], strict=True)) for rij in lezer.rijen[tabel]]


def fout(inhoud: bytes) -> str | None:
    return BerichtLezer().lees(inhoud, bron=0, nr=0, naam="")


@pytest.mark.parametrize("soort", KLASSEN)
def test_officieel_voorbeeld_zonder_verlies(soort: str) -> None:
    tekst = (gedeeld("data/ijw32/berichten") / f"JW{soort}.xml").read_text(encoding="utf-8")
    klasse, tabel = KLASSEN[soort]
    lezer = gelezen(tekst.encode())
    gevonden = rijen(lezer, tabel)
    assert len(gevonden) == len(re.findall(rf"<jw{soort}:{klasse}>", tekst)) > 0
    if soort in ("305", "307"):  # the product stands on the toewijzing
        klasse_tekst = re.sub(r"<jw\d+:Product>.*?</jw\d+:Product>", "", tekst, flags=re.S)
    else:
        klasse_tekst = tekst
    assert Counter(_waarden(klasse_tekst, klasse)) == Counter(w for rij in gevonden for w in _herkend(rij, tekst))


VELDEN = [
    "ToewijzingNummer",
    "ReferentieAanbieder",
    "Categorie",
    "Code",
    "ProductCategorie",
    "ProductCode",
    "Toewijzingsdatum",
    "Toewijzingstijd",
    "Ingangsdatum",
    "RedenWijziging",
    "RedenBeeindiging",
    "ReferentieNummer",
    "VorigReferentieNummer",
    "Bedrag",
    "DebetCredit",
    "GeleverdVolume",
    "ProductTarief",
    "VerzoekAntwoord",
    "RedenAfwijzingVerzoek",
    "Gemeente",
    "Type",
    "ZorgverlenerCode",
    "RetourCode",
]


def _waarden(tekst: str, klasse: str) -> list[str]:
    """Every value of a key element inside the classes, by regular expression: another way of reading."""
    blokken = re.findall(rf"<jw\d+:{klasse}>(.*?)</jw\d+:{klasse}>", tekst, re.S)
    if "317" in tekst[:300]:  # one reference for the whole request, repeated on every product
        referentie = re.search(r"ReferentieAanbieder>(.*?)<", tekst)
        blokken = [f"{blok}<x:ReferentieAanbieder>{referentie[1]}</" for blok in blokken if referentie]
    return [w for blok in blokken for n in VELDEN for w in re.findall(rf"<(?:\w+:)?{n}>([^<]+)</", blok)]


KOLOMMEN = [
    "toewijzingnummer",
    "referentie_aanbieder",
    "productcategorie",
    "productcode",
    "toewijzingsdatum",
    "toewijzingstijd",
    "ingangsdatum",
    "reden_wijziging",
    "reden_beeindiging",
    "referentienummer",
    "vorig_referentienummer",
    "bedrag_cent",
    "debet_credit",
    "antwoord",
    "reden_afwijzing",
    "gemeente_woonplaats",
    "verwijzer_type",
    "verwijzer_agb",
    "retourcode",
    "tarief_cent",
]


def _herkend(rij: dict[str, str | None], tekst: str) -> list[str]:
    kolommen = [*KOLOMMEN, *(["volume"] if "GeleverdVolume" in tekst else [])]
    return [deel for k in kolommen if rij.get(k) for deel in str(rij[k]).split(" ")]


@pytest.mark.parametrize("soort", ["302", "306", "308", "316", "318", "320"])
def test_officieel_retourbericht_wordt_herkend(soort: str) -> None:
    lezer = gelezen((gedeeld("data/ijw32/berichten") / f"JW{soort}.xml").read_bytes())
    assert lezer.berichten[0][3:5] == (soort, "Jw")
    assert not any(rijen(lezer, tabel) for tabel in RUW)


@pytest.mark.parametrize("voor", ["m:", "jw301:", ""])
def test_elk_voorvoegsel(voor: str) -> None:
    (rij,) = rijen(gelezen(jw301(toegewezen("77"), voor=voor)), "toewijzingen")
    assert (rij["toewijzingnummer"], rij["productcode"], rij["aanbieder_agb"]) == ("77", "45A04", "98980001")


def test_wmo_heeft_een_eigen_domein() -> None:
    lezer = gelezen(jw301(toegewezen(), domein="Wmo"), jw305("1", "2024-01-05", domein="Wmo"))
    assert {rij["domein"] for tabel in ("toewijzingen", "leveringen") for rij in rijen(lezer, tabel)} == {"Wmo"}


def test_aanbieder_staat_waar_de_richting_hem_zet() -> None:
    lezer = gelezen(jw301(toegewezen()), jw305("1", "2024-01-05"), jw315("R1", "02"), jw323(prestatie("P1")))
    tabellen = ("toewijzingen", "leveringen", "verzoeken", "declaraties")
    assert {rij["aanbieder_agb"] for tabel in tabellen for rij in rijen(lezer, tabel)} == {"98980001"}
    assert {b[7] for b in lezer.berichten} == {"0200"}


def test_velden_lopen_niet_door_naar_het_volgende_product() -> None:
    vol = toegewezen("1", Einddatum="2024-05-01", RedenWijziging="05", ReferentieAanbieder="R")
    leeg = toegewezen("2", Product=None)
    een, twee = rijen(gelezen(jw301(vol, leeg)), "toewijzingen")
    assert (een["einddatum"], een["reden_wijziging"], een["referentie_aanbieder"]) == ("2024-05-01", "05", "R")
    assert [twee[k] for k in ("einddatum", "reden_wijziging", "referentie_aanbieder", "productcode")] == [None] * 4


def test_velden_lopen_niet_door_naar_het_volgende_bericht() -> None:
    eerste = jw301(toegewezen("1", Einddatum="2024-05-01"))
    stuk = jw301(toegewezen("2", RedenWijziging="13"))[:-40]
    lezer = BerichtLezer()
    assert [lezer.lees(b, bron=0, nr=0, naam="") for b in (eerste, stuk, jw301(toegewezen("3")))] == [
        None,
        "LV05",
        None,
    ]
    laatste = rijen(lezer, "toewijzingen")[-1]
    assert (laatste["toewijzingnummer"], laatste["einddatum"], laatste["reden_wijziging"]) == ("3", None, None)


def test_gelijke_namen_elders_worden_niet_verward() -> None:
    """A Relatie has a Geboortedatum and a Contact a Begindatum of their own."""
    vreemd = {"Relatie": {"Geboortedatum": {"Datum": "1971-01-01"}, "Geslacht": "2", "Bsn": "999990081"}}
    inhoud = {"Client": client(Relaties=vreemd, ToegewezenProducten={"ToegewezenProduct": toegewezen()})}
    lezer = gelezen(bericht("301", inhoud))
    assert [r["geboortejaar"] for r in rijen(lezer, "clienten")] == ["2012-05-06"]
    assert [r["persoon"] for r in rijen(lezer, "toewijzingen")] == [BSN[0]]


def test_verzoek_zonder_producten_gaat_niet_verloren() -> None:
    verzoek = {"ReferentieAanbieder": "W9", "RedenVerzoek": "1"}
    (rij,) = rijen(gelezen(bericht("317", {"Client": {"Bsn": BSN[0], "Verzoek": verzoek}})), "verzoeken")
    assert (rij["referentie_aanbieder"], rij["berichttype"]) == ("W9", "317")


def test_alle_retourcodes_van_een_prestatie() -> None:
    (rij,) = rijen(gelezen(jw325(prestatie("P1"))), "declaraties")
    assert (rij["retourcode"], rij["status"], rij["bericht"]) == ("9321 9322", "afgewezen", "325")


GOED = jw301(toegewezen()).decode()
BOM = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'
EXTERN = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("naam", "inhoud", "code"),
    [
        ("entiteiten", GOED.replace("<m:Bericht", BOM + "<m:Bericht", 1), "LV06"),
        ("externe entiteit", GOED.replace("<m:Bericht", EXTERN + "<m:Bericht", 1), "LV06"),
        ("externe DTD", GOED.replace("<m:Bericht", '<!DOCTYPE a SYSTEM "http://x/y"><m:Bericht', 1), "LV06"),
        ("afgekapt", GOED[: len(GOED) // 2], "LV05"),
        ("leeg", "", "LV05"),
        ("geen XML", "hallo", "LV05"),
        ("tekst na het einde", GOED + "x", "LV05"),
        ("onbekende verwijzing", GOED.replace("45A04", "&nbsp;"), "LV05"),
        ("onbekende codering", GOED.replace("UTF-8", "klingon"), "LV05"),
        ("stuurteken", GOED.replace("45A04", "45\x01"), "LV05"),
        ("ander document", "<rapport/>", "LV07"),
        ("andere wortel", GOED.replace("Bericht ", "Pakket ").replace("/m:Bericht>", "/m:Pakket>"), "LV07"),
        ("zonder kop", re.sub("<m:Header>.*</m:Header>", "", GOED), "LV07"),
        ("onbekende code", GOED.replace(">436<", ">999<"), "LV07"),
    ],
)
def test_wat_geen_goed_bericht_is(naam: str, inhoud: str, code: str) -> None:
    assert fout(inhoud.encode()) == code


def test_codering_die_de_tekst_niet_is() -> None:
    assert fout(GOED.replace("Vertrouwelijke", "Vertrouwélijke").encode("latin-1")) == "LV05"


@pytest.mark.parametrize("codering", ["utf-16", "iso-8859-1", "windows-1252", "utf-8-sig"])
def test_andere_codering_die_klopt(codering: str) -> None:
    naam = "UTF-8" if codering == "utf-8-sig" else codering
    inhoud = GOED.replace("UTF-8", naam).replace("Vertrouwelijke", "Vertrouwélijke").encode(codering)
    (rij,) = rijen(gelezen(inhoud), "toewijzingen")
    assert rij["toewijzingnummer"] == "1"


def test_verwijzingen_en_cdata_worden_gewone_tekst() -> None:
    inhoud = GOED.replace("45A04", "4&#53;A04").replace(">45<", "><![CDATA[45]]><").encode()
    (rij,) = rijen(gelezen(inhoud), "toewijzingen")
    assert (rij["productcategorie"], rij["productcode"]) == ("45", "45A04")


def test_groot_bericht_in_stukken() -> None:
    geheel = jw323(*(prestatie(f"P{i}") for i in range(2000)))
    lezer = BerichtLezer()
    stukken = (geheel[i : i + 1000] for i in range(0, len(geheel), 1000))
    assert lezer.lees_stroom(stukken, bron=0, nr=0, naam="") is None
    assert [r["referentienummer"] for r in rijen(lezer, "declaraties")] == [f"P{i}" for i in range(2000)]


@pytest.mark.parametrize("stuk", [b"x" * 100_000, b"<a>" * 1000])
def test_eindeloos_bericht_houdt_op(stuk: bytes) -> None:
    """Endless text and endless nesting stop long before they fill the memory."""
    gevraagd = 0

    def stukken():
        nonlocal gevraagd
        yield GOED[: GOED.index("Vertrouwelijke")].encode()
        for gevraagd in range(1000):  # noqa: B007 - counts how far the reader goes
            yield stuk

    assert BerichtLezer().lees_stroom(stukken(), bron=0, nr=0, naam="") == "LV25"
    assert gevraagd < 20


# Shapes


@st.composite
def willekeurig(draw: st.DrawFn) -> bytes:
    """A message of some kind, with or without optional parts, and with texts that a shortcut might trip over."""
    tekst = st.sampled_from(
        ["1", "45A04", " 7 ", "", "a>b", "é", "x'y\"", "@3@", "]]", "\n", "\t\r\n", "2024-01-01"]
    )
    weg = st.booleans()
    soort = draw(st.sampled_from(["301", "305", "307", "315", "323", "325"]))
    product = toegewezen(draw(tekst), Einddatum=draw(tekst) if draw(weg) else None, RedenWijziging=draw(tekst))
    lijn = prestatie(draw(tekst), draw(tekst), vorig=draw(tekst) if draw(weg) else None)
    inhoud = {
        "301": lambda: jw301(*[product] * draw(st.integers(1, 2))),
        "305": lambda: jw305(draw(tekst), draw(tekst)),
        "307": lambda: jw307(draw(tekst), draw(tekst), draw(tekst), reden=draw(tekst)),
        "315": lambda: jw315(draw(tekst), draw(tekst), agb=draw(tekst) if draw(weg) else None),
        "323": lambda: jw323(lijn),
        "325": lambda: jw325(lijn),
    }[soort]()
    if draw(st.sampled_from([False] * 4 + [True])):
        plek = draw(st.integers(0, len(inhoud) - 1))
        nieuw = draw(
            st.sampled_from([b"", b"<", b">", b"&", b"\x00", b"\xff", b"<!--x-->", b"<a/>", b"</", b'"', b"\r"])
        )
        inhoud = inhoud[:plek] + nieuw + inhoud[plek + draw(st.integers(0, 2)) :]
    return inhoud


@settings(max_examples=60, deadline=None)
@given(st.lists(willekeurig(), min_size=1, max_size=25))
def test_vormgeheugen_leest_precies_wat_de_ontleder_leest(berichten: list[bytes]) -> None:
    """The same messages with and without the memory of shapes: same rows, same verdicts."""
    met, zonder = BerichtLezer(), BerichtLezer()
    for ronde in range(VAAK + 1):
        for nr, inhoud in enumerate(berichten):
            naam = f"{ronde}-{nr}"
            een = met.lees(inhoud, bron=ronde, nr=nr, naam=naam)
            twee = zonder.lees_stroom([inhoud], bron=ronde, nr=nr, naam=naam)
            assert een == twee
    assert met.berichten == zonder.berichten
    goed = {(b[0], b[1]) for b in met.berichten if b[-1] is None}
    for tabel in RUW:
        assert [r for r in met.rijen[tabel] if r[:2] in goed] == [r for r in zonder.rijen[tabel] if r[:2] in goed]


def test_vormgeheugen_wordt_gebruikt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a shape is known, the event reader stays out of it."""
    lezer = BerichtLezer()
    for nr in range(VAAK):
        assert lezer.lees(jw305(str(nr), "2024-01-05"), bron=0, nr=nr, naam="") is None
    monkeypatch.setattr(lezer, "lees_stroom", lambda *_, **__: pytest.fail("read again"))
    assert lezer.lees(jw305("9", "2024-02-06"), bron=0, nr=9, naam="derde") is None
    assert rijen(lezer, "leveringen")[-1]["begindatum"] == "2024-02-06"
    assert lezer.berichten[-1][:3] == (0, 9, "derde")


def test_losse_berichten_map(tmp_path: Path) -> None:
    """The example messages as a delivery; Afzender 0384 is another gemeente than the folder, which is told."""
    from inname_bouwer import lees_map

    map_ = tmp_path / "in" / "GM0200"
    map_.mkdir(parents=True)
    for pad in gedeeld("data/ijw32/berichten").glob("*.xml"):
        (map_ / pad.name).write_bytes(pad.read_bytes())
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    telling = basis.pandas("telling")
    gelezen_ = telling.groupby("tabel")["gelezen"].sum().to_dict()
    assert gelezen_ == {
        "berichten": 14, "clienten": 4, "toewijzingen": 2, "leveringen": 4, "verzoeken": 5, "declaraties": 8
    }  # fmt: skip
    bevindingen = basis.pandas("bevindingen")
    eigen = bevindingen[bevindingen["gebied"] == "GM0200"]
    assert eigen.loc[eigen["code"] == "LV14", "aantal"].sum() == 9
    assert eigen.loc[eigen["code"] == "LV15", "aantal"].sum() == 5
    spells = basis.pandas("spells")
    assert spells["verwijzer"].tolist() == ["01", "02"]
    assert spells["begin"].dt.strftime("%Y-%m-%d").tolist() == ["2026-04-03", "2026-04-15"]
