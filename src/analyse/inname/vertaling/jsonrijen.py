"""Nested JSON as flat tables: one row per element of one list, with everything that stands above it.

A path is keys with dots between them; lists on the way are walked through. Numbers stay the text they were.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from analyse.inname.tabellen import OnleesbareTabel, Plek, inhoud_van

GROOTST = 1 << 30  # bytes of one JSON file; it is held in memory as a whole


def lees_json(plek: Plek, wortels: Sequence[str]) -> list[Any]:
    """The records of a file: the list at the first of these paths that is there. Raises OnleesbareTabel."""
    try:
        ruw = inhoud_van(plek)
        if len(ruw) > GROOTST:
            raise OnleesbareTabel("het JSON-bestand is groter dan 1 GB")
        inhoud = json.loads(ruw.decode("utf-8-sig"), parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, OSError, RecursionError) as fout:
        raise OnleesbareTabel("het JSON-bestand is beschadigd of leeg") from fout
    for wortel in wortels:
        gevonden = _op_pad(inhoud, [stap for stap in wortel.split(".") if stap])
        if isinstance(gevonden, list) and gevonden:
            return gevonden
    return []


def _op_pad(inhoud: Any, pad: Sequence[str]) -> Any:  # noqa: ANN401
    for stap in pad:
        inhoud = inhoud.get(stap) if isinstance(inhoud, dict) else None
    return inhoud


def platte_rijen(records: Sequence[Any], pad: str) -> Iterator[dict[str, str | None]]:
    """Per element at `pad` (from a record) the texts of itself and of all that holds it, by full path."""
    stappen = [stap for stap in pad.split(".") if stap]
    for record in records:
        yield from _loop(record, stappen, "", {})


def _loop(
    knoop: Any,  # noqa: ANN401
    stappen: Sequence[str],
    voor: str,
    boven: dict[str, str | None],
) -> Iterator[dict[str, str | None]]:
    if isinstance(knoop, list):
        for deel in knoop:
            yield from _loop(deel, stappen, voor, boven)
    elif isinstance(knoop, dict):
        samen = boven | dict(_teksten(knoop, voor))
        if not stappen:
            yield samen
        else:
            yield from _loop(knoop.get(stappen[0]), stappen[1:], f"{voor}{stappen[0]}.", samen)


def _teksten(knoop: dict[str, Any], voor: str) -> Iterator[tuple[str, str | None]]:
    for sleutel, waarde in knoop.items():
        if isinstance(waarde, dict):
            yield from _teksten(waarde, f"{voor}{sleutel}.")
        elif not isinstance(waarde, list):
            yield f"{voor}{sleutel}", _tekst(waarde)


def _tekst(waarde: object) -> str | None:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return str(waarde).strip() or None if waarde is not None else None


def als_tabel(rijen: Sequence[dict[str, str | None]]) -> pa.Table:
    """Flat rows as a table of text; a path that a row doesn't have is empty there."""
    namen = list(dict.fromkeys(naam for rij in rijen for naam in rij))
    return pa.table({naam: pa.array([rij.get(naam) for rij in rijen], pa.string()) for naam in namen})
