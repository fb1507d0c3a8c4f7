"""How aanbieders report starts and stops: late, missing, withdrawn, paused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from analyse.demo.feiten import Archief, Melding
from analyse.demo.looptijd import CONTRACTDATUM
from analyse.demo.toeval import Toeval
from analyse.demo.toewijzen import Toewijzing
from analyse.demo.wereld import PEILDATUM, Zorgtraject

REDENEN_36_VANAF = date(2021, 1, 1)
REDENEN_38_VANAF = date(2022, 4, 4)
TE_LAAT, GEEN_START = 0.02, 0.04  # of the messages and starts of an ordinary aanbieder
GEEN_STOP = {"einde": 0.03, "verlenging": 0.06, "contract": 0.05, "wijziging": 0.05}  # by what ends the number
# Gemeenten whose aanbieders forget more than elsewhere.
_VERGEET = {"GM0285": 1.8, "GM0262": 1.4}


def meld(traject: Zorgtraject, toewijzing: Toewijzing, archief: Archief, toeval: Toeval) -> None:
    """Write the starts and stops of one number to the archive."""
    for melding in _meldingen(traject, toewijzing, toeval, _VERGEET.get(archief.gemeente, 1.0)):
        archief.voeg_toe(melding)


def _meldingen(traject: Zorgtraject, toewijzing: Toewijzing, toeval: Toeval, vergeet: float) -> list[Melding]:
    slordig = traject.aanbieder.slordig * vergeet
    start = _start(traject, toewijzing, toeval, slordig)
    gevonden = [*_valse_start(start, toeval), start] if not toeval.kans(GEEN_START * slordig) else []
    pauze = _pauze(start, toewijzing.stuk.eind, toeval) if gevonden and not traject.soort.verblijf else []
    laatste = pauze[-1] if pauze else start
    stop = _stop(traject, toewijzing, laatste, toeval, slordig)
    vals = _valse_stop(start, toewijzing.stuk.eind, toeval) if gevonden and not pauze else []
    return [*gevonden, *pauze, *vals, *([stop] if stop else [])]


def _vertraging(toeval: Toeval, slordig: float) -> timedelta:
    """Days between a fact and its message: within a week by rule, with a long tail in practice."""
    return timedelta(
        days=toeval.geheel(0, 5) if not toeval.kans(TE_LAAT * slordig) else 8 + toeval.dagen(35 * slordig)
    )


def _start(traject: Zorgtraject, toewijzing: Toewijzing, toeval: Toeval, slordig: float) -> Melding:
    begin = toewijzing.stuk.begin
    if begin == CONTRACTDATUM and toeval.kans(0.3):
        begin += timedelta(days=toeval.geheel(1, 18))
    begin = min(begin, toewijzing.stuk.eind)
    bericht = max(begin, toewijzing.bericht) + _vertraging(toeval, slordig)
    return Melding(
        toewijzing.nummer, traject.persoon, traject.aanbieder.agb, toewijzing.stuk.product, toewijzing.ingang,
        begin, bericht,
    )  # fmt: skip


def _valse_start(start: Melding, toeval: Toeval) -> list[Melding]:
    """A start on the wrong day, withdrawn (status 3) before the right one comes."""
    if not toeval.kans(0.01):
        return []
    fout = replace(start, begin=start.begin - timedelta(days=7), bericht=start.bericht - timedelta(days=2))
    return [fout, replace(fout, status="3", bericht=start.bericht - timedelta(days=1))]


def _pauze(start: Melding, eind: date, toeval: Toeval) -> list[Melding]:
    """Stop with reason 20 and a new start on the same number; sometimes the new start never comes."""
    duur = (eind - start.begin).days
    if duur < 150 or not toeval.kans(0.035):
        return []
    van = start.begin + timedelta(days=toeval.geheel(40, duur - 80))
    stop = replace(
        start, eind=van, reden="20", bericht=max(van, start.bericht) + timedelta(days=toeval.geheel(0, 9))
    )
    if toeval.kans(0.2):
        return [stop]
    terug = van + timedelta(days=toeval.geheel(15, 60))
    return [
        stop,
        replace(start, begin=terug, bericht=max(terug, stop.bericht) + timedelta(days=toeval.geheel(0, 9))),
    ]


def _valse_stop(start: Melding, eind: date, toeval: Toeval) -> list[Melding]:
    """A stop sent by mistake while help goes on past the peildatum, and withdrawn (status 3) some days later."""
    van = start.bericht + timedelta(days=60)
    if eind <= PEILDATUM or van > PEILDATUM or not toeval.kans(0.02):
        return []
    fout = replace(start, eind=van, reden="31", bericht=van + timedelta(days=2))
    return [fout, replace(fout, status="3", bericht=van + timedelta(days=9))]


def _stop(
    traject: Zorgtraject, toewijzing: Toewijzing, laatste: Melding, toeval: Toeval, slordig: float
) -> Melding | None:
    """The stop that ends this number, or None when the aanbieder never sends it."""
    slot, eind = toewijzing.stuk.slot, toewijzing.stuk.eind
    stil = GEEN_STOP[slot] * (slordig if slot == "einde" else 1)
    if toeval.kans(stil):
        return None
    reden = _reden(traject, toewijzing, eind)
    eind = max(eind, laatste.begin)
    bericht = max(eind, laatste.bericht) + _vertraging(toeval, slordig)
    return replace(laatste, eind=eind, reden=reden, bericht=bericht, status="1")


def _reden(traject: Zorgtraject, toewijzing: Toewijzing, eind: date) -> str:
    """JZ588 of this stop; codes that didn't exist yet fall back on what was used then."""
    slot = toewijzing.stuk.slot
    reden = traject.reden
    if slot != "einde":
        reden = "36" if slot == "contract" else "37" if toewijzing.via_verzoek else "31"
    if reden in ("36", "37") and eind < REDENEN_36_VANAF:
        return "31"
    if reden in ("38", "39") and eind < REDENEN_38_VANAF:
        return {"38": "34", "39": "31"}[reden]
    return reden
