"""The words of titles and alt texts on a fixed Vrijgave, and that every figure in them comes from the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import floor

import pandas as pd
import pytest
from alle import getallen
from fabriek import maak_beeld

from analyse.weergave import Figuur, Tabel, Weergave, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import gebruik, instroom, trajectduur, uithuisplaatsingen, verwijzingen

Rapport = Callable[[str], dict[str, Weergave]]

TITELS = {
    "gebruik.omvang": (
        "In Epe kregen 710 jeugdigen jeugdhulp, 50 meer (+8%) dan een jaar eerder (gewone schommeling)"
    ),
    "gebruik.verloop": "In Epe kregen 91 van elke 1.000 jeugdigen jeugdhulp, in de regio 86",
    "gebruik.leeftijd": "De groep van 4 tot en met 11 jaar is in Epe het grootst: 45%, in de regio 45%",
    "gebruik.hulpvorm": "Ambulant bij de aanbieder is in Epe de grootste hulpvorm: 55%, in de regio 55%",
    "instroom.verloop": "In Epe begonnen 33 trajecten per 1.000 jeugdigen, in de regio 35",
    "instroom.in_en_uit": "In Epe begonnen ongeveer evenveel trajecten als er eindigden: 260 en 270 (voorlopig)",
    "verwijzingen.aandeel": "De gemeente is in Epe de grootste verwijzer: 48%, in de regio 48%",
    "verwijzingen.verloop": (
        "In Epe kwam 29% van de begonnen trajecten via de huisarts, ongeveer gelijk aan een jaar eerder"
    ),
    "verwijzingen.huisarts_sggz": (
        "In Epe verwees de huisarts 8,3 keer per 1.000 jeugdigen naar specialistische ggz, in de regio 6,6"
    ),
    "trajectduur.drie_maten": (
        "Een nieuw traject duurt in Epe naar verwachting 338 dagen, ongeveer gelijk aan een jaar eerder"
    ),
    "trajectduur.langlopend": "In Epe duurt 18% van de lopende trajecten langer dan 2 jaar, in de regio 18%",
    "uithuisplaatsingen.in_en_uit": (
        "In Epe woonden 50 jeugdigen een tijd buiten huis, 25 minder (−33%) dan een jaar eerder "
        "(gewone schommeling)"
    ),
    "uithuisplaatsingen.maatregel": "De groep zonder maatregel is in Epe het grootst: 50%, in de regio 50%",
    "uithuisplaatsingen.duur": (
        "Een nieuw verblijf duurt in Epe naar verwachting 498 dagen, in de regio 506 dagen"
    ),
}
TITELS_REGIO = {
    "gebruik.verloop": "Jeugdigen met jeugdhulp per 1.000 jeugdigen: nergens een duidelijke verandering",
    "gebruik.hulpvorm": "Ambulant bij de aanbieder is overal de grootste hulpvorm",
    "instroom.leeftijd": "De groep van 4 tot en met 11 jaar is overal het grootst",
    "verwijzingen.verloop": "De gemeente is overal de grootste verwijzer",
    "trajectduur.duur": (
        "Verwachte duur van nieuwe trajecten: duidelijk langer in Apeldoorn dan in de regio (325 dagen)"
    ),
}


@pytest.mark.parametrize(("gebied", "titels"), [("GM0232", TITELS), ("REGIO", TITELS_REGIO)])
def test_titles_say_what_the_chart_shows(rapport: Rapport, gebied: str, titels: dict[str, str]) -> None:
    gezien = rapport(gebied)
    assert {naam: gezien[naam].titel.replace("\xa0", " ") for naam in titels} == titels  # type: ignore[attr-defined]


def test_subtitle_and_alt_text_of_one_chart(tabel: pd.DataFrame) -> None:
    figuur = instroom.verloop(maak_beeld("GM0232", tabel=tabel))
    assert isinstance(figuur, Figuur) and figuur.alt
    assert figuur.ondertitel == (
        "Begonnen trajecten per 1.000 jeugdigen, per halfjaar, 1e halfjaar 2021 tot en met 2e halfjaar 2025"
    )
    assert figuur.alt.replace("\xa0", " ") == (
        "Lijngrafiek met twee reeksen. Epe: van 34,0 per 1.000 (1e halfjaar 2021) naar 33,3 per 1.000 (voorlopig, "
        "2e halfjaar 2025); laagste 28,8 per 1.000 (1e halfjaar 2022), hoogste 38,5 per 1.000 (1e halfjaar 2023). "
        "Regio: van 34,2 per 1.000 (1e halfjaar 2021) naar 34,7 per 1.000 (voorlopig, 2e halfjaar 2025); "
        "laagste 33,6 per 1.000 (1e halfjaar 2022), hoogste 34,8 per 1.000 (2e halfjaar 2024)."
    )


def test_a_hidden_newest_figure_is_said_in_the_title(tabel: pd.DataFrame) -> None:
    raak = tabel["gebied"].eq("GM0232") & tabel["periode"].eq("2025-H2")
    verborgen = tabel.assign(
        waarde=tabel["waarde"].mask(raak),
        teller=tabel["teller"].mask(raak),
        status=tabel["status"].mask(raak, "verborgen"),
    )
    beeld = maak_beeld("GM0232", tabel=verborgen)
    titels = [maak(beeld).titel for maak in (gebruik.verloop, instroom.in_en_uit, uithuisplaatsingen.in_en_uit)]  # type: ignore[union-attr]
    assert titels == [
        "Jeugdigen met jeugdhulp per 1.000 jeugdigen in Epe: niet te zien door privacyregels",
        "Begonnen trajecten in Epe: niet te zien door privacyregels",
        "Jeugdigen die buiten huis woonden in Epe: niet te zien door privacyregels",
    ]


def test_the_largest_group_is_not_claimed_when_a_hidden_one_may_be_larger(tabel: pd.DataFrame) -> None:
    raak = tabel["hulpvorm"].eq("02") & tabel["gebied"].eq("GM0232") & tabel["periode"].eq("2025-H2")
    verborgen = tabel.assign(
        waarde=tabel["waarde"].mask(raak),
        teller=tabel["teller"].mask(raak),
        status=tabel["status"].mask(raak, "verborgen"),
    )
    figuur = instroom.hulpvorm(maak_beeld("GM0232", tabel=verborgen))
    assert figuur.titel == "De grootste hulpvorm in Epe: niet te zien door privacyregels"  # type: ignore[union-attr]


def uit_rijen(beeld: Beeld, data: pd.DataFrame) -> set[float]:
    """Every number that may be said of these rows: rounded figures, and their change in a year."""
    waarden = data[["waarde", "onder", "boven"]].to_numpy(dtype=float).ravel()
    gezegd = {round_ for w in waarden if not pd.isna(w) for round_ in afgerond(abs(float(w)))}
    sleutel = [
        k
        for k in data.columns
        if k not in ("periode", "waarde", "teller", "noemer", "onder", "boven", "status", "methode")
    ]
    for _, deel in data.groupby(sleutel, dropna=False):
        per_periode = dict(zip(deel["periode"], deel["waarde"], strict=True))
        nu, toen = (per_periode.get(str(periode)) for periode in (beeld.periode, beeld.jaar_eerder))
        if nu is not None and not pd.isna(nu) and toen and not pd.isna(toen):
            gezegd |= (
                {abs(floor(nu + 0.5) - floor(toen + 0.5))}
                | afgerond(abs(nu - toen))
                | afgerond(100 * abs(nu - toen) / toen)
            )
    return gezegd


def afgerond(waarde: float) -> set[float]:
    """A number as the house rounds it: whole and with one decimal, or in millions."""
    tekst = [opmaak.getal(waarde, decimalen) for decimalen in (0, 1)] + [opmaak.getal(waarde / 1e6, 1)]
    return {float(t.replace(".", "").replace(",", ".").replace(opmaak.MIN, "-")) for t in tekst}


def figuren_en_tabellen(objecten: dict[str, Weergave]) -> Iterator[tuple[str, Figuur | Tabel]]:
    """Objects with data rows; tables with figures of others are left out, those have their own sources."""
    for naam, object_ in objecten.items():
        if isinstance(object_, Figuur | Tabel) and object_.data is not None and not naam.endswith("naast_cbs"):
            yield naam, object_


@pytest.mark.parametrize("gebied", ["REGIO", "GM0232", "GM0244"])
def test_every_figure_in_words_and_cells_comes_from_the_released_rows(
    tabel: pd.DataFrame, rapport: Rapport, gebied: str
) -> None:
    beeld = maak_beeld(gebied, tabel=tabel)
    vrij = {2.0}  # the years of a long-running traject, a parameter
    for naam, object_ in figuren_en_tabellen(rapport(gebied)):
        assert object_.data is not None and object_.tabel is not None
        namen = {getal for kaart in beeld.params.kaarten.values() for getal in getallen(kaart.naam)}
        mag = uit_rijen(beeld, object_.data) | vrij | (namen if naam == "kengetallen.tabel" else set())
        alt = object_.alt or "" if isinstance(object_, Figuur) else ""
        cellen = [str(cel) for cel in object_.tabel.to_numpy().ravel()]
        for tekst in (object_.titel, alt, *cellen):
            assert set(getallen(tekst)) <= mag, (naam, tekst)


def test_cbs_figures_in_the_tables_are_those_of_the_reference(tabel: pd.DataFrame) -> None:
    beeld = maak_beeld("GM0200", tabel=tabel)
    rijen = gebruik.naast_cbs(beeld).tabel
    assert list(rijen.iloc[1])[1:] == ["4.700*", "–", "7.335*"]
    assert list(rijen.iloc[2])[1:] == ["365.760*", "83*", "483.645*"]
    aandelen = verwijzingen.naast_cbs(beeld).tabel
    assert list(aandelen.columns)[2:] == ["CBS, Apeldoorn, heel 2022", "CBS, Nederland, 1e\xa0hj.\xa02023"]
    assert list(aandelen.iloc[:2, 2]) == ["73%*", "27%*"]
    assert list(aandelen.iloc[:2, 3]) == ["31%*", "39%*"]


def test_the_three_durations_stand_in_one_table(tabel: pd.DataFrame) -> None:
    figuur = trajectduur.drie_maten(maak_beeld("GM0200", tabel=tabel))
    assert isinstance(figuur, Figuur) and figuur.tabel is not None
    assert list(figuur.tabel.columns) == [
        "Periode",
        "Gemiddelde (beëindigd)",
        "Middelste (beëindigd)",
        "Verwacht (ook lopend)",
    ]
