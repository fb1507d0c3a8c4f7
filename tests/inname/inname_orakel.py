"""A second opinion on current state and spells: plain Python over dicts, written from the design text alone.

No engine, no SQL, no sharing with the code under test. Slow and literal is the point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

Rij = Mapping[str, object]


def dag(waarde: object) -> date | None:
    """A date out of ISO text."""
    return date.fromisoformat(str(waarde)) if waarde else None


def huidig(rijen: Iterable[Rij]) -> dict[str, Rij]:
    """Per number the version that stands, with the last reason ever filled; deleted numbers are absent."""
    per_nummer: dict[str, list[Rij]] = defaultdict(list)
    for rij in rijen:
        per_nummer[str(rij["toewijzingnummer"])].append(rij)
    staat = {}
    for nummer, versies in per_nummer.items():
        op_tijd = sorted(versies, key=_moment)
        nieuwste = [v for v in op_tijd if _moment(v) == _moment(op_tijd[-1])]
        laatste = nieuwste[0]
        redenen_nu = [str(v["reden_wijziging"]) for v in nieuwste if v["reden_wijziging"]]
        if "13" in redenen_nu or ("01" in redenen_nu and laatste["einddatum"] == laatste["ingangsdatum"]):
            continue
        alle = [str(v["reden_wijziging"]) for v in op_tijd if v["reden_wijziging"]]
        staat[nummer] = {**laatste, "reden_wijziging": alle[-1] if alle else None}
    return staat


def _moment(rij: Rij) -> tuple[str, str]:
    return str(rij["toewijzingsdatum"]), str(rij["toewijzingstijd"])


def spells(
    toewijzingen: Iterable[Rij], leveringen: Iterable[Rij], declaraties: Iterable[Rij], peildatum: date
) -> set[tuple[str, date, date | None, str, str | None, str | None]]:
    """Every spell as (nummer, begin, eind, datumbron_begin, datumbron_eind, reden_beeindiging)."""
    leveringen, declaraties = list(leveringen), list(declaraties)
    uit = set()
    for nummer, kop in huidig(toewijzingen).items():
        eigen = [r for r in leveringen if str(r["toewijzingnummer"]) == nummer]
        geld = [r for r in declaraties if str(r["toewijzingnummer"]) == nummer and r["status"] != "afgewezen"]
        for begin, eind, van, tot, reden in _spells(kop, eigen, geld, peildatum):
            if begin > peildatum:
                continue
            if eind is not None and eind < begin:
                eind = begin
            if eind is not None and eind > peildatum:
                eind = None
            uit.add((nummer, begin, eind, van, tot if eind else None, reden if eind else None))
    return uit


def _spells(kop: Rij, leveringen: list[Rij], geld: list[Rij], peildatum: date):
    toew_eind = dag(kop["einddatum"])
    voorbij = toew_eind is not None and toew_eind < peildatum
    starts, stops = _staande(leveringen, "start"), _staande(leveringen, "stop")
    momenten = []
    for begin in sorted({dag(r["begindatum"]) for r in starts + stops}):
        zelfde = [r for r in stops if dag(r["begindatum"]) == begin]
        definitief = [r for r in zelfde if r["reden_beeindiging"] != "20"]
        keuze = _voorkeur(definitief or zelfde, leveringen)
        momenten.append((begin, keuze))
    if not momenten:
        yield _zonder_berichten(kop, geld, toew_eind, voorbij)
        return
    eerste = momenten[0][0]
    for i, (_, stop) in enumerate(momenten):
        volgt = i + 1 < len(momenten)
        if stop is not None and stop["reden_beeindiging"] == "20" and volgt:
            continue
        if stop is not None:
            yield eerste, dag(stop["einddatum"]), "regiebericht", "regiebericht", stop["reden_beeindiging"]
        elif voorbij:
            yield eerste, toew_eind, "regiebericht", "toewijzing", None
        else:
            yield eerste, None, "regiebericht", None, None
        eerste = momenten[i + 1][0] if volgt else eerste


def _zonder_berichten(kop: Rij, geld: list[Rij], toew_eind: date | None, voorbij: bool):
    if geld:
        laatste = max(dag(r["periode_eind"]) for r in geld) if voorbij else None
        return min(dag(r["periode_begin"]) for r in geld), laatste, "declaratie", "declaratie", None
    return dag(kop["ingangsdatum"]), toew_eind, "toewijzing", "toewijzing", None


def _voorkeur(zelfde: list[Rij], alle: list[Rij]):
    """Newest message first; among those of one day not the one that was taken back; then the latest end."""

    def maat(rij: Rij) -> tuple[str, bool, str, str]:
        terug = any(
            r["status_aanlevering"] == "3" and _sleutel(r) == _sleutel(rij) and r["einddatum"] == rij["einddatum"]
            for r in alle
        )
        return str(rij["berichtdatum"] or ""), not terug, str(rij["einddatum"]), str(rij["reden_beeindiging"])

    return max(zelfde, key=maat, default=None)


def _staande(leveringen: list[Rij], soort: str) -> list[Rij]:
    """Messages of one kind that a deletion has not taken away."""
    per_sleutel: dict[tuple[object, ...], list[Rij]] = defaultdict(list)
    for rij in leveringen:
        if rij["soort"] == soort and rij not in per_sleutel[_sleutel(rij)]:
            per_sleutel[_sleutel(rij)].append(rij)
    return [rij for rijen in per_sleutel.values() for rij in _overblijvers(rijen)]


def _sleutel(rij: Rij) -> tuple[object, ...]:
    return rij["soort"], rij["begindatum"], rij["reden_beeindiging"] if rij["soort"] == "stop" else ""


def _overblijvers(rijen: list[Rij]) -> list[Rij]:
    erbij = [r for r in rijen if r["status_aanlevering"] != "3"]
    eraf = [r for r in rijen if r["status_aanlevering"] == "3"]
    if not eraf:
        return erbij
    if any(r["berichtdatum"] is None for r in eraf):
        return []
    laatst = max(str(r["berichtdatum"]) for r in eraf)
    later = [r for r in erbij if r["berichtdatum"] and str(r["berichtdatum"]) > laatst]
    tot_dan = [r for r in erbij if not r["berichtdatum"] or str(r["berichtdatum"]) <= laatst]
    zelfde_dag = [r for r in tot_dan if str(r["berichtdatum"]) == laatst]
    return later + (zelfde_dag if len(tot_dan) > len(eraf) else [])
