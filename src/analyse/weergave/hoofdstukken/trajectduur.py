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
    namen = {
        "Gemiddelde (beëindigd)": _GEMIDDELD,
        "Middelste (beëindigd)": _MEDIAAN,
        "Verwacht (ook lopend)": _KM,
    }
    return bouw.reeksen(
        beeld,
        namen,
        id="trajectduur-drie-maten",
        titel=bouw.titel_van(beeld, _KM, _MEDIAAN, _GEMIDDELD),
        wat_="duur van trajecten in dagen",
    )


def langlopend(beeld: Beeld) -> Figuur | Waarschuwing:
    """Share of running trajecten that last longer than the limit of the region."""
    return bouw.verloop(beeld, bouw.Maat(_LANGLOPEND), id="trajectduur-langlopend")


def hulpvorm(beeld: Beeld) -> Tabel | Waarschuwing:
    """The expected duration by hulpvorm, this gebied beside the region (region: beside a year earlier)."""
    anders = (codes.REGIO, beeld.jaar_eerder) if beeld.is_regio else (codes.REGIO, beeld.periode)
    delen = [
        beeld.rijen(_KM, per="hulpvorm", gebieden=[gebied], periodes=[periode])
        for gebied, periode in ((beeld.gebied, beeld.periode), anders)
    ]
    return bouw.naast_elkaar(
        beeld,
        delen,
        per="hulpvorm",
        koppen=(bouw.kort(beeld, beeld.gebied), "Een jaar eerder" if beeld.is_regio else bouw.REGIO),
        id="trajectduur-hulpvorm",
        titel=f"Verwachte duur naar hulpvorm in {beeld.waar}",
        wat_="verwachte duur van nieuwe trajecten naar hulpvorm, in dagen",
    )


def bewijst_niet(beeld: Beeld) -> Waarschuwing | Tekst:
    """What these figures don't prove."""
    return bouw.bewijst_niet(beeld, _KM, _GEMIDDELD, _LANGLOPEND)
