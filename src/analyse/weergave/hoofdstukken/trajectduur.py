"""Chapter trajectduur: three ways to say how long help lasts, why they differ, and how much lasts long."""

from __future__ import annotations

from analyse.kern import codes
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import bouw

_GEMIDDELD, _MEDIAAN = "trajectduur.gemiddeld", "trajectduur.mediaan"
_KM, _LANGLOPEND = "trajectduur.mediaan_km", "trajectduur.langlopend"


def duur(beeld: Beeld) -> Figuur | Waarschuwing:
    """The expected duration: a gemeente beside the region through time, or all gemeenten with their margins."""
    return bouw.duur(beeld, _KM, id="trajectduur-duur")


def drie_maten(beeld: Beeld) -> Figuur | Waarschuwing:
    """Mean and median of ended trajecten beside the expected duration, which counts running ones too."""
    lijnen = (
        bouw.Lijn("Gemiddelde (beëindigd)", _GEMIDDELD),
        bouw.Lijn("Middelste (beëindigd)", _MEDIAAN),
        bouw.Lijn("Verwacht (ook lopend)", _KM),
    )
    titel = bouw.titel_van(beeld, _KM, _MEDIAAN, _GEMIDDELD)
    return bouw.reeksen(
        beeld, lijnen, id="trajectduur-drie-maten", titel=titel, wat_="duur van trajecten in dagen"
    )


def langlopend(beeld: Beeld) -> Figuur | Waarschuwing:
    """Share of running trajecten that last longer than the limit of the region."""
    return bouw.verloop(beeld, bouw.Maat(_LANGLOPEND), id="trajectduur-langlopend")


def hulpvorm(beeld: Beeld) -> Tabel | Waarschuwing:
    """The expected duration by hulpvorm, this gebied beside the region (region: beside a year earlier)."""
    naast = ("Een jaar eerder", beeld.jaar_eerder) if beeld.is_regio else (bouw.REGIO, beeld.periode)
    kolommen = {
        bouw.kort(beeld, beeld.gebied): (beeld.gebied, beeld.periode),
        naast[0]: (codes.REGIO, naast[1]),
    }
    delen = {
        kop: beeld.rijen(_KM, per="hulpvorm", gebieden=[gebied], periodes=[periode])
        for kop, (gebied, periode) in kolommen.items()
    }
    wat_ = "verwachte duur naar hulpvorm"
    return bouw.naast_elkaar(beeld, delen, per="hulpvorm", id="trajectduur-hulpvorm", wat_=wat_)


def bewijst_niet(beeld: Beeld) -> Waarschuwing | Tekst:
    """What these figures don't prove."""
    return bouw.bewijst_niet(beeld, _KM)
