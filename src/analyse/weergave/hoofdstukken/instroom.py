"""Chapter instroom: how much help begins and ends, for whom, and how often after earlier help."""

from __future__ import annotations

from datetime import timedelta

from analyse.kern.periode import Periode, plus_jaren
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw.gemeen import op
from analyse.weergave.hoofdstukken.bouw.leeftijdsverhouding import leeftijdsverhouding
from analyse.weergave.hoofdstukken.bouw.maandkaart import maandkaart

_BEGONNEN, _GEEINDIGD = "trajecten.instroom", "trajecten.uitstroom"
_NIEUW, _HERHAALD = "jeugdigen.instroom", "trajecten.herhaald"


def verloop(beeld: Beeld) -> Figuur | Waarschuwing:
    """Begun trajecten per 1,000 inhabitants through time."""
    return bouw.verloop(beeld, bouw.Maat(_BEGONNEN, per_1000=True), id="instroom-verloop")


def in_en_uit(beeld: Beeld) -> Figuur | Waarschuwing:
    """Begun and ended trajecten, those after earlier help, and new jeugdigen; counts of this gebied."""
    eerder = _vanaf(beeld)
    lijnen = (
        bouw.Lijn("Begonnen", _BEGONNEN),
        bouw.Lijn("Geëindigd", _GEEINDIGD),
        bouw.Lijn("Jeugdigen nieuw in hulp", _NIEUW, eerder[_NIEUW]),
        bouw.Lijn("Begonnen na eerdere hulp", _HERHAALD, eerder[_HERHAALD]),
    )
    wat_ = "begonnen en geëindigde trajecten"
    return bouw.reeksen(beeld, lijnen, id="instroom-in-en-uit", titel=_titel(beeld), wat_=wat_)


def _vanaf(beeld: Beeld) -> dict[str, Periode]:
    """From when on there is enough history to know who had help before."""
    regio = beeld.params.regio
    begin, regels = regio.eerste_periode.begin, regio.rekenregels
    terug = {
        _NIEUW: begin + timedelta(days=regels.instroom_vrije_dagen),
        _HERHAALD: plus_jaren(begin, regels.terugblik_jaren),
    }
    return {indicator: Periode.halfjaar_van(dag) for indicator, dag in terug.items()}


def _titel(beeld: Beeld) -> str:
    """Begun against ended when both can be seen, else what can."""
    nu = [op(beeld.rijen(naam), beeld.gebied, beeld.periode) for naam in (_BEGONNEN, _GEEINDIGD)]
    if nu[0] is None or nu[1] is None:
        return bouw.titel_van(beeld, _BEGONNEN, _GEEINDIGD)
    begonnen, geeindigd = (opmaak.getal(rij["waarde"]) for rij in nu if rij is not None)
    # Ends are reported late: of a provisional half-year the difference is not yet what it will be.
    slot = " (voorlopig)" if any(rij["status"] == "voorlopig" for rij in nu if rij is not None) else ""
    if opmaak.verschil(nu[0]["waarde"], nu[1]["waarde"], "aantal").richting == "gelijk":
        vergeleken = f"ongeveer evenveel trajecten als er eindigden: {begonnen} en {geeindigd}"
    else:
        woord = "meer" if nu[0]["waarde"] > nu[1]["waarde"] else "minder"
        vergeleken = f"{woord} trajecten dan er eindigden: {begonnen} tegen {geeindigd}"
    return f"In {beeld.waar} begonnen {vergeleken}{slot}"


def per_maand(beeld: Beeld) -> Figuur | Waarschuwing:
    """Begun trajecten per month in a control chart: a signal, or the ordinary swing."""
    return maandkaart(beeld, _BEGONNEN, id="instroom-per-maand", wat_="begonnen trajecten")


def naar_leeftijd(beeld: Beeld) -> Figuur | Tabel | Waarschuwing:
    """Begun trajecten against what fits the ages of the children."""
    return leeftijdsverhouding(
        beeld, _BEGONNEN, id="instroom-naar-leeftijd", wat_="begonnen trajecten", uitleg=False
    )


def hulpvorm(beeld: Beeld) -> Figuur | Waarschuwing:
    """Begun trajecten by hulpvorm."""
    return bouw.samenstelling(
        beeld, _BEGONNEN, "hulpvorm", id="instroom-hulpvorm", wat_="begonnen trajecten naar hulpvorm"
    )


def leeftijd(beeld: Beeld) -> Figuur | Tabel | Waarschuwing:
    """Begun trajecten by age: bars for a gemeente, a table of all gemeenten for the region."""
    wat_ = "begonnen trajecten naar leeftijd"
    if beeld.is_regio:
        return bouw.per_categorie(beeld, _BEGONNEN, "leeftijd", id="instroom-leeftijd", wat_=wat_)
    return bouw.samenstelling(beeld, _BEGONNEN, "leeftijd", id="instroom-leeftijd", wat_=wat_)


def bewijst_niet(beeld: Beeld) -> Waarschuwing | Tekst:
    """What these figures don't prove."""
    return bouw.bewijst_niet(beeld, _BEGONNEN)
