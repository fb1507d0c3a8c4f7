"""Chapter resultaat: how long jeugdigen wait, and how help ends, each with what isn't known of it.

The four kinds of waiting time overlap and may not be added up. An outcome stands beside its response, because who
answers is often more satisfied than who doesn't. Some figures need months after an end, so every row says of which
half-year it is: the newest that can be measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.grafiek.noten import tekens
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw.gemeen import alle_op, bij_methode, bron, is_zichtbaar, kort, met_namen

_START, _UITVAL, _RESPONS = "wachttijd.toewijzing_start", "uitval.strikt", "tevredenheid.respons"
_SOORTEN = {
    "Van verzoek tot besluit": "wachttijd.verzoek_toewijzing",
    "Van verzoek tot start": "wachttijd.verzoek_start",
    "Van besluit tot start": _START,
    "Van afgesproken dag tot start": "wachttijd.ingang_start",
}
_APART = {
    "Besloten toen de hulp al liep": "wachttijd.terugwerkend",
    "Geen verzoek bekend": "wachttijd.zonder_verzoek",
}
_AFLOOP = {
    "Eenzijdig gestopt": _UITVAL,
    "Te vroeg gestopt, alle redenen": "uitval.breed",
    "Onbekend of het volgens plan was": "uitval.zonder_reden",
    "Geen nieuwe start binnen een half jaar": "geen_nieuwe_start.6_maanden",
    "Geen nieuwe start binnen een jaar": "geen_nieuwe_start.12_maanden",
}
# With from how many an answer is known.
_ERVARING = {
    "Rapportcijfer": ("tevredenheid.gemiddeld", _RESPONS),
    "Rapportcijfer acht of hoger": ("tevredenheid.acht_of_hoger", _RESPONS),
    "Zonder andere hulp verder": ("zonder_hulp.verder", "zonder_hulp.respons"),
    "Doelen behaald": ("doelrealisatie.behaald", "doelrealisatie.respons"),
}
_GELEVERD = {
    "Geleverd van wat is toegewezen": "verzilvering.aandeel",
    "Nooit gestart": "verzilvering.nooit_gestart",
    "Niet te meten": "verzilvering.onbekend",
}


@dataclass(frozen=True)
class _Regel:
    """One measure: its rows of all gebieden and half-years, the newest half-year measured, and maybe another.

    Beside it, in brackets, stands a P90 or a response.
    """

    naam: str
    rijen: pd.DataFrame
    periode: Periode
    haakjes: pd.DataFrame | None = None

    def cel(self, gebied: str, periode: Periode) -> str:
        """One figure as it stands in a table."""
        eigen = bouw.cellen(alle_op(self.rijen, gebied, periode))[0]
        if self.haakjes is None or not is_zichtbaar(alle_op(self.haakjes, gebied, periode)):
            return eigen
        return f"{eigen}{opmaak.NBSP}({bouw.cellen(alle_op(self.haakjes, gebied, periode))[0]})"

    def data(self, gebied: str, periode: Periode) -> list[pd.DataFrame]:
        """The rows behind a cell."""
        return [alle_op(rijen, gebied, periode) for rijen in (self.rijen, self.haakjes) if rijen is not None]


def wachttijd(beeld: Beeld) -> Tabel:
    """Four kinds of waiting time: the middle one, and within how many days nine out of ten began."""
    regels = [_regel(beeld, naam, id_, haakjes=f"{id_}_p90") for naam, id_ in _SOORTEN.items()]
    apart = [_regel(beeld, naam, id_) for naam, id_ in _APART.items()]
    kop = "in dagen; tussen haakjes: negen van de tien binnen zoveel dagen"
    koppen = (
        bouw.titel_van(beeld, _START, verschil=not beeld.is_regio),
        f"Middelste wachttijd in {beeld.waar}, {beeld.periode.naam}, {kop}",
    )
    return _tabel(beeld, [*regels, *apart], id="resultaat-wachttijd", koppen=koppen)


def wachttijd_verloop(beeld: Beeld) -> Figuur | Waarschuwing:
    """The time from decision to start, through time."""
    return bouw.verloop(beeld, bouw.Maat(_START), id="resultaat-wachttijd-verloop")


def afloop(beeld: Beeld) -> Tabel:
    """How help ended, and whether new help began afterwards."""
    return _maten(beeld, _AFLOOP, _UITVAL, id="resultaat-afloop", ondertitel="Hoe hulp eindigde")


def ervaring(beeld: Beeld) -> Tabel:
    """What jeugdigen and parents say at the end, with from how many an answer is known."""
    regels = [_regel(beeld, naam, id_, haakjes=respons) for naam, (id_, respons) in _ERVARING.items()]
    kop = "tussen haakjes: van welk deel van de einden er een antwoord is"
    koppen = (
        bouw.titel_van(beeld, _RESPONS, verschil=False),
        f"Antwoorden aan het eind van hulp in {beeld.waar}, {beeld.periode.naam}; {kop}",
    )
    return _tabel(beeld, regels, id="resultaat-ervaring", koppen=koppen)


def geleverd(beeld: Beeld) -> Tabel:
    """How much of what was allocated was delivered, and what never began."""
    return _maten(
        beeld,
        _GELEVERD,
        "verzilvering.aandeel",
        id="resultaat-geleverd",
        ondertitel="Toegewezen en geleverde hulp",
    )


def bewijst_niet(beeld: Beeld) -> Waarschuwing | Tekst:
    """What these figures don't prove."""
    return bouw.bewijst_niet(beeld, _START)


def _maten(beeld: Beeld, maten: Mapping[str, str], kern: str, *, id: str, ondertitel: str) -> Tabel:
    regels = [_regel(beeld, naam, id_) for naam, id_ in maten.items()]
    koppen = (
        bouw.titel_van(beeld, kern, verschil=not beeld.is_regio),
        f"{ondertitel} in {beeld.waar}, {beeld.periode.naam}",
    )
    return _tabel(beeld, regels, id=id, koppen=koppen)


def _regel(beeld: Beeld, naam: str, indicator: str, *, haakjes: str = "") -> _Regel:
    rijen = _alle(beeld, indicator)
    gemeten = set(rijen.loc[rijen["status"].ne("geen_waarneming"), "periode"])
    nieuwste = next((p for p in reversed(beeld.periodes) if str(p) in gemeten), beeld.periode)
    bij = "" if nieuwste == beeld.periode else f", {opmaak.periode_kort(nieuwste)}"
    return _Regel(f"{naam}{bij}", rijen, nieuwste, _alle(beeld, haakjes) if haakjes else None)


def _alle(beeld: Beeld, indicator: str) -> pd.DataFrame:
    return beeld.rijen(indicator, gebieden=beeld.gebieden, periodes=beeld.alle_periodes)


def _tabel(beeld: Beeld, regels: Sequence[_Regel], *, id: str, koppen: tuple[str, str]) -> Tabel:
    """Gemeenten as rows for the region; else measures as rows, beside a year earlier and the region."""
    tabel = _per_gemeente(beeld, regels) if beeld.is_regio else _naast_regio(beeld, regels)
    plekken = [(r, g, p) for r in regels for g in beeld.gebieden for p in _halfjaren(beeld, r, g)]
    delen = [deel for regel, gebied, periode in plekken for deel in regel.data(gebied, periode)]
    rijen = pd.concat(delen, ignore_index=True)
    return Tabel(
        id=id,
        titel=koppen[0],
        ondertitel=koppen[1],
        tabel=tabel,
        bron=bron(beeld),
        noten=(*tekens(rijen["status"]), *bij_methode(rijen)),
        data=met_namen(beeld, rijen),
        intern=beeld.intern,
    )


def _halfjaren(beeld: Beeld, regel: _Regel, gebied: str) -> list[Periode]:
    """The half-years of a gebied in the table: a gemeente stands beside its own year earlier."""
    eerder = [] if beeld.is_regio or gebied == codes.REGIO else [_eerder(regel)]
    return [regel.periode, *eerder]


def _eerder(regel: _Regel) -> Periode:
    return regel.periode.vorige.vorige


def _per_gemeente(beeld: Beeld, regels: Sequence[_Regel]) -> pd.DataFrame:
    kolommen = {regel.naam: [regel.cel(gebied, regel.periode) for gebied in beeld.gebieden] for regel in regels}
    return pd.DataFrame({"Gebied": [kort(beeld, gebied) for gebied in beeld.gebieden], **kolommen})


def _naast_regio(beeld: Beeld, regels: Sequence[_Regel]) -> pd.DataFrame:
    kolommen = ["Maat", beeld.naam, "Een jaar eerder", kort(beeld, codes.REGIO)]
    cellen = [
        [
            regel.naam,
            regel.cel(beeld.gebied, regel.periode),
            regel.cel(beeld.gebied, _eerder(regel)),
            regel.cel(codes.REGIO, regel.periode),
        ]
        for regel in regels
    ]
    return pd.DataFrame(cellen, columns=kolommen)
