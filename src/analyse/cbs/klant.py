"""The service of CBS open data (OData, JSON), read page by page.

Own client and no package, because none on PyPI is kept well enough for a run that must end by itself. `cbsodata`
(MIT) had its last release in October 2023, sets no time limit, never tries again and keeps its options in a
global. `cbsodata4` and `cbspy` are young, have one maintainer each and bring httpx with pyarrow or polars. All we
need is a request with a time limit, another try after a hiccup, and the link to the next page. The feed
(`ODataFeed`) is the entry that pages; the other one (`ODataApi`) refuses answers over ten thousand rows.

Anything with a method `rijen` can take its place: a test, a proxy, a folder with saved answers.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from analyse.kern.fouten import AnalyseFout

CBS = "https://opendata.cbs.nl"
FEED = "ODataFeed/odata"
LEESBAAR = "(),'"
# A table of the size we ask for has a few dozen pages; more means that the paging goes round in circles.
BLADZIJDEN_HOOGSTENS = 2000


class CbsFout(AnalyseFout):
    """A table of CBS can't be fetched or isn't what we know; what lies in the folder stays."""

    exitcode = 11


class Onbereikbaar(CbsFout):
    """Nothing answers at all: trying the next table is of no use."""


class Klant(Protocol):
    """What this room needs of a client."""

    def rijen(
        self, tabel: str, onderdeel: str, *, filter_: str = "", kolommen: tuple[str, ...] = ()
    ) -> Iterator[dict[str, Any]]:
        """All rows of one part (`TableInfos`, `TypedDataSet`, a dimension) of a table, page after page."""


@dataclass(frozen=True)
class ODataKlant:
    """CBS over the network. `basis`: the service; `pogingen`: tries per page; `seconden`: limit per try."""

    basis: str = CBS
    pogingen: int = 3
    seconden: float = 60.0
    slaap: Callable[[float], None] = time.sleep

    def rijen(
        self, tabel: str, onderdeel: str, *, filter_: str = "", kolommen: tuple[str, ...] = ()
    ) -> Iterator[dict[str, Any]]:
        """All rows, page after page; raises Onbereikbaar or CbsFout."""
        vragen = {"$format": "json", "$filter": filter_, "$select": ",".join(kolommen)}
        # Brackets and quotes as they are: servers refuse a question of more than two thousand characters.
        vraag = "&".join(f"{naam}={quote(waarde, safe=LEESBAAR)}" for naam, waarde in vragen.items() if waarde)
        pad: str | None = f"/{FEED}/{tabel}/{onderdeel}?{vraag}"
        gezien: set[str] = set()
        while pad is not None:
            if pad in gezien or len(gezien) >= BLADZIJDEN_HOOGSTENS:
                raise CbsFout("De bladzijden van CBS komen niet aan een eind.", waar=f"{tabel}/{onderdeel}")
            gezien.add(pad)
            blad = self._blad(pad)
            yield from blad["value"]
            pad = _volgende(blad)

    def _blad(self, pad: str) -> dict[str, Any]:
        """One page; waits 1, 2, 4 … seconds between tries. An answer in the 400s isn't asked for again."""
        waar = urlsplit(pad).path.removeprefix(f"/{FEED}/")
        for poging in range(1, self.pogingen + 1):
            try:
                return _lees(self._antwoord(pad), waar)
            except HTTPError as fout:
                if fout.code < 500 and fout.code != 429:
                    raise CbsFout("CBS kent deze tabel niet (meer).", ontvangen=fout.code, waar=waar) from fout
                laatste: Exception = CbsFout("CBS geeft een storing.", ontvangen=fout.code, waar=waar)
            except (URLError, TimeoutError, HTTPException, ConnectionError) as fout:
                laatste = Onbereikbaar(
                    "CBS open data is niet bereikbaar.",
                    waar=urlsplit(self.basis).netloc,
                    doe="Kijk of deze computer internet heeft. De cijfers die er al zijn, blijven staan.",
                )
                laatste.__cause__ = fout
            if poging < self.pogingen:
                self.slaap(2.0 ** (poging - 1))
        raise laatste

    def _antwoord(self, pad: str) -> bytes:
        # The base is https, or http in a test; a link to a file or another scheme never gets here.
        verzoek = Request(self.basis + pad, headers={"Accept": "application/json"})
        with urlopen(verzoek, timeout=self.seconden) as antwoord:
            return bytes(antwoord.read())


def _lees(inhoud: bytes, waar: str) -> dict[str, Any]:
    try:
        blad = json.loads(inhoud.decode("utf-8"))
    except ValueError as fout:
        raise CbsFout("Het antwoord van CBS is geen JSON.", waar=waar) from fout
    if not isinstance(blad, dict) or not isinstance(blad.get("value"), list):
        raise CbsFout("Het antwoord van CBS heeft geen rijen (`value`).", waar=waar)
    return blad


def _volgende(blad: dict[str, Any]) -> str | None:
    """The path of the next page. Only path and query: CBS names it with http, and never may it lead elsewhere."""
    link = blad.get("odata.nextLink") or blad.get("@odata.nextLink")
    if not link:
        return None
    delen = urlsplit(str(link))
    return f"{delen.path}?{delen.query}" if delen.query else delen.path
