"""Damage to messages: broken and hostile XML, wrong messages, and the faults of tables at their element."""

from __future__ import annotations

from datetime import date

from inname_bouwer import bericht, jw325, prestatie
from schade_bouwer import ZIP, Proef, m301, m305, m307, m315, m323
from schade_geval import xml

DTD = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERN = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def _voor_bericht(p: Proef, nr: int, erbij: bytes) -> None:
    p.berichten[nr] = p.berichten[nr].replace(b"<m:Bericht", erbij + b"<m:Bericht", 1)


WEG = ("DK12a", "DK19", "DK16a")  # what follows when the toewijzing of a message is gone


@xml("LV05", "W", ZIP, "b009.xml", ook=WEG)
def afgekapt(p: Proef) -> None:
    p.berichten[9] = p.berichten[9][:-60]


@xml("LV05", "W", ZIP, "b009.xml", ook=WEG)
def leeg_bericht(p: Proef) -> None:
    p.berichten[9] = b""


@xml("LV05", "W", ZIP, "b009.xml", ook=WEG)
def verkeerde_tekenset(p: Proef) -> None:
    p.berichten[9] = p.berichten[9].replace(b"Geheimenstein", "Ge\u00ebheim".encode("latin-1"))


@xml("LV05", "W", ZIP, "b009.xml", ook=WEG)
def tekst_na_het_einde(p: Proef) -> None:
    p.berichten[9] += b"<nog/>"


@xml("LV05", "W", ZIP, "b009.xml", ook=WEG)
def stuurteken(p: Proef) -> None:
    p.berichten[9] = p.berichten[9].replace(b"Onzichtbert", b"On\x00zicht")


@xml("LV06", "W", ZIP, "b009.xml", ook=WEG)
def entiteitenbom(p: Proef) -> None:
    _voor_bericht(p, 9, DTD)


@xml("LV06", "W", ZIP, "b009.xml", ook=WEG)
def externe_entiteit(p: Proef) -> None:
    _voor_bericht(p, 9, EXTERN)


@xml("LV06", "W", ZIP, "b009.xml", ook=WEG)
def externe_dtd(p: Proef) -> None:
    _voor_bericht(p, 9, b'<!DOCTYPE a SYSTEM "http://voorbeeld.invalid/a.dtd">')


@xml("LV25", "W", ZIP, "b009.xml", ook=WEG)
def eindeloos_attribuut(p: Proef) -> None:
    p.berichten[9] = p.berichten[9].replace(b"<m:Bericht ", b'<m:Bericht a="' + b"x" * 3_000_000 + b'" ', 1)


@xml("LV25", "W", ZIP, "b009.xml", ook=WEG)
def eindeloze_tekst(p: Proef) -> None:
    p.berichten[9] = p.berichten[9].replace(b"Onzichtbert", b"x" * 3_000_000)


@xml("LV25", "W", ZIP, "b009.xml", ook=WEG)
def eindeloos_diep(p: Proef) -> None:
    p.berichten[9] = p.berichten[9].replace(b"Onzichtbert", b"<a>" * 500_000 + b"</a>" * 500_000)


@xml("LV07", "W", ZIP, "b009.xml", ook=WEG)
def verkeerde_wortel(p: Proef) -> None:
    p.berichten[9] = b"<?xml version='1.0'?><html><body>Niet gevonden</body></html>"


@xml("LV07", "W", ZIP, "b009.xml", ook=WEG)
def onbekende_berichtcode(p: Proef) -> None:
    p.berichten[9] = p.berichten[9].replace(b">436<", b">999<")


@xml("LV18", "W", ZIP)
def release_3_0(p: Proef) -> None:
    p.berichten[9] = m301(p, 3, kop={"BerichtSubversie": "0"})


@xml("LV18", "W", ZIP)
def releases_door_elkaar(p: Proef) -> None:
    for i, subversie in ((3, "0"), (4, "1")):
        p.berichten[3 * i] = m301(p, i, kop={"BerichtSubversie": subversie})


@xml("LV14", "W", ZIP)
def bericht_van_andere_gemeente(p: Proef) -> None:
    p.berichten[9] = m301(p, 3, gemeente="0363")


@xml("LV15", "I", ZIP)
def retourbericht(p: Proef) -> None:
    p.berichten.append(bericht("306", {"RetourCodes": {"RetourCode": "8001"}}))


@xml("DK01a", "W", ZIP, "b009.xml, onderdeel 1 (toewijzing 103)", ook=WEG)
def ingangsdatum_kapot(p: Proef) -> None:
    p.berichten[9] = m301(p, 3, Ingangsdatum="onbekend")


@xml("DK01c", "W", ZIP, "b009.xml, onderdeel 1 (toewijzing 103)")
def reden_bestaat_niet(p: Proef) -> None:
    p.berichten[9] = m301(p, 3, RedenWijziging="77")


@xml("DK03a", "W", ZIP, "b009.xml, onderdeel 1 (toewijzing 103)", ook=["DK16a", "DK01b", "DK12a"])
def agb_met_letters(p: Proef) -> None:
    p.berichten[9] = p.berichten[9].replace(b"98980001", b"9898A001")


@xml("DK05", "W", ZIP, "b009.xml, onderdeel 1 (toewijzing 103)")
def tweemaal_dezelfde_versie(p: Proef) -> None:
    p.berichten.append(m301(p, 3, Omvang={"Volume": "99", "Eenheid": "04", "Frequentie": "4"}))


@xml("DK06a", "I", ZIP, "b085.xml, onderdeel 1 (toewijzing 103)", ook=["DK12a", "DK06b"])
def ingetrokken(p: Proef) -> None:
    p.berichten.append(m301(p, 3, Toewijzingsdatum="2024-12-01", RedenWijziging="13"))


@xml("DK07b", "W", ZIP, "b006.xml, onderdeel 1 (toewijzing 102)", ook=["DK11c", "DK19b"])
def einde_voor_begin(p: Proef) -> None:
    p.berichten[6] = m301(p, 2, Einddatum="2024-01-01")


@xml("DK08a", "W", ZIP, "b009.xml, onderdeel 1 (toewijzing 103)")
def per_week_zonder_einde(p: Proef) -> None:
    p.berichten[9] = m301(p, 3, Omvang={"Volume": "3", "Eenheid": "04", "Frequentie": "2"})


@xml("DK10c", "W", ZIP, "b011.xml, onderdeel 1 (toewijzing 103)")
def start_laat_gemeld(p: Proef) -> None:
    p.berichten[11] = m305(p, 3, dag="2024-03-20")


@xml("DK11a", "W", ZIP, "b011.xml, onderdeel 1 (toewijzing 103)")
def start_voor_ingang(p: Proef) -> None:
    p.berichten[11] = m305(p, 3, date(2024, 1, 10))


@xml("DK12a", "W", ZIP, "b085.xml, onderdeel 1 (toewijzing 999)")
def start_zonder_toewijzing(p: Proef) -> None:
    p.berichten.append(m305(p, 3).replace(b">103<", b">999<"))


@xml("DK12c", "W", ZIP, "b073.xml, onderdeel 1 (toewijzing 102)")
def stop_zonder_start(p: Proef) -> None:
    p.berichten[8] = p.berichten[11]


@xml("DK12e", "W", ZIP, "b008.xml, onderdeel 1 (toewijzing 102)")
def tijdelijk_gestopt(p: Proef) -> None:
    p.berichten[73] = m307(p, 2, reden="20")


@xml("DK13", "W", ZIP, "b006.xml, onderdeel 1 (toewijzing 102)")
def stop_ontbreekt(p: Proef) -> None:
    del p.berichten[73]


@xml("DK14", "I", ZIP, "b011.xml, onderdeel 1 (toewijzing 103)")
def status_9(p: Proef) -> None:
    p.berichten[11] = m305(p, 3, status="9")


@xml("DK16b", "W", ZIP, "b010.xml, onderdeel 1")
def verwijzer_07(p: Proef) -> None:
    p.berichten[10] = m315(p, 3, "07")


@xml("DK19c", "W", ZIP, "b084.xml, onderdeel 1 (toewijzing 100)")
def ander_product(p: Proef) -> None:
    p.berichten[84] = m323(p, ProductCode="45A05")


@xml("DK20b", "W", ZIP, "b084.xml, onderdeel 1 (toewijzing 100)")
def bedrag_is_geen_volume_maal_tarief(p: Proef) -> None:
    p.berichten[84] = m323(p, bedrag="36500")


@xml("DK21a", "W", ZIP, "b084.xml, onderdeel 1 (toewijzing 100)", ook=["DK21b"])
def credit_zonder_debet(p: Proef) -> None:
    p.berichten[84] = m323(p, dc="C", vorig="weg")


@xml("DK34", "W", ZIP, "b085.xml, onderdeel 1 (toewijzing 100)")
def afkeuring_zonder_declaratie(p: Proef) -> None:
    p.berichten.append(jw325(prestatie("onbekend", "100"), nummer="D9", bsn=p.bsn(0), **p.afzender))


@xml("DK35", "I", ZIP, "b085.xml, onderdeel 1")
def antwoord_zonder_verzoek(p: Proef) -> None:
    p.berichten.append(
        bericht("319", {"Antwoord": {"ReferentieAanbieder": "weg", "VerzoekAntwoord": "1"}}, **p.afzender)
    )


@xml("DK24a", "W", ZIP, "b009.xml, onderdeel 2")
def twee_geboortejaren(p: Proef) -> None:
    p.berichten[9] = p.berichten[9].replace(b"2012-05-06", b"2009-05-06")
