"""Report aanbiederblad: one aanbieder beside the region, for that aanbieder and its contractmanager only.

Of other aanbieders nothing is shown but the total of the region, and that only where enough others make it up. An
aanbieder knows its own clients, so their counts are exact; what they did elsewhere afterwards it may not know of a
few, or of all. Longer, dearer or more than others is only said when the funnel says so.
"""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, grafiek, opmaak
from analyse.weergave.aanbieders import GEWOON, MATEN, ONBEKEND, PER, SGGZ, marge, mix, van_verwacht, vergelijk
from analyse.weergave.beeld import Beeld
from analyse.weergave.boodschap import punten
from analyse.weergave.boodschap_toets import Oordeel, toets
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw.gemeen import bron, is_zichtbaar, leeg

_REEKSEN = {
    "jeugdigen.actief": "Jeugdigen",
    "trajecten.instroom": "Begonnen trajecten",
    "trajecten.uitstroom": "Beëindigde trajecten",
}
_DUUR, _EURO = "trajectduur.mediaan_km", "uitgaven.bedrag"


def leeswijzer(beeld: Beeld, aanbieder: str) -> Waarschuwing:
    """For whom this is."""
    demo = " De aanbieder en de kinderen zijn verzonnen." if beeld.demo else ""
    return Waarschuwing(
        titel=f"Alleen voor {_naam(beeld, aanbieder)} en de contractmanager",
        tekst=(
            f"U ziet de cijfers van deze aanbieder naast die van de hele regio.{demo} Andere aanbieders staan er "
            "niet in. De ene aanbieder helpt kinderen met zwaardere problemen dan de andere. Een verschil is "
            "daarom een vraag voor het gesprek, geen oordeel."
        ),
        soort="uitleg",
    )


def _naam(beeld: Beeld, aanbieder: str) -> str:
    return beeld.referentie.aanbieders.get(aanbieder, f"AGB {aanbieder}")


def _eigen(beeld: Beeld, indicator: str, aanbieder: str) -> pd.DataFrame:
    rijen = beeld.rijen(indicator, per=PER)
    return rijen[rijen[PER].eq(aanbieder)]


def omvang(beeld: Beeld, aanbieder: str) -> Figuur | Waarschuwing:
    """Jeugdigen and trajecten of this aanbieder through time."""
    delen = [_eigen(beeld, indicator, aanbieder).assign(reeks=naam) for indicator, naam in _REEKSEN.items()]
    rijen = pd.concat(delen, ignore_index=True)
    if not is_zichtbaar(rijen):
        return _niets(beeld, aanbieder)
    nu = rijen[rijen["periode"].eq(str(beeld.periode)) & rijen["indicator"].eq("jeugdigen.actief")]["waarde"]
    return Figuur(
        id="aanbiederblad-omvang",
        titel=f"{_naam(beeld, aanbieder)} hielp {opmaak.getal(nu.iloc[0])} jeugdigen in het {beeld.periode.naam}",
        ondertitel="Jeugdigen en trajecten per halfjaar, alle gemeenten van de regio",
        bron=bron(beeld),
        grafiek=grafiek.lijn(rijen, eenheid="aantal"),
        data=rijen.drop(columns="reeks"),
    )


def _niets(beeld: Beeld, aanbieder: str) -> Waarschuwing:
    return Waarschuwing(
        titel=f"Geen cijfers van {_naam(beeld, aanbieder)}",
        tekst="In de leveringen staat deze aanbieder niet. Controleer de AGB-code.",
    )


def kerncijfers(beeld: Beeld, aanbieder: str) -> Tabel:
    """Clients, duration, waiting, result and cost beside the region, with what may be said of the difference."""
    delen = {kop: vergelijk(beeld, indicator) for indicator, kop in MATEN.items()}
    eigen = {kop: _veilig(beeld, _rij(deel, aanbieder)) for kop, deel in delen.items() if aanbieder in deel.index}
    rijen = [
        [
            kop,
            bouw.cellen(rij.to_frame().T)[0],
            marge(rij),
            _regio(delen[kop], aanbieder),
            _van(beeld, rij),
            str(rij["oordeel"]),
        ]
        for kop, rij in eigen.items()
    ]
    koppen = ["Cijfer", "Deze aanbieder", "Marge", "Regio", "Van verwacht bij deze hulp", "Verschil"]
    return Tabel(
        id="aanbiederblad-kerncijfers",
        titel=_titel([kop for kop, rij in eigen.items() if rij["oordeel"] not in ("", GEWOON, ONBEKEND)]),
        ondertitel=f"{bouw.hoofdletter(beeld.periode.naam)}, of het nieuwste halfjaar dat al te meten is",
        tabel=pd.DataFrame(rijen, columns=koppen),
        bron=bron(beeld),
        noten=_NOTEN,
        data=_data(list(eigen.values())) if eigen else None,
    )


def sggz(beeld: Beeld, aanbieder: str) -> Tabel | Tekst:
    """Specialist mental care: how long it lasts, how often lighter help follows; empty where none is given."""
    delen = {kop: vergelijk(beeld, indicator) for indicator, kop in SGGZ.items()}
    eigen = {kop: _rij(deel, aanbieder) for kop, deel in delen.items() if aanbieder in deel.index}
    eigen = {kop: rij for kop, rij in eigen.items() if rij["waarde"] == rij["waarde"] or rij["noemer"] > 0}
    eigen = {kop: _veilig(beeld, rij) for kop, rij in eigen.items()}
    if not eigen:
        return Tekst("")
    rijen = [
        [kop, bouw.cellen(rij.to_frame().T)[0], marge(rij), _regio(delen[kop], aanbieder), str(rij["oordeel"])]
        for kop, rij in eigen.items()
    ]
    return Tabel(
        id="aanbiederblad-sggz",
        titel="Specialistische ggz bij deze aanbieder",
        ondertitel="Trajecten die in de laatste twee jaar begonnen (duur) of in het halfjaar eindigden",
        tabel=pd.DataFrame(rijen, columns=["Cijfer", "Deze aanbieder", "Marge", "Regio", "Verschil"]),
        bron=bron(beeld),
        noten=("Lichtere hulp: lager op de zwaarteladder. Dat is niet altijd beter.",),
        data=_data(list(eigen.values())),
    )


# What the region has beside it must not be the figure of one or two others.
_MINIMUM_ANDEREN = 5
# About help elsewhere, which the aanbieder doesn't know of its former clients.
_ELDERS = ("geen_nieuwe_start.12_maanden", "zorgpad.sggz_afschaling")
_NOTEN = (
    "Gewoon: het verschil past bij het aantal kinderen, de soorten hulp en het toeval.",
    "Van verwacht: deze aanbieder naast wat de regio heeft bij dezelfde soorten hulp; marge van 95 procent.",
    "Een punt betekent: te weinig andere aanbieders om naast te leggen, of te weinig kinderen om te laten zien "
    "wat er later elders gebeurde.",
)
_EIGEN = [
    "indicator",
    "periode",
    PER,
    "teller",
    "noemer",
    "waarde",
    "onder",
    "boven",
    "eenheid",
    "status",
    "oordeel",
]


def _data(rijen: list[pd.Series]) -> pd.DataFrame:
    """The own rows only: what others have can't be reckoned from them."""
    return pd.DataFrame(rijen)[_EIGEN].reset_index(drop=True)


def _van(beeld: Beeld, rij: pd.Series) -> str:
    """The ratio to the same kinds of help, where no one or two others give these."""
    if rij["eenheid"] == "aantal":
        return ""
    genoeg = mix(beeld).anderen(str(rij[PER])) >= beeld.params.regio.drempels.minimum_aanbieders
    return van_verwacht(rij) if genoeg else opmaak.VERBORGEN


def _veilig(beeld: Beeld, rij: pd.Series) -> pd.Series:
    """The row, hidden where it tells of a few former clients, or of all, what they did elsewhere."""
    alle = rij["teller"] in (0, rij["noemer"])
    if rij["indicator"] not in _ELDERS or not (rij["noemer"] < beeld.params.regio.drempels.minimum or alle):
        return rij
    leeg = dict.fromkeys(("teller", "noemer", "waarde", "onder", "boven", "verhouding"), float("nan"))
    dicht: dict[str, object] = {str(naam): waarde for naam, waarde in rij.items()}
    return pd.Series({**dicht, **leeg, "status": "verborgen", "oordeel": ONBEKEND}, dtype=object)


def _rij(deel: pd.DataFrame, aanbieder: str) -> pd.Series:
    """The one row of an aanbieder, with a plain name."""
    return deel[deel[PER].eq(aanbieder)].iloc[0].rename(None)


def _titel(anders: list[str]) -> str:
    if not anders:
        return "Geen cijfer verschilt meer dan gewoon van de regio"
    return f"Meer verschil dan gewoon: {opmaak.opsomming([kop[:1].lower() + kop[1:] for kop in anders])}"


def _regio(deel: pd.DataFrame, aanbieder: str) -> str:
    """The figure of the region, where enough others make it up; a count of the region says nothing beside it."""
    rij = _rij(deel, aanbieder)
    if rij["eenheid"] == "aantal":
        return ""
    anderen = int((deel["waarde"].notna() & deel[PER].ne(aanbieder)).sum())
    return opmaak.cel(rij["regio"], str(rij["eenheid"])) if anderen >= _MINIMUM_ANDEREN else opmaak.VERBORGEN


def duur(beeld: Beeld, aanbieder: str) -> Figuur | Waarschuwing:
    """The expected duration through time beside the region; 'longer than before' only outside its own swing."""
    eigen = _eigen(beeld, _DUUR, aanbieder)
    if not is_zichtbaar(eigen):
        return leeg(beeld, "verwachte duur bij deze aanbieder", eigen)
    regio = _zichtbare_regio(beeld, aanbieder)
    reeksen = pd.concat([eigen.assign(reeks="Deze aanbieder"), regio.assign(reeks=bouw.REGIO)], ignore_index=True)
    return Figuur(
        id="aanbiederblad-duur",
        titel=_zin_duur(beeld, eigen),
        ondertitel="Verwachte duur van nieuwe trajecten in dagen, per halfjaar",
        bron=bron(beeld),
        grafiek=grafiek.lijn(reeksen, eenheid="dagen", vergelijking=bouw.REGIO),
        data=reeksen.drop(columns="reeks"),
    )


def _zichtbare_regio(beeld: Beeld, aanbieder: str) -> pd.DataFrame:
    """The region in the half-years in which enough other aanbieders make it up."""
    per = beeld.rijen(_DUUR, per=PER)
    anderen = per[per[PER].ne(aanbieder) & per["waarde"].notna()].groupby("periode").size()
    regio = beeld.rijen(_DUUR)
    return regio[regio["periode"].map(anderen).fillna(0).ge(_MINIMUM_ANDEREN)]


def _zin_duur(beeld: Beeld, eigen: pd.DataFrame) -> str:
    uitslag = toets(punten(eigen), eenheid="dagen", breuken=beeld.breuken(_DUUR))
    if uitslag.oordeel is Oordeel.SIGNAAL and uitslag.toen is not None:
        langer = (uitslag.nu.waarde or 0.0) > (uitslag.toen.waarde or 0.0)
        return f"Hulp duurt {'langer' if langer else 'korter'} dan in eerdere halfjaren"
    if uitslag.oordeel is Oordeel.GEWOON:
        return "De duur verschilt niet meer dan gewoon van eerdere halfjaren"
    return "Er zijn te weinig halfjaren om te zeggen of de duur verandert"


def soorten_hulp(beeld: Beeld, aanbieder: str) -> Tabel | Waarschuwing:
    """For which help: approved euros per hulpvorm in the last year."""
    tabel = beeld.vrijgave.tabel
    raak = tabel["indicator"].eq(_EURO) & tabel["gebied"].eq(beeld.gebied) & tabel[PER].eq(aanbieder)
    raak &= tabel["periode"].isin([str(p) for p in beeld.periodes[-2:]]) & tabel["hulpvorm"].ne("totaal")
    rijen = tabel[raak & tabel["waarde"].ne(0)]
    if rijen.empty:
        return leeg(beeld, "uitgaven aan deze aanbieder", beeld.rijen(_EURO).iloc[:1])
    per = rijen.groupby("hulpvorm")["waarde"].sum()
    namen = codes.NAMEN["hulpvorm"]
    return Tabel(
        id="aanbiederblad-hulp",
        titel=f"Toegekende uitgaven: {opmaak.euro_kort(per.sum())} in het laatste jaar",
        ondertitel="Per soort hulp",
        tabel=pd.DataFrame(
            {
                "Hulp": [namen.get(str(code), str(code)) for code in per.index],
                "Uitgaven": [opmaak.euro(euro) for euro in per],
                "Aandeel": [opmaak.procent(100 * euro / per.sum()) for euro in per],
            }
        ),
        bron=bron(beeld),
        noten=("Uitgaven van de laatste maanden zijn nog niet compleet: er komen declaraties na.",),
        data=rijen.reset_index(drop=True),
    )


def bewijst_niet(beeld: Beeld, aanbieder: str) -> Tekst:
    """What this page does not prove."""
    return Tekst(
        "Deze cijfers zeggen niet of de hulp goed is. Zij zeggen ook niet waardoor een verschil komt: andere "
        "kinderen, andere hulp, andere afspraken of andere registratie. Resultaat is alleen bekend van kinderen "
        "voor wie de aanbieder het invulde."
    )
