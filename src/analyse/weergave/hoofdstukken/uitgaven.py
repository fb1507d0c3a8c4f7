"""Chapter uitgaven: what help cost, per jeugdige and per inhabitant, for what, and why that changed.

Amounts come from declarations and those come late: the newest half-years are too low, and every object says so by
its star. Amounts are never set beside each other without a denominator.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, grafiek, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.boodschap_woorden import zin
from analyse.weergave.grafiek.noten import tekens
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw.gemeen import bij_methode, bron, is_zichtbaar, kort, leeg, met_namen, op

_BEDRAG, _VERWACHT, _JAAR = "uitgaven.bedrag", "uitgaven.verwacht", "uitgaven.verwacht_jaar"
_PER_JEUGDIGE, _PER_INWONER, _PER_TRAJECT = "uitgaven.per_jeugdige", "uitgaven.per_inwoner", "uitgaven.per_traject"
_MATEN = {
    "Uitgaven": bouw.Maat(_BEDRAG),
    "Per jeugdige": bouw.Maat(_PER_JEUGDIGE),
    "Per inwoner 0–17": bouw.Maat(_PER_INWONER),
    "Per afgesloten traject": bouw.Maat(_PER_TRAJECT),
    "Van het leeftijdsprofiel": bouw.Maat("uitgaven.leeftijdsindex"),
}
# In the order of the legend; the estimate is on top of what was declared.
_PER_MAAND = {"uitgaven.maand_verwacht": "Verwacht", "uitgaven.maand": "Gedeclareerd"}
_MAANDEN_NOOT = (
    "Maanden staan er alleen als elke maand van een halfjaar over genoeg jeugdigen en aanbieders gaat. "
    "Het gekleurde vlak is de marge van de verwachting."
)
_BUITEN = {
    "Pgb": "uitgaven.pgb",
    "Aandeel pgb": "uitgaven.pgb_aandeel",
    "Aandeel landelijk ingekocht": "uitgaven.landelijk_aandeel",
    "Declaraties van de jaarrekening": "uitgaven.aansluiting",
}
_ONAF = "Recente halfjaren doen nog niet mee: daarvan zijn niet alle declaraties binnen."
# The parts add up to the change in uitgaven; in the order in which they are told.
_DELEN = {
    "Meer of minder jeugdigen": "uitgaven.verschil_jeugdigen",
    "Meer of minder hulp per jeugdige": "uitgaven.verschil_volume",
    "Andere hulp": "uitgaven.verschil_mix",
    "Jaarlijkse indexatie van de tarieven": "uitgaven.verschil_index",
    "Andere verandering van de prijs": "uitgaven.verschil_prijs",
}


def omvang(beeld: Beeld) -> Tabel:
    """Amounts: per half-year for a gemeente, per gemeente for the region."""
    maak = bouw.per_gebied if beeld.is_regio else bouw.per_periode
    wanneer = f"{beeld.periode.naam}, per gemeente" if beeld.is_regio else "per halfjaar"
    return maak(
        beeld,
        _MATEN,
        id="uitgaven-omvang",
        # Without the year before: the newest half-year is not complete and would always seem a fall.
        titel=bouw.titel_van(beeld, _BEDRAG, _PER_JEUGDIGE, verschil=False),
        ondertitel=f"Uitgaven aan jeugdhulp in {beeld.waar}, {wanneer}, in euro",
    )


def verloop(beeld: Beeld) -> Figuur | Waarschuwing:
    """Uitgaven per inhabitant of 0-17 through time."""
    return bouw.verloop(beeld, bouw.Maat(_PER_INWONER), id="uitgaven-verloop")


def verwacht(beeld: Beeld) -> Figuur | Waarschuwing:
    """What the last two years will have cost when all declarations are in, beside what came in already."""
    periodes = beeld.periodes[-4:]
    schatting = beeld.rijen(_VERWACHT, periodes=periodes)
    binnen = beeld.rijen(_BEDRAG, periodes=periodes)
    if not is_zichtbaar(schatting):
        return leeg(beeld, "verwachte uitgaven", schatting)
    punten = schatting.assign(
        naam=[opmaak.periode(periode) for periode in schatting["periode"]], binnen=binnen["waarde"].to_numpy()
    )
    tekening = grafiek.punten(punten, eenheid="euro")
    koppen = {"Groep": "Halfjaar", "Bedrag": "Verwacht", "Al binnen": "Al gedeclareerd"}
    return Figuur(
        id="uitgaven-verwacht",
        titel=_titel_verwacht(beeld, schatting),
        ondertitel=f"Verwachte uitgaven in {beeld.waar} met marge, per halfjaar; open stip: wat al binnen is",
        bron=bron(beeld),
        grafiek=replace(tekening, tabel=tekening.tabel.rename(columns=koppen)),
        noten=bij_methode(schatting),
        data=met_namen(beeld, pd.concat([schatting, binnen], ignore_index=True)),
        intern=beeld.intern,
    )


def _titel_verwacht(beeld: Beeld, rijen: pd.DataFrame) -> str:
    nu = op(rijen, beeld.gebied, beeld.periode)
    if nu is None or pd.isna(nu["onder"]) or pd.isna(nu["boven"]):
        return bouw.titel_van(beeld, _VERWACHT)
    grenzen = f"{opmaak.euro_kort(nu['onder'])} tot {opmaak.euro_kort(nu['boven'])}"
    return f"{zin(nu, beeld.waar)} ({grenzen})"


def maanden(beeld: Beeld) -> Figuur | Waarschuwing:
    """Euros per month of delivery in the newest two years: what was declared, and what is expected."""
    rijen = beeld.maanden
    rijen = rijen[rijen["periode"].ge(str(beeld.periode.jaar - 1))]
    if not is_zichtbaar(rijen):
        anders = (
            rijen if len(rijen) else beeld.rijen(_VERWACHT).assign(waarde=float("nan"), status="niet_leverbaar")
        )
        return leeg(beeld, "uitgaven per maand", anders)
    reeksen = [rijen[rijen["indicator"].eq(naam)].assign(reeks=kop) for naam, kop in _PER_MAAND.items()]
    return Figuur(
        id="uitgaven-maanden",
        titel=_titel_maanden(beeld, reeksen[0]),
        ondertitel=f"Uitgaven per maand waarin de hulp is gegeven, in {beeld.waar}, in euro",
        bron=bron(beeld),
        grafiek=grafiek.lijn(pd.concat(reeksen, ignore_index=True), eenheid="euro", band=True),
        noten=(_MAANDEN_NOOT, *bij_methode(rijen)),
        data=met_namen(beeld, rijen),
        intern=beeld.intern,
    )


def _titel_maanden(beeld: Beeld, verwacht_: pd.DataFrame) -> str:
    """The lowest and highest month, because one month by itself says little."""
    waarden = verwacht_["waarde"].dropna()
    laag, hoog = opmaak.euro_kort(waarden.min()), opmaak.euro_kort(waarden.max())
    return f"De jeugdhulp in {beeld.waar} kost naar verwachting {laag} tot {hoog} per maand"


def jaartotaal(beeld: Beeld) -> Tabel | Waarschuwing:
    """What twelve months will have cost when all declarations are in, with margin: by year, or by gemeente."""
    gebieden = beeld.gebieden if beeld.is_regio else (beeld.gebied,)
    eigen = [beeld.periode] if beeld.is_regio else [p for p in beeld.periodes if p.deel == beeld.periode.deel]
    rijen = beeld.rijen(_JAAR, gebieden=gebieden, periodes=eigen)
    if not is_zichtbaar(rijen):
        return leeg(beeld, "verwachte uitgaven over een jaar", rijen)
    wie = [kort(beeld, str(gebied)) for gebied in rijen["gebied"]]
    wanneer = [bouw.hoofdletter(opmaak.periode(str(periode))) for periode in rijen["periode"]]
    kop = {"Gebied": wie} if beeld.is_regio else {"Twaalf maanden tot en met": wanneer}
    return Tabel(
        id="uitgaven-jaar",
        titel="Wat een heel jaar kost als alle declaraties binnen zijn",
        ondertitel=f"Twaalf maanden tot en met het {beeld.periode.naam}, in euro"
        if beeld.is_regio
        else f"Verwachte uitgaven in {beeld.waar}, in euro",
        tabel=pd.DataFrame({**kop, "Verwacht": bouw.cellen(rijen), "Marge": _marges(rijen)}),
        bron=bron(beeld),
        noten=(*tekens(rijen["status"]), *bij_methode(rijen)),
        data=met_namen(beeld, rijen),
        intern=beeld.intern,
    )


def _marges(rijen: pd.DataFrame) -> list[str]:
    """Limits where something is still to come; those of a complete year are only its rounding."""
    grenzen = zip(rijen["onder"], rijen["boven"], rijen["status"], strict=True)
    return [
        f"{opmaak.euro(onder)} tot {opmaak.euro(boven)}" if status == "voorlopig" and onder < boven else ""
        for onder, boven, status in grenzen
    ]


def hulpvorm(beeld: Beeld) -> Figuur | Tabel | Waarschuwing:
    """Uitgaven by hulpvorm: bars for a gemeente, a table of all gemeenten for the region."""
    return _verdeling(beeld, "hulpvorm", "uitgaven naar hulpvorm")


def verwijzer(beeld: Beeld) -> Figuur | Tabel | Waarschuwing:
    """Uitgaven by who referred: bars for a gemeente, a table of all gemeenten for the region."""
    return _verdeling(beeld, "verwijzer", "uitgaven naar verwijzer")


def _verdeling(beeld: Beeld, per: str, wat_: str) -> Figuur | Tabel | Waarschuwing:
    maak = bouw.per_categorie if beeld.is_regio else bouw.samenstelling
    return maak(beeld, _BEDRAG, per, id=f"uitgaven-{per}", wat_=wat_)


def per_hulpvorm(beeld: Beeld) -> Tabel | Waarschuwing:
    """Euros per jeugdige and per closed traject for every hulpvorm, beside the region."""
    delen = {
        f"{naam}, {kort(beeld, gebied).lower() if gebied == codes.REGIO else kort(beeld, gebied)}": beeld.rijen(
            indicator, per="hulpvorm", gebieden=[gebied], periodes=[beeld.periode]
        )
        for naam, indicator in (("Per jeugdige", _PER_JEUGDIGE), ("Per traject", _PER_TRAJECT))
        for gebied in ((codes.REGIO,) if beeld.is_regio else (beeld.gebied, codes.REGIO))
    }
    wat_ = "uitgaven per jeugdige en per afgesloten traject"
    return bouw.naast_elkaar(beeld, delen, per="hulpvorm", id="uitgaven-per-hulpvorm", wat_=wat_)


def waardoor(beeld: Beeld) -> Tabel | Waarschuwing:
    """The change against a year earlier split into jeugdigen, volume, mix, indexation and price."""
    gebieden = beeld.gebieden if beeld.is_regio else (beeld.gebied,)
    periode = _compleet(beeld)
    delen = {naam: _van(beeld, indicator, gebieden, periode) for naam, indicator in _DELEN.items()}
    rijen = pd.concat(list(delen.values()), ignore_index=True)
    if not is_zichtbaar(rijen):
        return leeg(beeld, "waardoor de uitgaven veranderden", rijen)
    tabel = pd.DataFrame({naam: bouw.cellen(deel) for naam, deel in delen.items()})
    tabel.insert(0, "Gebied", [kort(beeld, gebied) for gebied in gebieden])
    return Tabel(
        id="uitgaven-waardoor",
        titel=f"Waardoor de uitgaven in {beeld.waar} veranderden",
        ondertitel=f"Verschil met een jaar eerder in euro, {periode.naam}; samen het hele verschil",
        tabel=tabel,
        bron=bron(beeld),
        noten=(_ONAF, *tekens(rijen["status"]), *bij_methode(rijen)),
        data=met_namen(beeld, rijen),
        intern=beeld.intern,
    )


def _compleet(beeld: Beeld) -> Periode:
    """The newest half-year that isn't provisional: an unfinished one would seem a fall in everything."""
    rijen = beeld.rijen(_DELEN["Andere hulp"], gebieden=beeld.gebieden)
    klaar = rijen.loc[rijen["status"].isin(("definitief", "verborgen")), "periode"]
    return Periode.lees(max(klaar, default=str(beeld.periode)))


def _van(beeld: Beeld, indicator: str, gebieden: tuple[str, ...], periode: Periode) -> pd.DataFrame:
    return beeld.rijen(indicator, gebieden=gebieden, periodes=[periode])


def buiten(beeld: Beeld) -> Tabel | Waarschuwing:
    """What the declarations don't hold: pgb, help bought nationally, and how much of the ledger they show.

    Each in the newest half-year that has it: a ledger comes a year later.
    """
    delen = {kop: _nieuwste(beeld, indicator) for kop, indicator in _BUITEN.items()}
    rijen = pd.concat(list(delen.values()), ignore_index=True)
    if not is_zichtbaar(rijen):
        return leeg(beeld, "hulp buiten de declaraties", rijen)
    kolommen = {f"{kop} ({_wanneer(deel)})": bouw.cellen(deel) for kop, deel in delen.items()}
    return Tabel(
        id="uitgaven-buiten",
        titel="Wat niet in de declaraties staat, of de regio niet zelf inkoopt",
        ondertitel="Van elk cijfer het nieuwste halfjaar of jaar dat bekend is",
        tabel=pd.DataFrame({"Gebied": [kort(beeld, gebied) for gebied in beeld.gebieden], **kolommen}),
        bron=bron(beeld),
        noten=(*tekens(rijen["status"]), *bij_methode(rijen)),
        data=met_namen(beeld, rijen),
        intern=beeld.intern,
    )


def _nieuwste(beeld: Beeld, indicator: str) -> pd.DataFrame:
    """The rows of the newest half-year with any figure that could be delivered, of every gebied shown."""
    rijen = beeld.rijen(indicator, gebieden=beeld.gebieden)
    bekend = rijen.loc[~rijen["status"].isin(("niet_leverbaar", "geen_waarneming")), "periode"]
    return rijen[rijen["periode"].eq(max(bekend, default=str(beeld.periode)))].reset_index(drop=True)


def _wanneer(rijen: pd.DataFrame) -> str:
    """A ledger is of a whole year, all else of a half-year."""
    periode = str(rijen["periode"].iloc[0])
    jaar = rijen["indicator"].eq("uitgaven.aansluiting").all()
    return periode[:4] if jaar else opmaak.periode_kort(periode)


def jaarrekening(beeld: Beeld) -> Tabel | Tekst:
    """INTERN: declared beside spent and budgeted per taakveld; nothing for others, for no gate saw these rows."""
    if not beeld.intern or beeld.lijstbron is None:
        return Tekst("", intern=beeld.intern)
    rijen = beeld.lijst("jaarrekening")
    if rijen.empty:
        return Tekst("De gemeenten leverden geen jaarrekening of begroting.", intern=True)
    laatste = rijen[rijen["jaar"].eq(rijen["jaar"].max())]
    bedragen = {"Gedeclareerd": "gedeclareerd", "Jaarrekening": "werkelijk", "Begroting": "begroot"}
    kolommen = {kop: [opmaak.cel(w, "euro") for w in laatste[kolom]] for kop, kolom in bedragen.items()}
    return Tabel(
        id="uitgaven-jaarrekening",
        titel=f"Declaraties naast de jaarrekening van {laatste['jaar'].iloc[0]}",
        ondertitel="Per groep taakvelden uit Iv3, in euro",
        tabel=pd.DataFrame(
            {
                "Gebied": [kort(beeld, str(gebied)) for gebied in laatste["gebied"]],
                "Taakvelden": laatste["naam"].to_list(),
                **kolommen,
                "Gedeclareerd deel": [opmaak.cel(w, "procent") for w in laatste["aandeel"]],
            }
        ),
        bron=bron(beeld),
        noten=("Tot en met 2022 gelden de oude taakvelden; de koppeling staat in params/taakvelden.yaml.",),
        data=laatste.reset_index(drop=True),
        intern=True,
    )


def bewijst_niet(beeld: Beeld) -> Waarschuwing | Tekst:
    """What these figures don't prove."""
    return bouw.bewijst_niet(beeld, _BEDRAG)
