"""A small delivery without a fault, in both forms, to be damaged in one place at a time.

Twenty-four children with one toewijzing each: enough that one bad row stays under every threshold for shares.
Every delivery has children of its own, so that eight can be read side by side without touching each other.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from inname_bouwer import jw301, jw305, jw307, jw315, jw323, prestatie, schrijf_csv, toegewezen

from analyse.inname.pseudoniem import elfproef

AANTAL = 24
PEILDATUM = date(2024, 12, 31)
AGB, AGB2 = "98980001", "98980002"
ZIP = "berichten.zip"
_BSNS = [f"{n:09}" for n in range(900_000_000, 900_090_000) if elfproef(f"{n:09}")]

Rij = dict[str, object]
GEMEENTEN = ("GM0200", "GM0213", "GM0232", "GM0244", "GM0246", "GM0262", "GM0285", "GM0301")


@dataclass
class Proef:
    """What will be delivered; a damage function changes it before it is written.

    `los` are files beside tables and messages; `daarna` runs on the folder once everything is there.
    """

    volgnr: int
    tabellen: dict[str, list[Rij]] = field(default_factory=dict)
    berichten: list[bytes] = field(default_factory=list)
    los: dict[str, bytes] = field(default_factory=dict)
    info: dict[str, str] = field(default_factory=lambda: {"peildatum": PEILDATUM.isoformat()})
    daarna: Callable[[Path], None] | None = None

    def bsn(self, i: int) -> str:
        """A valid BSN that no other delivery uses."""
        return _BSNS[self.volgnr * AANTAL + i]

    @property
    def afzender(self) -> dict[str, str]:
        """The gemeente that these messages are from or to."""
        return {"gemeente": GEMEENTEN[self.volgnr % len(GEMEENTEN)][2:]}

    def schrijf(self, map_: Path) -> None:
        """The folder of one gemeente."""
        map_.mkdir(parents=True)
        for naam, rijen in self.tabellen.items():
            schrijf_csv(map_ / f"{naam}.csv", rijen)
        if self.berichten:
            with zipfile.ZipFile(map_ / ZIP, "w", zipfile.ZIP_DEFLATED) as archief:
                for nr, inhoud in enumerate(self.berichten):
                    archief.writestr(f"b{nr:03}.xml", inhoud)
        for naam, inhoud in self.los.items():
            (map_ / naam).parent.mkdir(exist_ok=True)
            (map_ / naam).write_bytes(inhoud)
        if self.info:
            (map_ / "levering.yaml").write_text("".join(f"{k}: {w}\n" for k, w in self.info.items()))
        if self.daarna:
            self.daarna(map_)


def ingang(i: int) -> date:
    """Toewijzing i begins a week after the one before."""
    return date(2024, 1, 2) + timedelta(days=7 * i)


def einde(i: int) -> date | None:
    """Every other toewijzing has ended."""
    return ingang(i) + timedelta(days=149) if i % 2 == 0 else None


def _declaratieperiode(i: int) -> tuple[date, date]:
    begin = ingang(i) if einde(i) else date(2024, 11, 1)
    return begin, begin + timedelta(days=20)


def tabelproef(volgnr: int) -> Proef:
    """The delivery as tables; toewijzing i has number 100 + i and stands in row i + 2."""
    proef = Proef(volgnr)
    proef.tabellen = {
        "clienten": [
            {"client_id": proef.bsn(i), "geboortejaar": "2012", "geslacht": "2", "postcode4": None}
            for i in range(AANTAL)
        ],
        "toewijzingen": [_toewijzing(proef, i) for i in range(AANTAL)],
        "leveringen": [_start(i) for i in range(AANTAL)] + [_stop(i) for i in range(AANTAL) if einde(i)],
        "declaraties": [_declaratie(i) for i in range(AANTAL)],
        **_erbij(proef),
    }
    return proef


def _erbij(proef: Proef) -> dict[str, list[Rij]]:
    maatregel = {"client_id": proef.bsn(0), "type": "21", "begindatum": "2024-02-01", "einddatum": None}
    pgb = {"client_id": proef.bsn(1), "productcategorie": "45", "periode": "2024-07", "bedrag_cent": "50000"}
    return {"maatregelen": [maatregel], "pgb": [pgb]}


def _toewijzing(proef: Proef, i: int) -> Rij:
    return {
        "toewijzingnummer": str(100 + i),
        "toewijzingsdatum": (ingang(i) - timedelta(days=5)).isoformat(),
        "toewijzingstijd": "10:00:00",
        "client_id": proef.bsn(i),
        "aanbieder_agb": AGB if i % 3 else AGB2,
        "productcategorie": "45",
        "productcode": "45A04",
        "ingangsdatum": ingang(i).isoformat(),
        "einddatum": slot.isoformat() if (slot := einde(i)) else None,
        "reden_wijziging": None,
        "volume": "10",
        "eenheid": "04",
        "frequentie": "4",
        "budget_cent": None,
        "referentie_aanbieder": None,
        "leveringsvorm": "zin",
        "verwijzer_type": "02",
        "verwijzer_agb": "01980012",
    }


def _start(i: int) -> Rij:
    begin = ingang(i) + timedelta(days=1)
    return {
        "toewijzingnummer": str(100 + i),
        "soort": "start",
        "begindatum": begin.isoformat(),
        "einddatum": None,
        "reden_beeindiging": None,
        "status_aanlevering": "1",
        "berichtdatum": (begin + timedelta(days=2)).isoformat(),
    }


def _stop(i: int) -> Rij:
    slot = einde(i)
    assert slot
    rest = {"soort": "stop", "reden_beeindiging": "31", "einddatum": slot.isoformat()}
    return {**_start(i), **rest, "berichtdatum": (slot + timedelta(days=2)).isoformat()}


def _declaratie(i: int) -> Rij:
    begin, eind = _declaratieperiode(i)
    return {
        "declaratienummer": "D1",
        "referentienummer": f"R{i}",
        "toewijzingnummer": str(100 + i),
        "productcategorie": "45",
        "productcode": "45A04",
        "periode_begin": begin.isoformat(),
        "periode_eind": eind.isoformat(),
        "bedrag_cent": "36000",
        "debet_credit": "D",
        "aanbieder_agb": AGB if i % 3 else AGB2,
        "volume": "4",
        "eenheid": "04",
        "tarief_cent": "9000",
        "vorig_referentienummer": None,
        "dagtekening": (eind + timedelta(days=10)).isoformat(),
        "status": "toegekend",
    }


def xmlproef(volgnr: int) -> Proef:
    """The same delivery as messages: 301, 315 and 305 of each toewijzing in turn, then stops, then one 323.

    Message `b{3 * i}` is the 301 of toewijzing 100 + i, the next its 315, the next its 305.
    """
    proef = Proef(volgnr)
    for i in range(AANTAL):
        proef.berichten += [m301(proef, i), m315(proef, i), m305(proef, i)]
    proef.berichten += [m307(proef, i) for i in range(AANTAL) if einde(i)]
    proef.berichten.append(m323(proef))
    proef.tabellen = _erbij(proef)
    return proef


def m301(proef: Proef, i: int, **rest: object) -> bytes:
    """The 301 of toewijzing 100 + i; elements by name, `kop` for jw301."""
    kop = {k: rest.pop(k) for k in ("gemeente", "kop", "domein", "dag") if k in rest}
    product = {
        "ReferentieAanbieder": f"V{i}",
        "Toewijzingsdatum": (ingang(i) - timedelta(days=5)).isoformat(),
        "Ingangsdatum": ingang(i).isoformat(),
        "Einddatum": slot.isoformat() if (slot := einde(i)) else None,
        "Omvang": {"Volume": "10", "Eenheid": "04", "Frequentie": "4"},
        **rest,
    }
    return jw301(toegewezen(str(100 + i), **product), bsn=proef.bsn(i), **{**proef.afzender, **kop})


def m305(proef: Proef, i: int, begin: date | None = None, **rest: object) -> bytes:
    """The 305 of toewijzing 100 + i."""
    dag = begin or ingang(i) + timedelta(days=1)
    rest.setdefault("dag", (dag + timedelta(days=2)).isoformat())
    return jw305(str(100 + i), dag.isoformat(), bsn=proef.bsn(i), **proef.afzender, **rest)


def m307(proef: Proef, i: int, eind: date | None = None, **rest: object) -> bytes:
    """The 307 of toewijzing 100 + i."""
    slot = eind or einde(i) or PEILDATUM
    rest.setdefault("dag", (slot + timedelta(days=2)).isoformat())
    begin = (ingang(i) + timedelta(days=1)).isoformat()
    return jw307(str(100 + i), begin, slot.isoformat(), bsn=proef.bsn(i), **proef.afzender, **rest)


def m315(proef: Proef, i: int, verwijzer: str = "02") -> bytes:
    """The 315 that toewijzing 100 + i answers."""
    return jw315(f"V{i}", verwijzer, agb="01980012", bsn=proef.bsn(i), **proef.afzender)


def m323(proef: Proef, **rest: object) -> bytes:
    """One 323 with a line for every toewijzing; what is given replaces elements of the first line."""
    regels = [_prestatie(i, **(rest if i == 0 else {})) for i in range(AANTAL)]
    return jw323(*regels, bsn=proef.bsn(0), dag="2024-12-01", **proef.afzender)


def _prestatie(i: int, **rest: object) -> Rij:
    begin, eind = _declaratieperiode(i)
    vast = {"begin": begin.isoformat(), "eind": eind.isoformat(), "bedrag": "36000", "ProductTarief": "9000"}
    return prestatie(f"R{i}", str(100 + i), **{**vast, **rest})
