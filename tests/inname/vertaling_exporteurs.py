"""Writes the neutral tables of one gemeente the way suppliers export them: three shapes, each with its own habits.

Independent of the mappings on purpose: names and formats are written out here as such an export shows them.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import openpyxl

Rij = dict[str, str]
Tabellen = dict[str, list[Rij]]
# What each shape can't hold; it comes as neutral tables beside it.
BIJZAKEN = ("uitkomsten", "pgb", "jbt", "populatie", "begroting", "aanmeldingen")
ERNAAST = {
    "zorgned": ("declaraties", "maatregelen", "verzoeken", *BIJZAKEN),
    "excel": BIJZAKEN,
    "suite": ("maatregelen", "verzoeken", *BIJZAKEN),
}


def lees_neutraal(map_: Path) -> Tabellen:
    """Every neutral table in a folder, as text."""
    tabellen: Tabellen = {}
    for pad in sorted(map_.glob("*.csv")):
        with pad.open(encoding="utf-8", newline="") as bestand:
            tabellen[pad.stem] = list(csv.DictReader(bestand, delimiter=";"))
    return tabellen


def schrijf_csv(pad: Path, rijen: list[Rij], *, tekenset: str = "utf-8", scheiding: str = ";") -> None:
    """Rows under their own names."""
    with pad.open("w", encoding=tekenset, newline="") as bestand:
        schrijver = csv.DictWriter(
            bestand, list(dict.fromkeys(k for rij in rijen for k in rij)), delimiter=scheiding
        )
        schrijver.writeheader()
        schrijver.writerows(rijen)


def _dmj(dag: str, vorm: str = "{d:02d}-{m:02d}-{j}") -> str:
    if not dag:
        return ""
    jaar, maand, nummer = map(int, dag.split("-"))
    return vorm.format(j=jaar, m=maand, d=nummer)


def _euro(cent: str) -> str:
    if not cent:
        return ""
    heel, rest = divmod(abs(int(cent)), 100)
    return f"{'-' if cent.startswith('-') else ''}{heel:,}".replace(",", ".") + f",{rest:02d}"


# Zorgned: nested, one aanvraag per version of a toewijzing.


def zorgned(tabellen: Tabellen, doel: Path) -> None:
    """One JSON with clients, toewijzingen, leveringen and verwijzers."""
    clienten = {rij["client_id"]: rij for rij in tabellen["clienten"]}
    verwijzers = {rij["toewijzingnummer"]: rij for rij in tabellen["verwijzers"]}
    versies: dict[str, list[Rij]] = defaultdict(list)
    for rij in tabellen["toewijzingen"]:
        versies[rij["toewijzingnummer"]].append(rij)
    stand = _stand(tabellen["leveringen"])
    aanvragen = [
        _aanvraag(versie, clienten, verwijzers, stand.get(nummer, []) if versie is versies[nummer][-1] else [])
        for nummer in versies
        for versie in versies[nummer]
    ]
    inhoud = {"_links": None, "_embedded": {"aanvraag": aanvragen}}
    (doel / "zorgned-aanvragen.json").write_text(json.dumps(inhoud), encoding="utf-8")


def _stand(leveringen: list[Rij]) -> dict[str, list[dict[str, object]]]:
    """What the suite holds after all starts, stops and withdrawals: one levering per begin of help."""
    starts: dict[tuple[str, str], Rij] = {}
    stops: dict[tuple[str, str], Rij] = {}
    # On one day a withdrawal goes before what replaces it.
    for rij in sorted(leveringen, key=lambda r: (r["berichtdatum"], r["status_aanlevering"] == "1")):
        waar = starts if rij["soort"] == "start" else stops
        plek = (rij["toewijzingnummer"], rij["begindatum"])
        if rij["status_aanlevering"] == "3":
            waar.pop(plek, None)
        elif rij["reden_beeindiging"] != "20" or plek not in waar:
            waar[plek] = rij
    stand: dict[str, list[dict[str, object]]] = defaultdict(list)
    for nummer, begin in sorted({*starts, *stops}):
        stop = stops.get((nummer, begin))
        levering = {"begindatum": begin, "einddatum": stop and stop["einddatum"]}
        levering["redenBeeindiging"] = stop and stop["reden_beeindiging"]
        stand[nummer].append(dict(levering))
    return stand


def _aanvraag(
    versie: Rij, clienten: dict[str, Rij], verwijzers: dict[str, Rij], leveringen: list[dict[str, object]]
) -> dict[str, object]:
    client = clienten[versie["client_id"]]
    verwijzer = verwijzers.get(versie["toewijzingnummer"], {})
    leverancier = {"identificatie": "LA1", "agbcode": versie["aanbieder_agb"], "omschrijving": "Aanbieder"}
    toewijzing = {
        "toewijzingNummer": versie["toewijzingnummer"],
        "toewijzingsDatumTijd": f"{versie['toewijzingsdatum']}T{versie['toewijzingstijd']}",
        "ingangsdatum": versie["ingangsdatum"],
        "einddatum": versie["einddatum"] or None,
        "datumOpdracht": f"{versie['toewijzingsdatum']}T00:00:00",
        "referentieAanbieder": versie["referentie_aanbieder"] or None,
        "redenWijziging": {"code": versie["reden_wijziging"]} if versie["reden_wijziging"] else None,
        "leveringen": leveringen,
    }
    product = {
        "product": {"identificatie": "1", "productCode": versie["productcode"] or None},
        "productCategorie": {"code": versie["productcategorie"], "omschrijving": "Categorie (vóór 01-01-2022)"},
        "resultaat": "toegewezen",
        "toegewezenProduct": {
            "omvang": {
                "volume": int(versie["volume"]) if versie["volume"] else None,
                "eenheid": {"code": versie["eenheid"] or None},
                "frequentie": {"code": versie["frequentie"] or None},
            },
            "budget": None,
            "leveringsvorm": versie["leveringsvorm"],
            "leverancier": leverancier,
            "toewijzingen": [toewijzing],
        },
    }
    return {
        "identificatie": versie["toewijzingnummer"],
        "regeling": {"identificatie": "JW"},
        "burgerservicenummer": versie["client_id"],
        "persoon": {"geboortedatum": f"{client['geboortejaar']}-05-01", "geslacht": client["geslacht"]},
        "hulpvraag": {"verwijzer": verwijzer.get("verwijzer_type"), "team": verwijzer.get("team")},
        "beschikking": {"beschikkingNummer": 300111429, "beschikteProducten": [product]},
    }


# A workbook with Dutch headers, and with what Excel does to dates and codes on the way.

_KOPPEN = {
    "clienten": {"client_id": "BSN", "geboortejaar": "Geboortedatum", "geslacht": "M/V"},
    "toewijzingen": {
        "toewijzingnummer": "Toewijzingsnr.",
        "toewijzingsdatum": "Datum toewijzing",
        "toewijzingstijd": "Tijd toewijzing",
        "client_id": "BSN",
        "aanbieder_agb": "AGB-code aanbieder",
        "productcategorie": "Categorie",
        "productcode": "Product code",
        "ingangsdatum": "Ingangsdatum toewijzing",
        "einddatum": "Einddatum toewijzing",
        "reden_wijziging": "Reden wijziging",
        "volume": "Omvang",
        "eenheid": "Eenheid",
        "frequentie": "Frequentie",
        "referentie_aanbieder": "Kenmerk aanbieder",
        "leveringsvorm": "ZIN/PGB",
    },
    "leveringen": {
        "toewijzingnummer": "Toewijzingsnr.",
        "soort": "Soort bericht",
        "begindatum": "Startdatum hulp",
        "einddatum": "Datum einde hulp",
        "reden_beeindiging": "Reden beëindiging",
        "aanbieder_agb": "AGB",
        "status_aanlevering": "Status aanlevering",
        "berichtdatum": "Dagtekening",
    },
    "verzoeken": {
        "aanbieder_agb": "AGB",
        "referentie_aanbieder": "Kenmerk aanbieder",
        "berichttype": "Type bericht",
        "dagtekening": "Datum verzoek",
        "verwijzer_type": "Verwijzer",
        "client_id": "BSN",
        "toewijzingnummer": "Toewijzingsnr.",
        "verwijzer_agb": "AGB verwijzer",
        "productcategorie": "Categorie",
        "productcode": "Product code",
        "antwoord": "Antwoord",
        "reden_afwijzing": "Reden afwijzing",
        "gemeente_woonplaats": "Woonplaatsgemeente",
    },
    "declaraties": {
        "declaratienummer": "Declaratienr",
        "referentienummer": "Regelnummer",
        "toewijzingnummer": "Toewijzingsnr.",
        "productcategorie": "Categorie",
        "productcode": "Product code",
        "periode_begin": "Periode van",
        "periode_eind": "Periode t/m",
        "bedrag_cent": "Bedrag (euro)",
        "debet_credit": "D/C",
        "aanbieder_agb": "AGB",
        "volume": "Geleverd volume",
        "eenheid": "Eenheid",
        "tarief_cent": "Tarief",
        "vorig_referentienummer": "Vorige referentie",
        "dagtekening": "Declaratiedatum",
        "status": "Status",
        "retourcode": "Retourcode",
    },
    "maatregelen": {
        "client_id": "BSN",
        "type": "Type maatregel",
        "begindatum": "Begindatum maatregel",
        "einddatum": "Einddatum maatregel",
        "machtiging_type": "Type machtiging",
        "machtiging_van": "Machtiging van",
        "machtiging_tot": "Machtiging t/m",
    },
    "verwijzers": {"toewijzingnummer": "Toewijzingsnr.", "verwijzer_type": "Verwijzer", "team": "Consulent"},
}
BEWIJS = 150  # with fewer rows nobody can be sure that days and months were swapped
_GESLACHT = {"1": "M", "2": "V", "0": "O"}
_VERWIJZER = {"01": "Gemeente", "02": "Huisarts", "03": "Jeugdarts", "05": "Medisch specialist", "08": "Rechter"}
_MAATREGEL = {"11": "OTS", "12": "VOTS", "21": "Voogdij"}
_SOORT = {"start": "Startbericht", "stop": "Stopbericht"}


def excel(tabellen: Tabellen, doel: Path) -> None:
    """One workbook: title rows, swapped dates, serial numbers, codes without their zeros, real amounts."""
    werkmap = openpyxl.Workbook()
    werkmap.remove(werkmap.active)
    for naam, koppen in _KOPPEN.items():
        blad = werkmap.create_sheet(naam.capitalize())
        blad.append([f"Overzicht {naam}", "gemaakt op 02-01-2026"])
        blad.append([])
        blad.append([*koppen.values(), "Opmerking"])
        for rij in tabellen[naam]:
            cellen = [
                _excelcel(kolom, rij.get(kolom, ""), schade=len(tabellen[naam]) > BEWIJS) for kolom in koppen
            ]
            blad.append([*cellen, "vrije tekst"])
    werkmap.create_sheet("Toelichting").append(["Dit blad bevat geen gegevens"])
    werkmap.save(doel / "Export jeugd.xlsx")


def _excelcel(kolom: str, waarde: str, *, schade: bool) -> object:
    if not waarde:
        return None
    if kolom == "geboortejaar":
        return date(int(waarde), 5, 6)
    if kolom in ("ingangsdatum", "begindatum"):
        return _verwisseld(waarde) if schade else _dmj(waarde)
    if kolom in ("toewijzingsdatum", "berichtdatum"):
        return (date.fromisoformat(waarde) - date(1899, 12, 30)).days
    if kolom in ("einddatum", "machtiging_tot"):
        return date.fromisoformat(waarde)
    if kolom.startswith(("periode", "dagtekening", "machtiging_van")):
        return _dmj(waarde, "{d}-{m}-{j}")
    if kolom.endswith("_cent"):
        return int(waarde) / 100
    if kolom in ("productcategorie", "eenheid", "reden_wijziging", "reden_beeindiging", "volume", "client_id"):
        return int(waarde)
    woorden = {"geslacht": _GESLACHT, "soort": _SOORT, "type": _MAATREGEL, "verwijzer_type": _VERWIJZER}
    return woorden.get(kolom, {}).get(waarde, waarde)


def _verwisseld(waarde: str) -> object:
    """What Excel in English makes of a Dutch date: a wrong date up to day 12, text from day 13."""
    jaar, maand, dag = map(int, waarde.split("-"))
    return date(jaar, dag, maand) if dag <= 12 else f"{dag:02d}-{maand:02d}-{jaar}"


# A suite with headers of its own, for which the gemeente wrote a mapping: Windows-1252, 1.234,56, dd-mm-jjjj.

SUITE = """
naam: Suite van een gemeente
omschrijving: Twee bestanden met eigen kolomkoppen
bron: Voorbeeld in docs/leveringen.md
kenmerk: [Dossier, Dossiernr]
tekenset: windows-1252
scheiding: "|"
leeg: ["(leeg)"]
tabellen:
  clienten:
    eenmalig: ja
    kolommen:
      client_id: &client [Dossier]
      geboortejaar: [Geb.jr]
      geslacht: {van: [Sekse], codes: {jongen: "1", meisje: "2", "?": "0"}}
  toewijzingen:
    kolommen:
      toewijzingnummer: &nummer [Bes.regel]
      toewijzingsdatum: [Gestuurd]
      toewijzingstijd: {van: [Gestuurd], deel: tijd}
      client_id: *client
      aanbieder_agb: [Leverancier]
      productcategorie: {van: [Voorz.], patroon: "^(\\\\d\\\\d)"}
      productcode: {van: [Voorz.], patroon: "^\\\\d\\\\d/(.*)$"}
      ingangsdatum: [Vanaf]
      einddatum: [T/m]
      reden_wijziging: [Mutatie]
      volume: [Hvh]
      eenheid: [Ehd]
      frequentie: [Freq]
      referentie_aanbieder: [Ref]
      leveringsvorm: {vast: zin}
      verwijzer_type: {van: [Verwezen door], codes: {Toegang: "01"}}
      team: [Wijkteam]
  leveringen:
    kolommen:
      toewijzingnummer: *nummer
      soort: {van: [Gebeurtenis], codes: {begonnen: start, geëindigd: stop}}
      begindatum: [Begonnen op]
      einddatum: [Geëindigd op]
      reden_beeindiging: [Waarom]
      status_aanlevering: [St]
      berichtdatum: [Gemeld]
  declaraties:
    kolommen:
      declaratienummer: [Factuur]
      referentienummer: [Regel]
      toewijzingnummer: *nummer
      productcategorie: {van: [Voorz.], patroon: "^(\\\\d\\\\d)"}
      productcode: {van: [Voorz.], patroon: "^\\\\d\\\\d/(.*)$"}
      periode_begin: [Van]
      periode_eind: [T/m]
      bedrag_cent: {van: [Bedrag], eenheid: euro}
      debet_credit: {van: [Boeking], codes: {bij: D, af: C}}
      aanbieder_agb: [Leverancier]
      volume: [Hvh]
      eenheid: [Ehd]
      tarief_cent: {van: [Prijs], eenheid: euro}
      vorig_referentienummer: [Oud]
      dagtekening: [Factuurdatum]
      status: [Afloop]
"""


def suite(tabellen: Tabellen, doel: Path) -> None:
    """Flat files with a bar between, Windows-1252, Dutch dates and amounts."""
    clienten = {rij["client_id"]: rij for rij in tabellen["clienten"]}
    verwijzers = {rij["toewijzingnummer"]: rij for rij in tabellen["verwijzers"]}
    bestanden = {
        "voorzieningen": [_suiteregel(rij, clienten, verwijzers) for rij in tabellen["toewijzingen"]],
        "verloop": [_verloop(rij) for rij in tabellen["leveringen"]],
        "facturen": [_factuur(rij) for rij in tabellen["declaraties"]],
    }
    for naam, rijen in bestanden.items():
        schrijf_csv(doel / f"{naam}.csv", rijen, tekenset="cp1252", scheiding="|")


def _suiteregel(rij: Rij, clienten: dict[str, Rij], verwijzers: dict[str, Rij]) -> Rij:
    client = clienten[rij["client_id"]]
    verwijzer = verwijzers.get(rij["toewijzingnummer"], {})
    soort = verwijzer.get("verwijzer_type") or "(leeg)"
    return {
        "Dossier": rij["client_id"],
        "Naam": "Zoë",
        "Geb.jr": client["geboortejaar"],
        "Sekse": {"1": "Jongen", "2": "Meisje"}.get(client["geslacht"], "?"),
        "Bes.regel": rij["toewijzingnummer"],
        "Gestuurd": f"{_dmj(rij['toewijzingsdatum'])} {rij['toewijzingstijd']}",
        "Leverancier": rij["aanbieder_agb"],
        "Voorz.": f"{rij['productcategorie']}/{rij['productcode']}",
        "Vanaf": _dmj(rij["ingangsdatum"], "{d}/{m}/{j}"),
        "T/m": _dmj(rij["einddatum"]) or "31-12-9999",
        "Mutatie": rij["reden_wijziging"].lstrip("0"),
        "Hvh": rij["volume"],
        "Ehd": rij["eenheid"].lstrip("0"),
        "Freq": rij["frequentie"],
        "Ref": rij["referentie_aanbieder"],
        "Verwezen door": "Toegang" if soort == "01" else soort,
        "Wijkteam": verwijzer.get("team", ""),
    }


def _verloop(rij: Rij) -> Rij:
    return {
        "Dossiernr": "",
        "Bes.regel": rij["toewijzingnummer"],
        "Gebeurtenis": {"start": "Begonnen", "stop": "Geëindigd"}[rij["soort"]],
        "Begonnen op": rij["begindatum"].replace("-", ""),
        "Geëindigd op": rij["einddatum"].replace("-", "") or "01-01-1900",
        "Waarom": rij["reden_beeindiging"],
        "St": rij["status_aanlevering"],
        "Gemeld": _dmj(rij["berichtdatum"], "{d}-{m}-{j}"),
    }


def _factuur(rij: Rij) -> Rij:
    return {
        "Dossiernr": "",
        "Factuur": rij["declaratienummer"],
        "Regel": rij["referentienummer"],
        "Bes.regel": rij["toewijzingnummer"],
        "Voorz.": f"{rij['productcategorie']}/{rij['productcode']}",
        "Van": _dmj(rij["periode_begin"]),
        "T/m": _dmj(rij["periode_eind"]),
        "Bedrag": f"€ {_euro(rij['bedrag_cent'])}",
        "Boeking": {"D": "bij", "C": "af"}[rij["debet_credit"]],
        "Leverancier": rij["aanbieder_agb"],
        "Hvh": rij["volume"],
        "Ehd": rij["eenheid"],
        "Prijs": _euro(rij["tarief_cent"]),
        "Oud": rij["vorig_referentienummer"],
        "Factuurdatum": _dmj(rij["dagtekening"]),
        "Afloop": rij["status"],
    }
