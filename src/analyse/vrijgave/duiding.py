"""Hand-written text may only hold figures that are published: checked before it is shown.

A person who knows the cases writes what no rule made, so a hidden figure could walk out here. Numbers are
looked up among the released figures of the gebied and the region, narrowed by the names and half-years in the same
sentence. What isn't a figure is declared: dates, years, half-years, ages, ordinals, articles, list numbers. A
small number of things that aren't people or help may be written as a word ('drie scholen').
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from analyse.kern import codes
from analyse.kern.fouten import ParameterFout
from analyse.kern.resultaat import Vrijgave
from analyse.params import EditieParams, Params
from analyse.vrijgave.uitgave.getallen import Getal, getallen, glad, in_woorden
from analyse.vrijgave.uitgave.namen import Rijen, als_rijen

_ONGEVEER = re.compile(
    r"\b(?:bijna|ongeveer|ruim|circa|ca\.|rond(?: de)?|zo'n|tegen de|dik|krap|iets (?:meer|minder) dan|"
    r"(?:meer|minder) dan)\s+(?:€ ?)?$",
    re.IGNORECASE,
)
_ANDEREN = re.compile(r"\b(?:CBS|landelijk\w*|Nederland|NJi|VNG|Rijk)\b")
_NUMMERING = re.compile(r"^\s*\d{1,2}[.)]\s", re.MULTILINE)
_ZIN = re.compile(r"(?<=[.!?])\s+|\n+")
_RUIM = 0.1  # 'bijna 250' may stand for 245
_KLEIN = 20  # below this 'bijna' would blur the difference between hidden and shown
_DOE = (
    "Haal het getal weg, of neem een getal uit het rapport. Gaat het niet over jeugdigen, hulp of geld, schrijf "
    "het dan als woord (drie scholen). Is het een cijfer van het CBS, noem dan het CBS in dezelfde zin."
)


@dataclass(frozen=True)
class Onbekend:
    """A number in a text that is not published; `verborgen`: what it seems to be about is hidden."""

    getal: str
    zin: str
    verborgen: bool


def zoek(tekst: str, vrijgave: Vrijgave, *, gebied: str, params: Params) -> list[Onbekend]:
    """The numbers in a text that no released figure of this gebied or the region explains."""
    gebieden = params.regio.namen if gebied == codes.REGIO else (gebied, codes.REGIO)
    tabel = vrijgave.tabel[vrijgave.tabel["gebied"].isin(gebieden)]
    rijen = Rijen(als_rijen(tabel.assign(gebied_naam=tabel["gebied"].map(params.regio.namen))))
    zinnen = [glad(zin) for zin in _ZIN.split(_NUMMERING.sub("", tekst)) if zin.strip()]
    return [raak for zin in zinnen for raak in _in_zin(zin, rijen)]


def _in_zin(zin: str, rijen: Rijen) -> Iterator[Onbekend]:
    if _ANDEREN.search(zin):
        return
    smal = _versmal(rijen, zin)
    for getal in (*getallen(zin), *in_woorden(zin)):
        ruim = _ruim(getal, zin)
        if not (smal.dekt(ruim) or (not smal.alle_verborgen and smal.dekt_verschil(ruim))):
            yield Onbekend(getal.tekst, zin, smal.alle_verborgen)


def _versmal(rijen: Rijen, zin: str) -> Rijen:
    """Rows of the half-years, gebieden and categories that a sentence names."""
    klein = zin.lower()
    genoemd = {naam for naam in rijen.namen if len(naam) > 4 and re.search(rf"\b{re.escape(naam)}\b", klein)}
    hier = rijen.bij_periode(zin)
    raak = [rij for rij in hier.rijen if rij.namen & genoemd]
    return Rijen(raak) if raak else hier


def _ruim(getal: Getal, zin: str) -> Getal:
    """The number with room for a word like 'bijna' before it."""
    if getal.waarde < _KLEIN or not _ONGEVEER.search(zin[: getal.begin]):
        return getal
    return replace(getal, stap=max(getal.stap, _RUIM * getal.waarde))


def controleer(tekst: str, vrijgave: Vrijgave, *, gebied: str, params: Params, waar: str) -> None:
    """Raises ParameterFout that names every unpublished number in a text; `waar` is its chapter or key."""
    raak = zoek(tekst, vrijgave, gebied=gebied, params=params)
    if not raak:
        return
    verborgen = any(getal.verborgen for getal in raak)
    raise ParameterFout(
        "In een duiding staan alleen getallen die ook in het rapport staan."
        + (" Dit cijfer is verborgen, omdat er kinderen aan te herkennen zijn." if verborgen else ""),
        ontvangen="; ".join(f"{getal.getal} in “{getal.zin[:80]}”" for getal in raak),
        waar=waar,
        doe=_DOE,
    )


def controleer_editie(editie: EditieParams, vrijgave: Vrijgave, *, params: Params) -> None:
    """Check all hand-written texts of an edition; raises ParameterFout for the first that isn't clean."""
    for sleutel, tekst in _teksten(editie.duiding):
        gebied = next((deel for deel in sleutel if deel in params.regio.namen), codes.REGIO)
        waar = f"params/edities/{editie.periode}.yaml, duiding, {' '.join(sleutel)}"
        controleer(tekst, vrijgave, gebied=gebied, params=params, waar=waar)


def _teksten(duiding: Mapping[str, object], voor: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Texts with their keys: by gebied, by chapter, or both."""
    for naam, inhoud in duiding.items():
        if isinstance(inhoud, Mapping):
            yield from _teksten(inhoud, (*voor, str(naam)))
        else:
            yield (*voor, *re.split(r"[/. ]", str(naam))), str(inhoud)
