"""A server on this machine that answers as CBS does: parts, pages with a link to the next, keys with spaces."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Tabellen = dict[str, dict[str, list[dict[str, Any]]]]


@dataclass
class Dienst:
    """`storingen`: status codes (or "rommel") to give first; `vragen`: what was asked, as (path, filter)."""

    tabellen: Tabellen
    bladgrootte: int = 4
    storingen: list[int | str] = field(default_factory=list)
    vragen: list[tuple[str, str]] = field(default_factory=list)
    rondjes: bool = False
    basis: str = ""

    def antwoord(self, pad: str) -> tuple[int, bytes]:
        delen = urlsplit(pad)
        stukken, vraag = unquote(delen.path).strip("/").split("/"), parse_qs(delen.query)
        self.vragen.append(("/".join(stukken[-2:]), vraag.get("$filter", [""])[0]))
        if self.storingen:
            storing = self.storingen.pop(0)
            return (200, b"<html>Onderhoud</html>") if storing == "rommel" else (int(storing), b"storing")
        rijen = self.tabellen.get(stukken[-2], {}).get(stukken[-1])
        if rijen is None:
            return 404, b"Resource not found"
        return 200, json.dumps(self._blad(delen.path, rijen, vraag)).encode()

    def _blad(self, pad: str, rijen: list[dict[str, Any]], vraag: dict[str, list[str]]) -> dict[str, Any]:
        """Pages by `$skip`, as the feed does; the link names another scheme and host than was asked."""
        van = int(vraag.get("$skip", ["0"])[0])
        tot = van + self.bladgrootte
        blad: dict[str, Any] = {"odata.metadata": "x", "value": rijen[van:tot]}
        if tot < len(rijen):
            naar = van if self.rondjes else tot
            blad["odata.nextLink"] = f"http://opendata.cbs.invalid{pad}?$format=json&$skip={naar}"
        return blad


@contextmanager
def draai(tabellen: Tabellen, **keuzes: Any) -> Iterator[Dienst]:
    """Run the service as long as the block lasts; `dienst.basis` is its address."""
    dienst = Dienst(tabellen, **keuzes)

    class Loket(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            code, inhoud = dienst.antwoord(self.path)
            self.send_response(code)
            self.send_header("Content-Length", str(len(inhoud)))
            self.end_headers()
            self.wfile.write(inhoud)

        def log_message(self, *_: object) -> None:
            """Tests need no log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Loket)
    draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    draad.start()
    dienst.basis = f"http://127.0.0.1:{server.server_port}"
    try:
        yield dienst
    finally:
        server.shutdown()
        server.server_close()
        draad.join(timeout=5)


def perioden(*sleutels: tuple[str, str, str]) -> list[dict[str, Any]]:
    return [{"Key": sleutel, "Title": titel, "Status": status} for sleutel, titel, status in sleutels]


def rijen(**titels: str) -> list[dict[str, Any]]:
    """A dimension; the keys get the spaces that CBS puts behind them."""
    return [{"Key": sleutel.ljust(7), "Title": titel} for sleutel, titel in titels.items()]


def onderwerp(sleutel: str, titel: str, eenheid: str = "aantal", **rest: Any) -> dict[str, Any]:
    return {"Type": "Topic", "Key": sleutel, "Title": titel, "Unit": eenheid, **rest}


def dimensie(sleutel: str, soort: str = "Dimension") -> dict[str, Any]:
    return {"Type": soort, "Key": sleutel, "Title": sleutel}


REGIOS = {
    "NL01": "Nederland",
    "GM0200": "Apeldoorn",
    "GM0301": "Zutphen",
    "GM0014": "Groningen",
    "PV25": "Gelderland",
}
JAREN = perioden(
    ("2019JJ00", "2019", "Definitief"), ("2022HJ01", "2022 1e halfjaar", "Definitief"),
    ("2022JJ00", "2022", "Definitief"),
    ("2023HJ01", "2023 1e halfjaar*", "NaderVoorlopig"), ("2023KW01", "2023 1e kwartaal", "Voorlopig"),
    ("2023JJ00", "2023*", "Voorlopig"),
)  # fmt: skip


def verwijzertabel() -> dict[str, list[dict[str, Any]]]:
    """85097NED in small: a heading above two columns, a column that nobody knows, a gemeente that is gone."""
    gegevens = []
    for regio in [*REGIOS, "GM0999"]:
        for periode in ("2022JJ00", "2023HJ01", "2023JJ00", "2023KW01"):
            for i, verwijzer in enumerate(("T001475", "A1", "A2", "A9")):
                weg = regio == "GM0999"
                gegevens.append(
                    {"VerwijzerJeugdzorg": verwijzer.ljust(7), "RegioS": regio.ljust(7), "Perioden": periode}
                    | {"TotaalTrajecten_1": None if weg else 100 * (i + 1), "Begonnen_3": None if weg else 10}
                    | {"Herhaald_4": None, "Duur_5": None if weg else 200}
                )
    return {
        "TableInfos": [{"Identifier": "85097NED", "Modified": "2024-10-31T02:00:00"}],
        "DataProperties": [
            dimensie("VerwijzerJeugdzorg"),
            dimensie("RegioS", "GeoDimension"), dimensie("Perioden", "TimeDimension"),
            onderwerp("TotaalTrajecten_1", "Totaal jeugdhulptrajecten", ID=1),
            {"Type": "TopicGroup", "ID": 2, "Key": "", "Title": "Begonnen jeugdhulptrajecten"},
            onderwerp("Begonnen_3", "Totaal", ID=3, ParentID=2),
            onderwerp("Herhaald_4", "Herhaald beroep", ID=4, ParentID=2),
            onderwerp("Duur_5", "Gemiddelde duur", "dagen", ID=5),
        ],
        "Perioden": JAREN,
        "RegioS": rijen(**REGIOS),
        "VerwijzerJeugdzorg": rijen(T001475="Totaal verwijzer", A1="Gemeente", A2="Huisarts", A9="Nieuwe soort"),
        "TypedDataSet": gegevens,
    }  # fmt: skip


def kostentabel() -> dict[str, list[dict[str, Any]]]:
    vormen = {"A045561": "JZ Totaal jeugdzorg", "A045560": "JH 1 Totaal jeugdhulp", "A045562": "JH 1221 Pleegzorg"}
    gegevens = [
        {"VormenVanJeugdzorg": vorm.ljust(7), "Regio": regio.ljust(7), "Perioden": "2023JJ00"}
        | {"BegroteKosten_1": 90.0, "GerealiseerdeKosten_2": None if vorm == "A045562" else 100.5}
        for vorm in vormen
        for regio in REGIOS
    ]
    return {
        "TableInfos": [{"Identifier": "83454NED", "Modified": "2024-12-01T02:00:00"}],
        "DataProperties": [
            dimensie("VormenVanJeugdzorg"),
            dimensie("Regio", "GeoDimension"), dimensie("Perioden", "TimeDimension"),
            onderwerp("BegroteKosten_1", "Begrote kosten", "1 000 euro"),
            onderwerp("GerealiseerdeKosten_2", "Gerealiseerde kosten", "1 000 euro"),
        ],
        "Perioden": JAREN,
        "Regio": rijen(**REGIOS),
        "VormenVanJeugdzorg": rijen(**vormen),
        "TypedDataSet": gegevens,
    }  # fmt: skip


def bevolkingstabel() -> dict[str, list[dict[str, Any]]]:
    """03759ned: 0 to 24 years, three sexes, two civil states; Zutphen misses one age."""
    leeftijden = {"10000": "Totaal", **{f"{10010 + 10 * jaar}": f"{jaar} jaar" for jaar in range(25)}}
    geslachten = {"T001038": "Totaal mannen en vrouwen", "3000": "Mannen", "4000": "Vrouwen"}
    gegevens = []
    for regio in ("NL01", "GM0200", "GM0301"):
        for geslacht in geslachten:
            for sleutel, titel in leeftijden.items():
                ontbreekt = regio == "GM0301" and titel == "9 jaar"
                gegevens.append(
                    {"Geslacht": geslacht.ljust(7), "Leeftijd": sleutel.ljust(7), "BurgerlijkeStaat": "T001019"}
                    | {"RegioS": regio.ljust(7), "Perioden": "2023JJ00"}
                    | {"BevolkingOp1Januari_1": None if ontbreekt else 100, "GemiddeldeBevolking_2": 99.5}
                )
    return {
        "TableInfos": [{"Identifier": "03759ned", "Modified": "2025-04-17T02:00:00"}],
        "DataProperties": [
            dimensie("Geslacht"), dimensie("Leeftijd"), dimensie("BurgerlijkeStaat"),
            dimensie("RegioS", "GeoDimension"), dimensie("Perioden", "TimeDimension"),
            onderwerp("BevolkingOp1Januari_1", "Bevolking op 1 januari"),
            onderwerp("GemiddeldeBevolking_2", "Gemiddelde bevolking"),
        ],
        "Perioden": JAREN,
        "RegioS": rijen(**REGIOS),
        "Geslacht": rijen(**geslachten),
        "Leeftijd": rijen(**leeftijden),
        "BurgerlijkeStaat": rijen(T001019="Totaal burgerlijke staat", A="Ongehuwd"),
        "TypedDataSet": gegevens,
    }  # fmt: skip


# Keys and figures of 85098NED as printed in the documentation of the R package cbsodataR (maps vignette).
INDICATOREN = {
    "JongerenMetJeugdhulpInNatura_1": "Jongeren met jeugdhulp in natura",
    "JongerenMetJeugdhMetVerblInNat_2": "Jongeren met jeugdh. met verbl. in nat.",
    "JongerenMetJeugdbescherming_3": "Jongeren met jeugdbescherming",
    "JeugdbeschEnJeugdhMetVerblInNat_4": "Jeugdbesch. en jeugdh. met verbl. in nat.",
    "JongerenMetJeugdreclassering_5": "Jongeren met jeugdreclassering",
}
INDICATORCIJFERS = {
    "GM0014": (15.4, 9.5, 1.4, 46.1, 0.4),
    "GM0037": (14.7, 17.1, 2.4, 59.4, 0.3),
    "GM0060": (7.9, None, None, None, None),
}


def indicatorentabel() -> dict[str, list[dict[str, Any]]]:
    return {
        "TableInfos": [{"Identifier": "85098NED", "Modified": "2024-10-31T02:00:00"}],
        "DataProperties": [
            dimensie("RegioS", "GeoDimension"),
            dimensie("Perioden", "TimeDimension"),
            *(onderwerp(sleutel, titel, "%") for sleutel, titel in INDICATOREN.items()),
        ],
        "Perioden": JAREN,
        "RegioS": rijen(**REGIOS),
        "TypedDataSet": [
            {"RegioS": regio, "Perioden": "2022JJ00", **dict(zip(INDICATOREN, waarden, strict=True))}
            for regio, waarden in INDICATORCIJFERS.items()
        ],
    }


def kerncijfers() -> dict[str, list[dict[str, Any]]]:
    kop = {"Type": "TopicGroup", "ID": 8, "Key": "", "Title": "Stedelijkheid"}
    gegevens = [
        {"RegioS": regio.ljust(7), "Perioden": "2023JJ00", "TotaleBevolking_1": 1000 * (i + 1)}
        | {"ZeerSterkStedelijk_2": 1, "Stedelijkheid_3": None, "Omgevingsadressendichtheid_4": 400.0 + 1000 * i}
        for i, regio in enumerate(REGIOS)
    ]
    return {
        "TableInfos": [{"Identifier": "70072ned", "Modified": "2025-03-01T02:00:00"}],
        "DataProperties": [
            dimensie("RegioS", "GeoDimension"), dimensie("Perioden", "TimeDimension"), kop,
            onderwerp("TotaleBevolking_1", "Totale bevolking"),
            onderwerp("ZeerSterkStedelijk_2", "Zeer sterk stedelijk", ParentID=8),
            onderwerp("Stedelijkheid_3", "Stedelijkheid (code)", "code", ParentID=8),
            onderwerp("Omgevingsadressendichtheid_4", "Omgevingsadressendichtheid", "per km2", ParentID=8),
        ],
        "Perioden": JAREN,
        "RegioS": rijen(**REGIOS),
        "TypedDataSet": gegevens,
    }  # fmt: skip
