"""Writes raw rows to Parquet in portions, so that memory stays bounded however large a delivery is.

Uncompressed: the files live for seconds in a scratch folder, are read once by the engine and then deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analyse.inname.pseudoniem import Pseudoniemen
from analyse.inname.ruw import BERICHTEN, HERKOMST, RUW, VRIJE_NUMMERS

PORTIE = 50_000
_TYPEN = {"string": pa.string(), "int32": pa.int32(), "int64": pa.int64()}


def schema(tabel: str) -> pa.Schema:
    """The Arrow schema of one raw table."""
    if tabel == "berichten":
        return pa.schema({naam: _TYPEN[soort] for naam, soort in BERICHTEN.items()})
    return pa.schema(
        {naam: _TYPEN[soort] for naam, soort in HERKOMST.items()} | dict.fromkeys(RUW[tabel], pa.string())
    )


class Schrijver:
    """Writes the portions of one task (a part of one delivered file)."""

    def __init__(self, map_: Path, *, taak: int, gemeente: str) -> None:
        self._map, self._taak, self._gemeente = map_, taak, gemeente
        self._volgnr = dict.fromkeys((*RUW, "berichten"), 0)

    def rijen(self, tabel: str, rijen: Sequence[tuple[Any, ...]], pseudoniem: Pseudoniemen) -> None:
        """Rows (bron, bericht_nr, nr, *columns) of one table; `persoon` still holds the id of the client."""
        if not rijen:
            return
        bron, bericht_nr, nr, *waarden = zip(*rijen, strict=True)
        kolommen: dict[str, pa.Array] = {}
        for naam, kolom in zip(RUW[tabel], waarden, strict=True):
            kolommen[naam] = pa.array(_zonder_bsn(naam, kolom, pseudoniem), pa.string())
        if tabel == "clienten":
            kolommen |= _geboortejaar(waarden)
        self.tabel(tabel, pa.table(kolommen), [pa.array(k, pa.int32()) for k in (bron, bericht_nr, nr)])

    def tabel(self, tabel: str, inhoud: pa.Table, plek: list[pa.Array]) -> None:
        """Columns of RUW as text, with where each row stood."""
        aantal, al = len(inhoud), self._volgnr[tabel]
        rid = pa.array(range((self._taak << 32) + al, (self._taak << 32) + al + aantal), pa.int64())
        vast = [
            rid,
            pa.repeat(pa.scalar(self._gemeente, pa.string()), aantal),
            *plek,
        ]
        kolommen = [inhoud[naam] for naam in RUW[tabel]]
        self._schrijf(tabel, pa.table([*vast, *kolommen], schema=schema(tabel)))

    def berichten(self, rijen: Sequence[tuple[Any, ...]]) -> None:
        """One row per message read."""
        if not rijen:
            return
        kolommen = [(self._gemeente,) * len(rijen), *zip(*rijen, strict=True)]
        arrays = [pa.array(k, veld.type) for k, veld in zip(kolommen, schema("berichten"), strict=True)]
        self._schrijf("berichten", pa.table(arrays, schema=schema("berichten")))

    def _schrijf(self, tabel: str, inhoud: pa.Table) -> None:
        al = self._volgnr[tabel]
        self._volgnr[tabel] = al + len(inhoud)
        doel = self._map / tabel
        doel.mkdir(parents=True, exist_ok=True)
        pq.write_table(inhoud, doel / f"{self._taak:06d}-{al:010d}.parquet", compression="none")


def _zonder_bsn(naam: str, kolom: Sequence[str | None], pseudoniem: Pseudoniemen) -> Sequence[str | None]:
    if naam == "persoon":
        return [pseudoniem(waarde) for waarde in kolom]
    return [pseudoniem.in_tekst(waarde) for waarde in kolom] if naam in VRIJE_NUMMERS else kolom


def _geboortejaar(waarden: Sequence[Sequence[str | None]]) -> dict[str, pa.Array]:
    """Year of birth out of the date, and nothing else of it; DatumGebruik 3 says that the date is made up."""
    namen = RUW["clienten"]
    datums, gebruik = waarden[namen.index("geboortejaar")], waarden[namen.index("geboortemaand")]
    jaren = [d[:4] if d and g != "3" else None for d, g in zip(datums, gebruik, strict=True)]
    return {
        "geboortejaar": pa.array(jaren, pa.string()),
        "geboortemaand": pa.nulls(len(jaren), pa.string()),
    }
