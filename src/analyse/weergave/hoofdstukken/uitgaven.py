"""Chapter uitgaven: what help cost, per jeugdige and per inhabitant, for what, and why that changed.

Amounts come from declarations and those come late: the newest half-years are too low, and every object says so by
its star. Amounts are never set beside each other without a denominator.
"""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, grafiek, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.grafiek.noten import tekens
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw.gemeen import bij_methode, bron, is_zichtbaar, kort, leeg, met_namen, op

_BEDRAG, _VERWACHT = "uitgaven.bedrag", "uitgaven.verwacht"
_PER_JEUGDIGE, _PER_INWONER, _PER_TRAJECT = "uitgaven.per_jeugdige", "uitgaven.per_inwoner", "uitgaven.per_traject"
_MATEN = {
    "Uitgaven": bouw.Maat(_BEDRAG),
    "Per jeugdige": bouw.Maat(_PER_JEUGDIGE),
    "Per inwoner 0–17": bouw.Maat(_PER_INWONER),
    "Per afgesloten traject": bouw.Maat(_PER_TRAJECT),
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
        naam=[opmaak.periode(periode) for periode in schatting["periode"]], vorige=binnen["waarde"].to_numpy()
    )
    return Figuur(
        id="uitgaven-verwacht",
        titel=_titel_verwacht(beeld, schatting),
        ondertitel=f"Verwachte uitgaven in {beeld.waar} met marge, per halfjaar; open stip: wat al binnen is",
        bron=bron(beeld),
        grafiek=grafiek.punten(punten, eenheid="euro"),
        noten=bij_methode(schatting),
        data=met_namen(beeld, pd.concat([schatting, binnen], ignore_index=True)),
        intern=beeld.intern,
    )


def _titel_verwacht(beeld: Beeld, rijen: pd.DataFrame) -> str:
    nu = op(rijen, beeld.gebied, beeld.periode)
    if nu is None or pd.isna(nu["onder"]) or pd.isna(nu["boven"]):
        return bouw.titel_van(beeld, _VERWACHT)
    grenzen = f"{opmaak.euro_kort(nu['onder'])} tot {opmaak.euro_kort(nu['boven'])}"
    return f"De jeugdhulp in {beeld.waar} kost naar verwachting {opmaak.euro_kort(nu['waarde'])} ({grenzen})"


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


def _nu(beeld: Beeld, indicator: str, gebieden: tuple[str, ...]) -> pd.DataFrame:
    return _van(beeld, indicator, gebieden, beeld.periode)


def buiten(beeld: Beeld) -> Tabel | Waarschuwing:
    """What the declarations don't hold: the share of the pgb, and how much of the ledger is seen in them."""
    maten = {
        "Aandeel pgb": bouw.Maat("uitgaven.pgb_aandeel"),
        "Declaraties van de jaarrekening": bouw.Maat("uitgaven.aansluiting"),
    }
    delen = [_nu(beeld, maat.indicator, beeld.gebieden) for maat in maten.values()]
    rijen = pd.concat(delen, ignore_index=True)
    if not is_zichtbaar(rijen):
        return leeg(beeld, "hulp buiten de declaraties", rijen)
    return bouw.per_gebied(
        beeld,
        maten,
        id="uitgaven-buiten",
        titel="Wat niet in de declaraties staat",
        ondertitel=f"{bouw.hoofdletter(beeld.periode.naam)}, in procenten",
    )


def bewijst_niet(beeld: Beeld) -> Waarschuwing | Tekst:
    """What these figures don't prove."""
    return bouw.bewijst_niet(beeld, _BEDRAG)
