"""The publication register: what was published stays known, so every later release must reckon with it.

One Parquet file per edition in `data/publicatie/`, with every release of that edition under its own number. It
holds only what anybody could read in the reports: shown figures and which were hidden, never a true count.
A release counts as published from the moment its reports are made, because nobody can tell where a file went. Two
ways out, both explicit: a release noted as `concept` (invented children, a trial) is replaced by the next one, and
`trek_in` withdraws a release that demonstrably reached nobody, with the reason on record.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analyse.kern.bestanden import schrijf_bytes
from analyse.kern.fouten import DomeinFout
from analyse.kern.resultaat import Vrijgave, csv_tekst, orden
from analyse.kern.schema import RESULTAAT

_EXTRA = ("uitgifte", "stand", "som", "reden")
_GEPUBLICEERD, _CONCEPT, _INGETROKKEN = "gepubliceerd", "concept", "ingetrokken"


@dataclass(frozen=True)
class Uitgifte:
    """One release of an edition: its number (from 1), state, fingerprint, and why it was withdrawn."""

    editie: str
    nummer: int
    stand: str
    som: str
    reden: str = ""


def leg_vast(vrijgave: Vrijgave, map_: Path, editie: str, *, concept: bool = False) -> Uitgifte:
    """Note a release of an edition in `<map_>/<editie>.parquet`; the same figures twice are one release.

    Raises DomeinFout when the file was changed by hand.
    """
    tabel, vinger = _lees(map_, editie), afdruk(vrijgave)
    stand = _CONCEPT if concept else _GEPUBLICEERD
    tabel = tabel[~((tabel["stand"] == _CONCEPT) & (tabel["som"] != vinger))]
    laatste = tabel[tabel["uitgifte"] == tabel["uitgifte"].max()] if len(tabel) else tabel
    if len(laatste) and laatste["som"].iloc[0] == vinger and laatste["stand"].iloc[0] in (stand, _GEPUBLICEERD):
        return _uitgifte(editie, laatste)
    tabel = tabel[tabel["stand"] != _CONCEPT]
    nummer = int(tabel["uitgifte"].max()) + 1 if len(tabel) else 1
    nieuw = vrijgave.tabel.assign(uitgifte=nummer, stand=stand, som=vinger, reden="")
    _schrijf(pd.concat([tabel, nieuw], ignore_index=True) if len(tabel) else nieuw, map_, editie)
    return _uitgifte(editie, nieuw)


def lees(map_: Path, tot_editie: str) -> tuple[Vrijgave, ...]:
    """All published releases up to and including an edition, oldest first: what an attacker may have kept.

    Earlier releases of the edition itself belong to it: a correction is published beside what it corrects.
    """
    uit = []
    for editie in sorted(pad.stem for pad in map_.glob("*.parquet") if pad.stem <= tot_editie):
        tabel = _lees(map_, editie)
        for _, deel in tabel[tabel["stand"] == _GEPUBLICEERD].groupby("uitgifte", sort=True):
            uit.append(Vrijgave(deel.drop(columns=list(_EXTRA))))
    return tuple(uit)


def uitgiften(map_: Path) -> tuple[Uitgifte, ...]:
    """What the register holds, by edition and number."""
    edities = sorted(pad.stem for pad in map_.glob("*.parquet"))
    return tuple(_uitgifte(naam, deel) for naam in edities for _, deel in _lees(map_, naam).groupby("uitgifte"))


def trek_in(map_: Path, editie: str, nummer: int, *, reden: str) -> None:
    """Withdraw a release that reached nobody; raises DomeinFout when it isn't there or no reason is given."""
    tabel = _lees(map_, editie)
    raak = tabel["uitgifte"] == nummer
    if not raak.any() or not reden.strip():
        raise DomeinFout(
            "Een uitgifte intrekken kan alleen als zij in het register staat, en met een reden.",
            ontvangen=f"{editie}, uitgifte {nummer}",
            waar="data/publicatie",
            doe="Noem het nummer van een uitgifte uit het register en schrijf op waarom niemand die heeft gezien.",
        )
    tabel.loc[raak, "stand"], tabel.loc[raak, "reden"] = _INGETROKKEN, reden.strip()
    _schrijf(tabel, map_, editie)


def afdruk(vrijgave: Vrijgave) -> str:
    """A fingerprint of the figures of one release."""
    return hashlib.sha256(csv_tekst(orden(vrijgave.tabel)).encode()).hexdigest()


def som(map_: Path, tot_editie: str) -> str:
    """A fingerprint of what `lees` gives, for the key of a hop."""
    return hashlib.sha256("".join(afdruk(deel) for deel in lees(map_, tot_editie)).encode()).hexdigest()


def _uitgifte(editie: str, deel: pd.DataFrame) -> Uitgifte:
    rij = deel.iloc[0]
    return Uitgifte(editie, int(rij["uitgifte"]), str(rij["stand"]), str(rij["som"]), str(rij["reden"]))


def _lees(map_: Path, editie: str) -> pd.DataFrame:
    pad = map_ / f"{editie}.parquet"
    if not pad.is_file():
        return pd.DataFrame(columns=[*RESULTAAT, *_EXTRA])
    tabel = pd.read_parquet(pad)
    for nummer, deel in tabel.groupby("uitgifte"):
        if afdruk(Vrijgave(deel[list(RESULTAAT)])) != deel["som"].iloc[0]:
            raise DomeinFout(
                "Het register van publicaties klopt niet meer met wat er is gepubliceerd.",
                ontvangen=f"{editie}, uitgifte {nummer}",
                waar=str(pad.name),
                doe="Zet het bestand terug uit de reservekopie; wijzig het niet met de hand.",
            )
    return tabel


def _schrijf(tabel: pd.DataFrame, map_: Path, editie: str) -> None:
    schrijf_bytes(map_ / f"{editie}.parquet", tabel.to_parquet(index=False))
