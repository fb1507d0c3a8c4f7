"""Small deliveries for tests: messages element by element, tables row by row, folders as gemeenten send them.

Independent of the reader on purpose: paths and order come from the XSD, not from `soorten.py`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from analyse.inname import lees
from analyse.kern.basis import Basis
from analyse.params import Params

WORTEL = Path(__file__).resolve().parents[2]
SLEUTEL = b"sleutel alleen voor deze tests 0123456789"
BSN = ("999990019", "999990020", "999990032", "999990044", "999990056")
AGB = "98980001"
_SOORTEN = ("301", "302", "305", "306", "307", "315", "317", "319", "323", "325")
CODE = {
    "Jw": dict(zip(_SOORTEN, (436, 437, 438, 439, 440, 446, 486, 488, 490, 491), strict=True)),
    "Wmo": dict(zip(_SOORTEN, (414, 415, 418, 419, 420, 444, 480, 482, 484, 485), strict=True)),
}
VAN_GEMEENTE = {"301", "319", "325", "302"}

Boom = Mapping[str, object]


def element(naam: str, inhoud: object, voor: str) -> str:
    """One element; a list repeats it, a mapping nests, None leaves it out."""
    if inhoud is None:
        return ""
    if isinstance(inhoud, list):
        return "".join(element(naam, deel, voor) for deel in inhoud)
    binnen = inhoud if not isinstance(inhoud, Mapping) else "".join(element(k, v, voor) for k, v in inhoud.items())
    return f"<{voor}{naam}>{binnen}</{voor}{naam}>"


def bericht(
    soort: str,
    inhoud: Boom,
    *,
    gemeente: str = "0200",
    aanbieder: str = AGB,
    dag: str = "2024-01-02",
    domein: str = "Jw",
    voor: str = "m:",
    kop: Boom | None = None,
) -> bytes:
    """One whole message as bytes, UTF-8."""
    van, naar = (gemeente, aanbieder) if soort in VAN_GEMEENTE else (aanbieder, gemeente)
    header = {
        "BerichtCode": str(CODE[domein][soort]),
        "BerichtVersie": "3",
        "BerichtSubversie": "2",
        "Afzender": van,
        "Ontvanger": naar,
        "BerichtIdentificatie": {"Identificatie": "1", "Dagtekening": dag},
        **(kop or {}),
    }
    ruimte = f"http://www.istandaarden.nl/{'ijw' if domein == 'Jw' else 'iwmo'}/3_2/{domein.lower()}{soort}/schema"
    xmlns = f'xmlns:{voor[:-1]}="{ruimte}"' if voor else f'xmlns="{ruimte}"'
    binnen = element("Header", header, voor) + "".join(element(k, v, voor) for k, v in inhoud.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{voor}Bericht {xmlns}>{binnen}</{voor}Bericht>'.encode()


def client(bsn: str = BSN[0], *, jaar: int = 2012, **rest: object) -> dict[str, object]:
    """The Client of 301, 305, 307 and 315, with the personal data that must never come out."""
    return {
        "Bsn": bsn,
        "Geboortedatum": {"Datum": f"{jaar}-05-06"},
        "Geslacht": "1",
        "Naam": {"Geslachtsnaam": {"Achternaam": "Geheimenstein"}, "Voornamen": "Onzichtbert"},
        "Commentaar": "Vertrouwelijke toelichting",
        **rest,
    }


def toegewezen(nummer: str = "1", **rest: object) -> dict[str, object]:
    """A ToegewezenProduct; keyword arguments replace or add elements (None leaves out)."""
    return {
        "ToewijzingNummer": nummer,
        "ReferentieAanbieder": None,
        "Product": {"Categorie": "45", "Code": "45A04"},
        "Toewijzingsdatum": "2024-01-02",
        "Toewijzingstijd": "10:00:00",
        "Ingangsdatum": "2024-01-01",
        "Einddatum": None,
        "RedenWijziging": None,
        **rest,
    }


def jw301(*producten: Boom, bsn: str = BSN[0], **rest: object) -> bytes:
    """A 301 for one client."""
    return bericht(
        "301",
        {"Client": client(bsn, ToegewezenProducten={"ToegewezenProduct": list(producten)})},
        **rest,  # type: ignore[arg-type]
    )


def jw305(nummer: str, begin: str, *, status: str = "1", bsn: str = BSN[0], **rest: object) -> bytes:
    """A 305 with one start."""
    start = {
        "ToewijzingNummer": nummer,
        "Product": {"Categorie": "45", "Code": "45A04"},
        "Begindatum": begin,
        "StatusAanlevering": status,
    }
    return bericht("305", {"Client": client(bsn, StartProducten={"StartProduct": start})}, **rest)  # type: ignore[arg-type]


def jw307(
    nummer: str, begin: str, eind: str, *, reden: str = "31", status: str = "1", bsn: str = BSN[0], **rest: object
) -> bytes:
    """A 307 with one stop."""
    stop = {
        "ToewijzingNummer": nummer,
        "Product": {"Categorie": "45", "Code": "45A04"},
        "Begindatum": begin,
        "RedenBeeindiging": reden,
        "Einddatum": eind,
        "StatusAanlevering": status,
    }
    return bericht("307", {"Client": client(bsn, StopProducten={"StopProduct": stop})}, **rest)  # type: ignore[arg-type]


def jw315(referentie: str, verwijzer: str, *, agb: str | None = None, bsn: str = BSN[0], **rest: object) -> bytes:
    """A 315 with one requested product."""
    product = {
        "ReferentieAanbieder": referentie,
        "Product": {"Categorie": "45", "Code": "45A04"},
        "ToewijzingIngangsdatum": "2024-01-01",
        "Verwijzer": {"Type": verwijzer, "Naam": "Dokter Onzichtbert", "ZorgverlenerCode": agb},
    }
    return bericht(
        "315",
        {"Client": client(bsn, AangevraagdeProducten={"AangevraagdProduct": product})},
        **rest,  # type: ignore[arg-type]
    )


def prestatie(referentie: str, nummer: str = "1", **rest: object) -> dict[str, object]:
    """A Prestatie of a 323 or 325; `vorig` is a VorigReferentieNummer."""
    return {
        "ProductReferentie": {"ReferentieNummer": referentie, "VorigReferentieNummer": rest.pop("vorig", None)},
        "ToewijzingNummer": nummer,
        "ProductCategorie": "45",
        "ProductCode": "45A04",
        "ProductPeriode": {
            "Begindatum": rest.pop("begin", "2024-02-01"),
            "Einddatum": rest.pop("eind", "2024-02-29"),
        },
        "GeleverdVolume": "4",
        "Eenheid": "04",
        "ProductTarief": "1250",
        "IngediendBedrag": {"Bedrag": rest.pop("bedrag", "5000"), "DebetCredit": rest.pop("dc", "D")},
        **rest,
    }


def jw323(*prestaties: Boom, nummer: str = "D1", bsn: str = BSN[0], **rest: object) -> bytes:
    """A 323 for one client."""
    declaratie = {
        "DeclaratieNummer": nummer,
        "DeclaratieDagtekening": "2024-03-01",
        "Clienten": {"Client": {"Bsn": bsn, "Prestaties": {"Prestatie": list(prestaties)}}},
    }
    return bericht("323", {"Declaratie": declaratie}, **rest)  # type: ignore[arg-type]


def jw325(*prestaties: Boom, nummer: str = "D1", bsn: str = BSN[0], **rest: object) -> bytes:
    """A 325 that rejects these prestaties."""
    codes = {"RetourCodes": {"RetourCode": ["9321", "9322"]}}
    afgekeurd = [{**dict(deel), **codes} for deel in prestaties]
    antwoord = {
        "DeclaratieNummer": nummer,
        "Clienten": {"Client": {"Bsn": bsn, "Prestaties": {"Prestatie": afgekeurd}}},
    }
    return bericht("325", {"DeclaratieAntwoord": antwoord}, **rest)  # type: ignore[arg-type]


def map_met(
    wortel: Path,
    berichten: Iterable[bytes] = (),
    tabellen: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
    *,
    gemeente: str = "GM0200",
    peildatum: str | None = "2025-12-31",
    info: str = "",
) -> Path:
    """A delivery folder of one gemeente: messages in a zip, tables as CSV; returns the folder of all gemeenten."""
    map_ = wortel / gemeente
    map_.mkdir(parents=True, exist_ok=True)
    lijst = list(berichten)
    if lijst:
        with zipfile.ZipFile(map_ / "berichten.zip", "w", zipfile.ZIP_DEFLATED) as archief:
            for nr, inhoud in enumerate(lijst):
                archief.writestr(f"bericht_{nr:05d}.xml", inhoud)
    for naam, rijen in (tabellen or {}).items():
        schrijf_csv(map_ / f"{naam}.csv", rijen)
    if peildatum or info:
        regels = [f"peildatum: {peildatum}"] if peildatum else []
        (map_ / "levering.yaml").write_text("\n".join([*regels, info]) + "\n", encoding="utf-8")
    return wortel


def schrijf_csv(pad: Path, rijen: Sequence[Mapping[str, object]], *, scheiding: str = ";") -> None:
    """Rows as CSV; the columns are those of the first row."""
    namen = list(rijen[0])
    regels = [scheiding.join(namen)]
    regels += [scheiding.join("" if rij.get(n) is None else str(rij[n]) for n in namen) for rij in rijen]
    pad.write_text("\n".join(regels) + "\n", encoding="utf-8")


def rij_toewijzing(nummer: object, **rest: object) -> dict[str, object]:
    """A row of the table toewijzingen."""
    return {
        "toewijzingnummer": nummer,
        "toewijzingsdatum": "2024-01-02",
        "toewijzingstijd": "10:00:00",
        "client_id": BSN[0],
        "aanbieder_agb": AGB,
        "productcategorie": "45",
        "productcode": "45A04",
        "ingangsdatum": "2024-01-01",
        "einddatum": None,
        "reden_wijziging": None,
        "referentie_aanbieder": None,
        "verwijzer_type": None,
        **rest,
    }


def rij_levering(
    nummer: object, soort: str, begin: str, eind: str | None = None, **rest: object
) -> dict[str, object]:
    """A row of the table leveringen."""
    return {
        "toewijzingnummer": nummer,
        "soort": soort,
        "begindatum": begin,
        "einddatum": eind,
        "reden_beeindiging": None,
        "status_aanlevering": "1",
        "berichtdatum": None,
        **rest,
    }


def rij_declaratie(nummer: object, begin: str, eind: str, **rest: object) -> dict[str, object]:
    """A row of the table declaraties."""
    return {
        "declaratienummer": "D1",
        "referentienummer": f"R-{nummer}-{begin}",
        "toewijzingnummer": nummer,
        "productcategorie": "45",
        "productcode": "45A04",
        "periode_begin": begin,
        "periode_eind": eind,
        "bedrag_cent": "5000",
        "debet_credit": "D",
        "status": None,
        **rest,
    }


def lees_map(wortel: Path, uit: Path, **rest: object) -> Basis:
    """Read with the parameters of the checkout and a fixed key."""
    rest.setdefault("sleutel", SLEUTEL)
    return lees(wortel, params=Params.open(WORTEL), uit=uit, **rest)  # type: ignore[arg-type]
