"""Signals beside the half-years: change before level, one per figure, never without the verdict of the chapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fabriek import maak_beeld, maak_tabel
from hypothesis import given, settings
from hypothesis import strategies as st
from vergelijkfabriek import MAANDEN, maandrijen

from analyse.kern import codes
from analyse.kern.schema import RESULTAAT
from analyse.kern.vergelijking import Vergelijking
from analyse.weergave.beeld import Beeld
from analyse.weergave.bericht import Bericht
from analyse.weergave.boodschap import KANDIDATEN, MAXIMUM, beoordeel, berichten
from analyse.weergave.boodschap_naast import maandsignalen, standsignalen
from analyse.weergave.boodschap_toets import Oordeel
from analyse.weergave.gesprek import BELEID, CONTRACT, TOEGANG, gespreksvragen
from analyse.weergave.hoofdstukken import gebruik, instroom, samenvatting, verantwoording

TABEL = maak_tabel()
GEMEENTEN = maak_beeld(tabel=TABEL).params.regio.codes
MAAND, STANDEN = "instroom-per-maand", ("gebruik-naar-leeftijd", "instroom-naar-leeftijd")
GEWOON = [100.0, 110.0, 105.0, 95.0, 90.0, 100.0] * 9
PIEK, DAL = [*GEWOON[:-1], 300.0], [*GEWOON[:-2], 10.0, 10.0]
# Seven months up that end just below the mean: rounded to fives they are on no side of it.
STIJGEND = [*GEWOON[:12], 124.0, *([60.0, 150.0] * 16), 60.0, 124.0, *np.arange(70.0, 101.0, 5.0)]
Standen = Mapping[str, Mapping[str, float]]


def leeftijdrijen(standen: Standen) -> pd.DataFrame:
    """Released ratios of every gemeente: 100 unless `standen` says otherwise, in a funnel of 80 to 120."""
    rijen = []
    for soort in ("jeugdigen", "trajecten"):
        for gebied in GEMEENTEN:
            waarde = standen.get(soort, {}).get(gebied, 100.0)
            marge = {"onder": waarde - 6, "boven": waarde + 7}
            rijen += [
                {"indicator": f"{soort}.verhouding", "gebied": gebied, "waarde": waarde, **marge},
                {"indicator": f"{soort}.verwacht", "gebied": gebied, "waarde": 500.0},
                {"indicator": f"{soort}.verhouding_grens", "gebied": gebied, "onder": 80.0, "boven": 120.0},
            ]
    tabel = pd.DataFrame(rijen, columns=list(RESULTAAT))
    return tabel.assign(periode="2025-H2", status="voorlopig", **dict.fromkeys(codes.DIMENSIES, codes.TOTAAL))


def beeld_met(
    gebied: str, *, maanden: list[float] | None = None, standen: Standen | None = None, tabel: pd.DataFrame = TABEL
) -> Beeld:
    """A Beeld with these months of its own, and ordinary ones of the region."""
    reeksen = {codes.REGIO: GEWOON, **({gebied: maanden} if maanden else {})}
    naast = replace(Vergelijking.leeg(), maanden=maandrijen(reeksen), leeftijd=leeftijdrijen(standen or {}))
    return replace(maak_beeld(gebied, tabel=tabel), vergelijkbron=lambda: naast)


def met(tabel: pd.DataFrame, indicator: str, factor: float) -> pd.DataFrame:
    """The newest figure of Apeldoorn times `factor`."""
    raak = tabel["indicator"].eq(indicator) & tabel["gebied"].eq("GM0200") & tabel["periode"].eq("2025-H2")
    return tabel.assign(**{maat: tabel[maat].mask(raak, tabel[maat] * factor) for maat in ("teller", "waarde")})


def soort(bericht: Bericht) -> int:
    """The place that the published rules give a message."""
    if bericht.figuur == MAAND:
        return 1
    if bericht.figuur in STANDEN:
        return 3
    if bericht.oordeel is Oordeel.SIGNAAL:
        return 0
    return 4 if bericht.cijfer else 2


@settings(max_examples=25, deadline=None)
@given(
    zaad=st.integers(0, 10**6),
    maanden=st.sampled_from([None, GEWOON, PIEK, DAL]),
    standen=st.fixed_dictionaries(
        {s: st.dictionaries(st.sampled_from(GEMEENTEN), st.sampled_from([60.0, 90.0, 118.0, 140.0])) for s in
         ("jeugdigen", "trajecten")}
    ),
    gebied=st.sampled_from(["GM0200", codes.REGIO]),
)  # fmt: skip
def test_change_before_level_and_one_message_of_this_kind_per_figure(
    zaad: int, maanden: list[float] | None, standen: Standen, gebied: str
) -> None:
    rng = np.random.default_rng(zaad)
    tabel = TABEL[TABEL["gebied"].isin([*GEMEENTEN, codes.REGIO])]
    for indicator in rng.choice([k.indicator for k in KANDIDATEN], size=rng.integers(0, 5), replace=False):
        tabel = met(tabel, indicator, float(rng.choice([0.3, 1.07, 3.0])))
    beeld = beeld_met(gebied, maanden=maanden, standen=standen, tabel=tabel)
    alle = berichten(beeld)
    assert 1 <= len(alle) <= MAXIMUM and all(b.bewijst_niet.endswith(".") for b in alle)
    plekken = [soort(b) for b in alle]
    assert plekken == sorted(plekken) and plekken.count(1) <= 1 and plekken.count(2) <= 1
    assert (2 in plekken) == (not {0, 1} & set(plekken))
    instroom_naast = [b for b in alle if b.figuur in (MAAND, "instroom-naar-leeftijd")]
    assert len(instroom_naast) <= 1
    signalen = {u.kandidaat.indicator for k in KANDIDATEN if (u := beoordeel(beeld, k)).toets.oordeel == "signaal"}
    assert not (1 in plekken and "trajecten.instroom" in signalen)
    hoofdstukken = [b.figuur.split("-")[0] for b in alle if soort(b) == 4]
    assert not set(hoofdstukken) & {b.figuur.split("-")[0] for b in alle if soort(b) in (0, 1, 3)}
    assert len(samenvatting.boodschappen(beeld).items) == len(alle)


@pytest.mark.parametrize("gebied", ["GM0200", "GM0244", codes.REGIO])
def test_without_signals_beside_them_the_messages_stay_as_they_were(gebied: str) -> None:
    beeld = beeld_met(gebied, maanden=GEWOON, standen={"jeugdigen": {"GM0244": 110.0, "GM0200": 81.0}})
    assert berichten(beeld) == berichten(maak_beeld(gebied, tabel=TABEL))


def test_the_level_of_a_gemeente_in_words() -> None:
    eerste, tweede, *_ = berichten(beeld_met("GM0232", standen={"jeugdigen": {"GM0232": 142.0, "GM0244": 60.0}}))
    assert eerste.tekst.startswith("Er is in Epe geen betekenisvolle verandering")
    assert tweede == Bericht(
        tekst=(
            "In Epe kregen meer jeugdigen jeugdhulp dan bij de leeftijden past: 710 tegen 500 "
            "(142%, marge 136 tot 149%). Dat valt buiten wat tussen gemeenten gewoon is."
        ),
        cijfer="142%*",
        richting="omhoog",
        oordeel=Oordeel.SIGNAAL,
        figuur="gebruik-naar-leeftijd",
        bewijst_niet=(
            "Dat er te veel of te weinig hulp is: we rekenen alleen met leeftijd, niet met geslacht, inkomen "
            "of gezin. De grens komt uit acht "
            "gemeenten en is daardoor onzeker."
        ),
    )


def test_the_region_names_gemeenten_in_the_order_of_its_file_and_ranks_none() -> None:
    standen = {"jeugdigen": {"GM0301": 150.0, "GM0213": 125.0, "GM0244": 61.0}, "trajecten": {"GM0200": 70.0}}
    jeugdigen, trajecten = (s.bericht for s in standsignalen(beeld_met(codes.REGIO, standen=standen), zonder=()))
    assert jeugdigen.tekst == (
        "In drie gemeenten wijkt het aantal jeugdigen met jeugdhulp af van wat bij de leeftijden past: Brummen "
        "(hoger), Hattem (lager) en Zutphen (hoger). Dat valt buiten wat tussen gemeenten gewoon is."
    )
    assert (jeugdigen.cijfer, jeugdigen.richting) == ("3 van 8", "verschilt")
    assert trajecten.tekst.startswith("In één gemeente wijkt het aantal begonnen trajecten af")
    assert "Apeldoorn (lager)" in trajecten.tekst and trajecten.richting == "omlaag"


def test_a_gemeente_is_told_of_itself_only() -> None:
    beeld = beeld_met("GM0232", standen={"jeugdigen": {"GM0244": 60.0}, "trajecten": {"GM0301": 150.0}})
    assert standsignalen(beeld, zonder=()) == []


@pytest.mark.parametrize(
    ("maanden", "tekst"),
    [
        (
            PIEK,
            "In Apeldoorn begonnen in juni 2025 meer trajecten dan gewoon: 300, tegen gemiddeld 105 per maand.",
        ),
        (
            DAL,
            "In Apeldoorn begonnen in twee van de zes maanden tot en met juni 2025 minder trajecten dan gewoon: "
            "10 in juni 2025, tegen gemiddeld 96 per maand.",
        ),
        (
            [*GEWOON[:-2], 300.0, 10.0],
            "In Apeldoorn begonnen in juni 2025 minder trajecten dan gewoon: 10, tegen gemiddeld 103 per maand. "
            "Dat valt buiten de gewone schommeling per maand. In één andere maand was het juist andersom.",
        ),
        (
            STIJGEND,
            "In Apeldoorn begonnen maand na maand meer trajecten: 100 in juni 2025, tegen gemiddeld 102 per "
            "maand. Dat is vaker achter elkaar dan gewoon.",
        ),
    ],
)
def test_the_months_in_words(maanden: list[float], tekst: str) -> None:
    assert len(maanden) == len(MAANDEN)
    [signaal] = maandsignalen(beeld_met("GM0200", maanden=maanden), zonder=())
    assert signaal.bericht.tekst.startswith(tekst)
    assert signaal.bericht.bewijst_niet.startswith("Enkele maanden zijn geen trend")


def test_months_of_the_region_are_no_signal_of_a_gemeente_and_old_months_are_none() -> None:
    naast = replace(Vergelijking.leeg(), maanden=maandrijen({codes.REGIO: PIEK}))
    assert maandsignalen(replace(maak_beeld("GM0244", tabel=TABEL), vergelijkbron=lambda: naast), zonder=()) == []
    eerder = [*GEWOON[:-7], 300.0, *GEWOON[-6:]]
    assert maandsignalen(beeld_met("GM0200", maanden=eerder), zonder=()) == []


def test_the_front_page_and_the_chart_behind_it_say_the_same() -> None:
    beeld = beeld_met("GM0200", maanden=PIEK, standen={"jeugdigen": {"GM0200": 140.0}})
    maand, stand = [b for b in berichten(beeld) if soort(b) in (1, 3)]
    kaart, tabel = instroom.per_maand(beeld), gebruik.naar_leeftijd(beeld)
    assert (kaart.id, tabel.id) == (maand.figuur, stand.figuur)
    assert "signaal, hoger dan gewoon in juni 2025" in kaart.titel and "140%, signaal, hoger" in tabel.titel


def test_the_gespreksblad_asks_at_such_a_signal() -> None:
    beeld = beeld_met("GM0232", standen={"jeugdigen": {"GM0232": 142.0}, "trajecten": {"GM0232": 60.0}})
    beleid, toegang = gespreksvragen(beeld, BELEID)[0], gespreksvragen(beeld, TOEGANG)[0]
    assert beleid.vraag.startswith("Wat is hier anders dan in andere gemeenten, behalve de leeftijd")
    assert "142%" in beleid.bericht.tekst and "In Epe begonnen minder trajecten" in toegang.bericht.tekst
    assert [v.bericht for v in gespreksvragen(beeld, CONTRACT)] == [
        v.bericht for v in gespreksvragen(beeld_met("GM0232"), CONTRACT)
    ]
    maand = gespreksvragen(beeld_met("GM0200", maanden=PIEK), TOEGANG)[0]
    assert maand.vraag.startswith("Wat gebeurde er in die maanden") and maand.vraag.endswith("?")


def test_a_half_year_signal_keeps_its_own_question() -> None:
    beeld = beeld_met("GM0200", maanden=PIEK, tabel=met(TABEL, "trajecten.instroom", 3.0))
    eerste = gespreksvragen(beeld, TOEGANG)[0]
    assert eerste.uitkomst.toets.oordeel is Oordeel.SIGNAAL and eerste.vraag.startswith("Waar komt de extra vraag")
    assert MAAND not in {b.figuur for b in berichten(beeld)}


def test_the_report_publishes_the_rule() -> None:
    tekst = verantwoording.keuze(maak_beeld(tabel=TABEL)).tekst
    volgorde = ["signaal van verandering gaat voor", "per maand komt daarna", "signalen van niveau", "Daarna komt"]
    assert [tekst.index(deel) for deel in volgorde] == sorted(tekst.index(deel) for deel in volgorde)
