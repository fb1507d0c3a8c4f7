"""Chapter uithuisplaatsingen: verblijf as the nearest thing to a figure that nobody registers as such."""

from __future__ import annotations

from analyse.weergave import Figuur, Tekst, Waarschuwing
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw.maandkaart import maandkaart

_JEUGDIGEN, _NIEUW = "verblijf.jeugdigen", "verblijf.nieuw"
_GEDWONGEN, _NAAR_HUIS, _DUUR = "verblijf.gedwongen", "verblijf.naar_huis", "verblijf.duur_km"


def verloop(beeld: Beeld) -> Figuur | Waarschuwing:
    """Jeugdigen in verblijf per 1,000 inhabitants through time."""
    return bouw.verloop(beeld, bouw.Maat(_JEUGDIGEN, per_1000=True), id="uithuisplaatsingen-verloop")


def in_en_uit(beeld: Beeld) -> Figuur | Waarschuwing:
    """Jeugdigen in verblijf, new placements, ends without a next one, and those under a maatregel; counts."""
    lijnen = (
        bouw.Lijn("Jeugdigen in verblijf", _JEUGDIGEN),
        bouw.Lijn("Met maatregel", _GEDWONGEN),
        bouw.Lijn("Nieuw verblijf", _NIEUW),
        bouw.Lijn("Einde verblijf", _NAAR_HUIS),
    )
    titel = bouw.titel_van(beeld, _JEUGDIGEN, _NIEUW)
    return bouw.reeksen(beeld, lijnen, id="uithuisplaatsingen-in-en-uit", titel=titel, wat_="verblijf buiten huis")


def per_maand(beeld: Beeld) -> Figuur | Waarschuwing:
    """New verblijf per month in a control chart, where there is enough of it."""
    return maandkaart(beeld, _NIEUW, id="uithuisplaatsingen-per-maand", wat_="nieuw verblijf")


def vormen(beeld: Beeld) -> Figuur | Waarschuwing:
    """Jeugdigen in verblijf by hulpvorm: pleegzorg, gezinsgericht, gesloten, other."""
    return bouw.samenstelling(
        beeld, _JEUGDIGEN, "hulpvorm", id="uithuisplaatsingen-vormen", wat_="jeugdigen in verblijf naar hulpvorm"
    )


def maatregel(beeld: Beeld) -> Figuur | Waarschuwing:
    """Jeugdigen in verblijf with, without and with unknown jeugdbeschermingsmaatregel."""
    return bouw.samenstelling(
        beeld,
        _JEUGDIGEN,
        "maatregel",
        id="uithuisplaatsingen-maatregel",
        wat_="jeugdigen in verblijf met en zonder maatregel",
    )


def duur(beeld: Beeld) -> Figuur | Waarschuwing:
    """Expected duration of a new verblijf."""
    return bouw.duur(beeld, _DUUR, id="uithuisplaatsingen-duur")


def bewijst_niet(beeld: Beeld) -> Waarschuwing | Tekst:
    """What these figures don't prove."""
    return bouw.bewijst_niet(beeld, _JEUGDIGEN)
