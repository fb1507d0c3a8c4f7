"""Chapter maatregelen: per measure what can be said about its effect, in words no stronger than the evidence.

Everything comes from the Effectvrijgave: rounded effects, an index, no count of children. A measure that can't be
judged gets a card like the others, with the reason; leaving it out would read as "nothing to report".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from analyse.weergave import Figuur, Kaartje, Kaartjes, Tabel, Tekst, Waarschuwing, grafiek, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken.bouw.gemeen import bron

_MET_UITKOMST = ("effect aannemelijk", "aanwijzing voor effect", "niet vast te stellen")
_AANNEMELIJK, _AANWIJZING, _NIET_VAST = _MET_UITKOMST
_STAND = {"loopt": "loopt", "afgerond": "afgerond", "gestopt": "gestopt", "niet_gestart": "niet gestart"}
_VOLGENS = {"gezin": "het gezin", "professional": "de professional", "team": "het team"}
_BETEKENIS = {
    _NIET_VAST: "Dat betekent niet dat de maatregel niets doet: deze gegevens geven geen uitsluitsel.",
    _AANWIJZING: "Het bewijs is niet sterk genoeg om van een effect te spreken.",
    "te vroeg": "Een oordeel kan vanaf een jaar na de eerste start.",
}
_PANEL = "De gemeenten buiten de regio zijn verzonnen. Deze uitkomsten zeggen dus niets over de werkelijkheid."
# A report has to stay small enough to mail; every panel is some kilobytes.
_PANELEN_REGIO, _PANELEN = 2, 4
Rij = dict[str, Any]


def overzicht(beeld: Beeld) -> Tabel | Waarschuwing:
    """Every measure with its verdict, effect and the smallest effect that can be seen."""
    rijen = list(_rijen(beeld))
    if not rijen:
        return _geen(beeld)
    tabel = pd.DataFrame(
        {
            "Maatregel": [rij["naam"] for rij in rijen],
            "Waar": [_waar(beeld, rij) for rij in rijen],
            "Oordeel": [rij["oordeel"] for rij in rijen],
            "Gemeten": [_kort(rij) or opmaak.GEEN_WAARNEMING for rij in rijen],
            "Kleinste effect dat te zien is": [_kleinste(rij) or opmaak.GEEN_WAARNEMING for rij in rijen],
        }
    )
    return Tabel(
        id="maatregelen-overzicht",
        titel=_titel(beeld, rijen),
        ondertitel=f"Maatregelen in {beeld.waar} en wat er over hun effect te zeggen is",
        tabel=tabel,
        bron=bron(beeld),
        noten=_noten(beeld),
        intern=beeld.intern,
    )


def kaarten(beeld: Beeld) -> Kaartjes | Tekst:
    """One card per measure: what, where, since when, verdict, euros, what it doesn't prove."""
    items = [Kaartje(titel=str(rij["naam"]), velden=_velden(beeld, rij)) for rij in _rijen(beeld)]
    return Kaartjes(items, intern=beeld.intern) if items else Tekst("")


def verloop(beeld: Beeld) -> Figuur | Waarschuwing | Tekst:
    """What happened against what was to be expected, as an index, for the measures where that may be shown."""
    alles = beeld.effecten["verloop"]
    if alles.empty:
        return _geen_grafiek(beeld) if any(rij["zonder_grafiek"] for rij in _rijen(beeld)) else Tekst("")
    getoond = _sterkste(beeld, list(dict.fromkeys(alles["maatregel"])))
    tabel = alles[alles["maatregel"].isin(getoond)]
    namen = {rij["maatregel"]: str(rij["naam"]) for rij in _rijen(beeld)}
    rijen = tabel.assign(paneel=tabel["maatregel"].map(namen), waarde=tabel["werkelijk"].astype("float64"))
    rijen = rijen.assign(status=["verborgen" if pd.isna(waarde) else "definitief" for waarde in rijen["waarde"]])
    return Figuur(
        id="maatregelen-verloop",
        titel=f"Werkelijk naast verwacht: {opmaak.opsomming(list(dict.fromkeys(rijen['paneel'])))}",
        ondertitel="Aantal per halfjaar als index: het jaar voor de start is gemiddeld 100",
        bron=bron(beeld),
        grafiek=grafiek.tegen_verwacht(rijen, eenheid="aantal", starts=_starts(beeld, namen)),
        noten=(
            "Verwacht: hoe het zonder de maatregel zou lopen, gezien vergelijkbare gemeenten zonder de maatregel. "
            "In het lichte vlak blijft de gewone schommeling.",
            "De stippellijn is het begin van de maatregel in een gemeente.",
            *(["Andere maatregelen staan in het rapport van de gemeente."] if len(tabel) < len(alles) else []),
        ),
        data=_voor_csv(rijen),
        intern=beeld.intern,
    )


def geld(beeld: Beeld) -> Tabel | Tekst:
    """Investment, three scenarios and realised euros, over all years so far."""
    tabel = beeld.effecten["geld"]
    namen = {rij["maatregel"]: str(rij["naam"]) for rij in _rijen(beeld)}
    delen = [
        (namen[m], deel) for m, deel in tabel.groupby("maatregel", sort=False) if deel["verwacht"].notna().any()
    ]
    if not delen:
        return Tekst("")
    return Tabel(
        id="maatregelen-geld",
        titel="Wat maatregelen kosten en wat zij volgens de aannames opleveren",
        ondertitel=f"Alle jaren samen, tot en met {beeld.editie.peildatum.year}",
        tabel=pd.DataFrame([_geldrij(naam, deel) for naam, deel in delen]),
        bron="maatregelenregister van de regio",
        noten=(
            "Voorzichtig, verwacht en hoopvol volgen uit de aannames in het register. Zij zijn niet gemeten.",
            f"Gerealiseerd staat er alleen als het oordeel ‘{_AANNEMELIJK}’ is. Anders is het niet te zeggen (–).",
        ),
        intern=beeld.intern,
    )


def quickwins(beeld: Beeld) -> Tabel | Tekst:
    """What small measures registered themselves; care avoided is an upper bound."""
    tabel = beeld.effecten["quickwins"]
    if tabel.empty:
        return Tekst("")
    namen = {rij["maatregel"]: str(rij["naam"]) for rij in _rijen(beeld)}
    rijen = [{str(k): v for k, v in rij.items()} for rij in tabel.to_dict("records")]
    return Tabel(
        id="maatregelen-quickwins",
        titel="Wat kleine maatregelen zelf bijhouden",
        ondertitel="Alle gemeenten die meedoen samen, sinds de start; afgerond",
        tabel=pd.DataFrame([_quickwin(namen, rij) for rij in rijen]),
        bron="eigen registratie van de maatregelen",
        noten=(
            "Welke zorg vermeden is, is een inschatting van betrokkenen. Het bedrag is daarom een bovengrens.",
            "Een punt (.) betekent: verborgen, omdat het aantal te klein is om te tonen.",
        ),
        intern=beeld.intern,
    )


def bewijst_niet(beeld: Beeld) -> Waarschuwing:
    """What these verdicts don't prove."""
    regels = [
        "Een oordeel zegt of cijfers anders liepen dan verwacht. Het zegt niet of kinderen beter geholpen zijn.",
        "‘Niet vast te stellen’ betekent niet dat een maatregel niets doet. Kleine effecten zijn niet te zien.",
        "Ook bij ‘effect aannemelijk’ kan er een andere oorzaak zijn die alleen daar en toen speelde.",
    ]
    return Waarschuwing(
        titel="Wat dit niet bewijst",
        tekst="\n".join(f"* {regel}" for regel in regels),
        soort="uitleg",
        intern=beeld.intern,
    )


# Rows and words


def _rijen(beeld: Beeld) -> Iterator[Rij]:
    for rij in beeld.effecten["maatregelen"].to_dict("records"):
        yield {str(naam): waarde for naam, waarde in rij.items()}


def _sterkste(beeld: Beeld, maatregelen: list[str]) -> list[str]:
    """The measures that are drawn: the strongest verdicts first; the report of the region has least room."""
    oordeel = {str(rij["maatregel"]): str(rij["oordeel"]) for rij in _rijen(beeld)}
    op_sterkte = sorted(maatregelen, key=lambda naam: _MET_UITKOMST.index(oordeel[naam]))
    return op_sterkte[: _PANELEN_REGIO if beeld.is_regio else _PANELEN]


def _geen(beeld: Beeld) -> Waarschuwing:
    return Waarschuwing(
        titel=f"Maatregelen in {beeld.waar}: er staan er geen in het register",
        tekst="In het maatregelenregister van de regio staat voor dit gebied geen maatregel.",
        soort="uitleg",
        intern=beeld.intern,
    )


def _geen_grafiek(beeld: Beeld) -> Waarschuwing:
    redenen = dict.fromkeys(str(rij["zonder_grafiek"]) for rij in _rijen(beeld) if rij["zonder_grafiek"])
    return Waarschuwing(
        titel=f"Het verloop in {beeld.waar} is hier niet te laten zien",
        tekst=" ".join(redenen),
        soort="uitleg",
        intern=beeld.intern,
    )


def _titel(beeld: Beeld, rijen: list[Rij]) -> str:
    oordelen = [str(rij["oordeel"]) for rij in rijen]
    aannemelijk, aanwijzing = oordelen.count(_AANNEMELIJK), oordelen.count(_AANWIJZING)
    aantal = f"{_telwoord(len(rijen))} {'maatregel' if len(rijen) == 1 else 'maatregelen'}"
    sterkste = [f"bij {_telwoord(aannemelijk)} is een effect aannemelijk"] if aannemelijk else []
    sterkste += [f"bij {_telwoord(aanwijzing)} is er een aanwijzing voor een effect"] if aanwijzing else []
    slot = opmaak.opsomming(sterkste) if sterkste else "nog bij geen enkele is een effect aannemelijk"
    return f"{aantal[:1].upper()}{aantal[1:]} in {beeld.waar}: {slot}"


def _telwoord(aantal: int) -> str:
    return "één" if aantal == 1 else opmaak.getal_woord(aantal)


def _noten(beeld: Beeld) -> tuple[str, ...]:
    vast = (
        "Gemeten: het aantal na de start naast wat te verwachten was, met het 95%-interval; afgerond.",
        "Alle gemeenten met dezelfde maatregel zijn samen gemeten.",
    )
    return (*vast, _PANEL) if beeld.demo else vast


def _gemeenten(beeld: Beeld, rij: Rij) -> list[Rij]:
    tabel = beeld.effecten["gemeenten"]
    return [
        {str(k): v for k, v in g.items()}
        for g in tabel[tabel["maatregel"].eq(rij["maatregel"])].to_dict("records")
    ]


def _waar(beeld: Beeld, rij: Rij) -> str:
    namen = [beeld.params.regio.namen[gemeente["gemeente"]] for gemeente in _gemeenten(beeld, rij)]
    return opmaak.opsomming(namen) if namen else "nog nergens"


def _sinds(beeld: Beeld, rij: Rij) -> str:
    namen = beeld.params.regio.namen
    return opmaak.opsomming(
        [f"{namen[g['gemeente']]} sinds {opmaak.datum(str(g['sinds']))}" for g in _gemeenten(beeld, rij)]
    )


def _verandering(waarde: float, eenheid: str) -> str:
    woorden = ("korter", "langer") if eenheid == "dagen" else ("lager", "hoger")
    grootte = opmaak.waarde(abs(waarde), eenheid)
    return "gelijk" if waarde == 0 else f"{grootte} {woorden[int(waarde > 0)]}"


def _kort(rij: Rij) -> str:
    """Effect with its interval: `18% lager (van 32% lager tot 2% lager)`; empty without one."""
    if rij["oordeel"] not in _MET_UITKOMST or pd.isna(rij["effect"]):
        return ""
    midden, onder, boven = (
        _verandering(float(rij[naam]), str(rij["eenheid"])) for naam in ("effect", "onder", "boven")
    )
    return f"{midden} (van {onder} tot {boven})"


def _velden(beeld: Beeld, rij: Rij) -> tuple[tuple[str, str], ...]:
    velden = (
        ("Wat", str(rij["idee"])),
        ("Voor wie", str(rij["doelgroep"])),
        ("Waar en sinds", _sinds(beeld, rij) or "Nog niet gestart"),
        (
            "Hoe het gaat",
            f"{rij['stand_zin']} ({_STAND[str(rij['stand'])]}, {opmaak.datum(str(rij['stand_datum']))})",
        ),
        ("Oordeel", _oordeel(rij)),
        ("Controles", _controles(beeld, rij)),
        ("Geld", _geldzin(beeld, rij)),
        ("Wat dit niet bewijst", " ".join(filter(None, [str(rij["disclaimer"]), str(rij["tegelijk"])]))),
    )
    return tuple((naam, tekst) for naam, tekst in velden if tekst)


def _oordeel(rij: Rij) -> str:
    """The verdict, what it means, what was measured and what could have been seen."""
    oordeel = str(rij["oordeel"])
    reden = str(rij["reden"] or "")
    delen = [f"{oordeel[:1].upper()}{oordeel[1:]}.", _BETEKENIS.get(oordeel, ""), reden]
    if kort := _kort(rij):
        wat = "De hulp duurde" if rij["eenheid"] == "dagen" else "Gemeten:"
        tegen = "dan bij de vergelijking" if rij["eenheid"] == "dagen" else "dan verwacht"
        midden, rand = kort.split(" (", 1)
        delen.append(f"{wat} {midden} {tegen} ({rand}." if midden != "gelijk" else f"{wat} gelijk ({rand}.")
        if oordeel == _NIET_VAST and float(rij["onder"]) * float(rij["boven"]) > 0:
            delen.append("Dat is meer dan de gewone schommeling, maar niet aan alle eisen is voldaan.")
    elif oordeel in _MET_UITKOMST:
        delen.append("De aantallen zijn te klein om de uitkomst te laten zien.")
    if kleinste := _kleinste(rij):
        delen.append(f"Een effect kleiner dan {kleinste} kan met deze gegevens niet worden gezien.")
    elif pd.notna(rij["kleinste"]):
        delen.append("Met deze gegevens is geen enkel effect aan te tonen.")
    return " ".join(filter(None, delen))


def _kleinste(rij: Rij) -> str:
    """The smallest effect that can be seen; empty when unknown, or when not even everything would be seen."""
    kleinste = float(rij["kleinste"])
    return opmaak.procent(kleinste) if kleinste <= 100 else ""


def _controles(beeld: Beeld, rij: Rij) -> str:
    tabel = beeld.effecten["controles"]
    eigen = tabel[tabel["maatregel"].eq(rij["maatregel"]) & tabel["indicator"].eq(rij["indicator"])]
    if eigen.empty or rij["oordeel"] not in _MET_UITKOMST:
        return ""
    geslaagd = int(eigen["uitslag"].eq("geslaagd").sum())
    mis = [str(naam).lower() for naam in eigen.loc[eigen["uitslag"].eq("niet geslaagd"), "controle"]]
    zin = f"{geslaagd} van de {len(eigen)} geslaagd."
    return f"{zin} Niet geslaagd: {opmaak.opsomming(mis)}." if mis else zin


def _geldzin(beeld: Beeld, rij: Rij) -> str:
    tabel = beeld.effecten["geld"]
    jaren = tabel[tabel["maatregel"].eq(rij["maatregel"])]
    if jaren.empty or not jaren["investering"].sum():
        return ""
    delen = [f"Investering tot nu toe: {opmaak.euro(jaren['investering'].sum())}."]
    if jaren["verwacht"].notna().any():
        laag, hoog = (opmaak.euro(_rond(jaren[naam].sum())) for naam in ("laag", "hoog"))
        verwacht = opmaak.euro(_rond(jaren["verwacht"].sum()))
        delen.append(f"Volgens de aannames levert zij in die tijd {verwacht} op (van {laag} tot {hoog}).")
    return " ".join([*delen, _gerealiseerd(jaren, str(rij["oordeel"]))])


def _gerealiseerd(jaren: pd.DataFrame, oordeel: str) -> str:
    if jaren["gerealiseerd"].notna().any():
        midden, onder, boven = (opmaak.euro(_rond(jaren[n].sum())) for n in ("gerealiseerd", "onder", "boven"))
        netto = opmaak.euro(_rond(jaren["cumulatief_gerealiseerd"].dropna().iloc[-1]))
        return f"Gemeten: naar schatting {midden} minder kosten (van {onder} tot {boven}); netto {netto}."
    if oordeel == _AANNEMELIJK:
        return "Wat zij echt opbracht, is niet te zeggen: het register noemt geen kosten per traject."
    return f"Wat zij echt opbracht, is niet te zeggen: het oordeel is ‘{oordeel}’."


def _rond(euros: float) -> float:
    """Whole thousands: more would look more certain than it is."""
    return round(float(euros) / 1000) * 1000.0


def _geldrij(naam: str, jaren: pd.DataFrame) -> dict[str, str]:
    som = {kolom: float(jaren[kolom].sum()) for kolom in ("investering", "laag", "verwacht", "hoog")}
    gezien = jaren["gerealiseerd"].notna().any()
    return {
        "Maatregel": naam,
        "Investering": opmaak.euro(som["investering"]),
        "Voorzichtig": opmaak.euro(_rond(som["laag"])),
        "Verwacht": opmaak.euro(_rond(som["verwacht"])),
        "Hoopvol": opmaak.euro(_rond(som["hoog"])),
        "Verwacht, netto": opmaak.euro(_rond(som["verwacht"] - som["investering"])),
        "Gerealiseerd": opmaak.euro(_rond(jaren["gerealiseerd"].sum())) if gezien else opmaak.GEEN_WAARNEMING,
    }


def _quickwin(namen: dict[str, str], rij: Rij) -> dict[str, str]:
    def cel(naam: str, eenheid: str = "aantal") -> str:
        return opmaak.VERBORGEN if pd.isna(rij[naam]) else opmaak.cel(float(rij[naam]), eenheid)

    return {
        "Maatregel": namen[rij["maatregel"]],
        "Gezinnen bereikt": cel("gezinnen"),
        "Reacties": cel("reacties"),
        "Keer zorg vermeden": cel("keer_vermeden"),
        "Volgens": _VOLGENS[str(rij["volgens"])],
        "Kosten vermeden, hoogstens": cel("bovengrens", "euro"),
    }


def _starts(beeld: Beeld, namen: dict[str, str]) -> dict[str, tuple[date, ...]]:
    tabel = beeld.effecten["gemeenten"]
    return {
        naam: tuple(sorted({date.fromisoformat(dag) for dag in tabel.loc[tabel["maatregel"].eq(id_), "sinds"]}))
        for id_, naam in namen.items()
    }


def _voor_csv(rijen: pd.DataFrame) -> pd.DataFrame:
    """Two rows per half-year: what happened, and what was to be expected with its band."""
    vast = ["maatregel", "indicator", "periode"]
    echt = rijen[[*vast, "waarde", "status"]].assign(reeks="werkelijk", onder=float("nan"), boven=float("nan"))
    midden = rijen[[*vast, "onder", "boven"]].assign(
        reeks="verwacht", waarde=rijen["verwacht"], status="definitief"
    )
    return pd.concat([echt, midden], ignore_index=True).assign(
        eenheid="index", teller=float("nan"), noemer=float("nan")
    )
