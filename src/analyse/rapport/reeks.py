"""The batch: every report of an edition, one child process each, and none that can harm another.

The parent is kept light until there is something to make (an unchanged edition answers at once), then imports
everything once and forks; a child inherits the imports. A child that raises, hangs or dies costs its own
report only: the old one is removed (a stale report is worse than none) and index, manifest and summary name
the place. Where forking is unsafe, children are spawned and pay for their own imports.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analyse.kern.bestanden import schrijf_tekst
from analyse.kern.fouten import onbekend
from analyse.rapport import inhoud, manifest
from analyse.rapport.opdracht import MeldVoortgang, Opdracht, Stuk, Uitslag, Voortgang
from analyse.rapport.schrijven import vervang, verwijder, werkplaats

if TYPE_CHECKING:
    from analyse.rapport.toezicht import Loper

MISLUKT = "_mislukt"


def _stil(_: Voortgang) -> None:
    return None


def maak_rapporten(opdracht: Opdracht, *, voortgang: MeldVoortgang = _stil) -> tuple[Uitslag, ...]:
    """Make, or skip, the reports of an edition; index and manifest follow. One Uitslag per asked report, in order.

    Raises ParameterFout for an unknown gebied or chapter and RapportFout while another batch of this edition
    runs. A failing report raises nothing: look at `Uitslag.status`.
    """
    _eis_hoofdstukken(opdracht)
    vorige = manifest.lees(opdracht.uit)
    afdrukken = {stuk.sleutel: manifest.afdruk(opdracht, stuk) for stuk in opdracht.stukken}
    over = [
        stuk
        for stuk in opdracht.gevraagd
        if opdracht.opnieuw
        or not manifest.actueel(vorige.get(stuk.sleutel), afdrukken[stuk.sleutel], uit=opdracht.uit)
    ]
    nieuw = {uitslag.stuk.sleutel: uitslag for uitslag in _maak(opdracht, over, voortgang)}
    _leg_vast(opdracht, vorige, afdrukken, nieuw)
    return tuple(nieuw.get(stuk.sleutel) or _overgeslagen(stuk, vorige) for stuk in opdracht.gevraagd)


def _eis_hoofdstukken(opdracht: Opdracht) -> None:
    bekend = {pad.stem for pad in opdracht.notebooks.glob("*.ipynb")}
    for rapport in opdracht.rapporten:
        for hoofdstuk in rapport.hoofdstukken:
            if hoofdstuk not in bekend:
                raise onbekend("Dit hoofdstuk", hoofdstuk, bekend, waar=f"params/rapporten/{rapport.naam}.yaml")


def _overgeslagen(stuk: Stuk, vorige: Mapping[str, Mapping[str, Any]]) -> Uitslag:
    bestanden = vorige[stuk.sleutel]["bestanden"]
    paden = tuple(bestand["pad"] for bestand in bestanden)
    return Uitslag(stuk=stuk, status="overgeslagen", bestanden=paden)


def _maak(opdracht: Opdracht, stukken: Sequence[Stuk], voortgang: MeldVoortgang) -> Iterator[Uitslag]:
    """Make these reports; each is in its place, or gone, when its Uitslag is given."""
    if not stukken:
        return
    # Heavy from here on: papermill, matplotlib and the exporters.
    from analyse.rapport.kind import verwarm
    from analyse.rapport.toezicht import Toezicht

    with werkplaats(opdracht.uit) as klad:
        toezicht = Toezicht(opdracht, klad, voortgang)
        if toezicht.vork:
            verwarm(opdracht.voorladen)
            if opdracht.vooraf:
                opdracht.vooraf()
        with _bevroren():
            for loper in toezicht.draai(stukken):
                doel = opdracht.uit / loper.stuk.sleutel
                if loper.fout is None:
                    vervang(loper.map, doel)
                else:
                    verwijder(doel, tot=opdracht.uit)
                yield _uitslag(opdracht, loper)


@contextlib.contextmanager
def _bevroren() -> Iterator[None]:
    """Keep what is loaded out of garbage collection: a collection in a child would copy every page of it."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _uitslag(opdracht: Opdracht, loper: Loper) -> Uitslag:
    stuk = loper.stuk
    spoor = opdracht.uit / MISLUKT / f"{stuk.bestandsnaam}.txt"
    if loper.fout is not None:
        uitslag = Uitslag(stuk=stuk, status="mislukt", fout=loper.fout, seconden=loper.seconden)
        # Holds no personal data: a notebook never sees more than released figures.
        schrijf_tekst(spoor, f"{uitslag.tekst}\n\n{loper.fout.spoor}\n")
        return uitslag
    spoor.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        spoor.parent.rmdir()
    bestanden = tuple(
        bestand["pad"] for bestand in manifest.beschrijf(opdracht.uit / stuk.sleutel, vanaf=opdracht.uit)
    )
    return Uitslag(stuk=stuk, status="gemaakt", bestanden=bestanden, seconden=loper.seconden)


def _leg_vast(
    opdracht: Opdracht,
    vorige: Mapping[str, Mapping[str, Any]],
    afdrukken: Mapping[str, str],
    nieuw: Mapping[str, Uitslag],
) -> None:
    """Manifest and index of the whole edition: what was made now, and what stood there already."""
    vermeldingen: list[Mapping[str, Any]] = []
    for sleutel, afdruk in afdrukken.items():
        if sleutel in nieuw:
            vermeldingen.append(manifest.vermeld(nieuw[sleutel], afdruk, uit=opdracht.uit))
        elif sleutel in vorige:
            vermeldingen.append(vorige[sleutel])
    for sleutel in set(vorige) - set(afdrukken):
        verwijder(opdracht.uit / sleutel, tot=opdracht.uit)
    manifest.schrijf(opdracht, vermeldingen)
    inhoud.schrijf(opdracht, {v["sleutel"]: v for v in vermeldingen}, afdrukken)
