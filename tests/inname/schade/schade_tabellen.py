"""Damage to rows and values of tables: what exports, spreadsheets and people do to them."""

from __future__ import annotations

from schade_bouwer import AANTAL, AGB, Proef, Rij
from schade_geval import tabel

T, L, D, C, M = ("toewijzingen.csv", "leveringen.csv", "declaraties.csv", "clienten.csv", "maatregelen.csv")


def _t(p: Proef, i: int = 3) -> Rij:
    return p.tabellen["toewijzingen"][i]


def _zet(p: Proef, naam: str, i: int, **waarden: object) -> None:
    p.tabellen[naam][i] |= waarden


def _extra(p: Proef, naam: str, i: int, **waarden: object) -> None:
    """A copy of row i at the end; it stands in row len + 1."""
    p.tabellen[naam].append({**p.tabellen[naam][i], **waarden})


# 1: required columns, values, codes


@tabel("LV09", "B", T, ook=["DK26a", "DK12a", "DK19"])
def kolom_ontbreekt(p: Proef) -> None:
    for rij in p.tabellen["toewijzingen"]:
        del rij["ingangsdatum"]


@tabel("DK01a", "W", T, "rij 5 (toewijzing 103)", ook=["DK12a", "DK19"])
def ingangsdatum_leeg(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, ingangsdatum=None)


@tabel("DK01a", "W", T, "rij 5", ook=["DK12a", "DK19"])
def toewijzingnummer_leeg(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, toewijzingnummer=None)


@tabel("DK01a", "W", T, "rij 5 (toewijzing 103)", ook=["DK12a", "DK19"])
def client_leeg(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, client_id=None)


@tabel("DK01a", "W", T, "rij 5 (toewijzing 103)", ook=["DK12a", "DK19"])
def aanbieder_leeg(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, aanbieder_agb=None)


@tabel("DK01a", "W", L, "rij 4 (toewijzing 102)", ook=["DK12c"])
def begindatum_van_start_leeg(p: Proef) -> None:
    _zet(p, "leveringen", 2, begindatum=None)


@tabel("DK01a", "W", L, "rij 4 (toewijzing 102)", ook=["DK12c"])
def soort_levering_onbekend(p: Proef) -> None:
    _zet(p, "leveringen", 2, soort="begin")


@tabel("DK01a", "W", L, "rij 27 (toewijzing 102)", ook=["DK13"])
def stop_zonder_einddatum(p: Proef) -> None:
    _zet(p, "leveringen", 25, einddatum=None)


@tabel("DK01a", "W", D, "rij 4 (toewijzing 102)")
def bedrag_is_tekst(p: Proef) -> None:
    _zet(p, "declaraties", 2, bedrag_cent="honderd")


@tabel("DK01a", "W", D, "rij 4 (toewijzing 102)")
def periode_bestaat_niet(p: Proef) -> None:
    _zet(p, "declaraties", 2, periode_begin="2024-02-31")


@tabel("DK01a", "W", M, "rij 2")
def maatregel_zonder_begin(p: Proef) -> None:
    _zet(p, "maatregelen", 0, begindatum=None)


@tabel("DK01b", "W", T, "rij 5 (toewijzing 103)")
def volume_is_tekst(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, volume="tien")


@tabel("DK01b", "W", C, "rij 5")
def geboortejaar_is_tekst(p: Proef) -> None:
    _zet(p, "clienten", 3, geboortejaar="twaalf")


@tabel("DK01b", "W", T, "rij 5 (toewijzing 103)", ook=["DK15a"])
def productcode_te_lang(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, productcode="45A04-BEG")


@tabel("DK01c", "W", T, "rij 5 (toewijzing 103)", ook=["DK19c"])
def categorie_bestaat_niet(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, productcategorie="99")


@tabel("DK01c", "W", T, "rij 5 (toewijzing 103)")
def reden_wijziging_bestaat_niet(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, reden_wijziging="77")


@tabel("DK01c", "W", T, "rij 5 (toewijzing 103)", ook=["DK19d"])
def eenheid_bestaat_niet(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, eenheid="55")


@tabel("DK01c", "W", T, "rij 5 (toewijzing 103)")
def frequentie_bestaat_niet(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, frequentie="9")


@tabel("DK01c", "W", L, "rij 26 (toewijzing 100)")
def reden_beeindiging_bestaat_niet(p: Proef) -> None:
    _zet(p, "leveringen", 24, reden_beeindiging="88")


@tabel("DK01c", "W", C, "rij 5")
def geslacht_bestaat_niet(p: Proef) -> None:
    _zet(p, "clienten", 3, geslacht="7")


@tabel("DK01c", "W", M, "rij 2")
def maatregel_bestaat_niet(p: Proef) -> None:
    _zet(p, "maatregelen", 0, type="99")


@tabel("DK01d", "B", ook=["DK01a", "DK12a", "DK19"])
def te_veel_onleesbaar(p: Proef) -> None:
    for i in range(3):
        _zet(p, "toewijzingen", i, ingangsdatum="niet bekend")


# 2 and 3: BSN and AGB


@tabel("DK02", "W", C)
def bsn_faalt_elfproef(p: Proef) -> None:
    fout = p.bsn(3)[:-1] + str((int(p.bsn(3)[-1]) + 1) % 10)
    _zet(p, "clienten", 3, client_id=fout)


@tabel("DK02b", "W", C)
def testnummer(p: Proef) -> None:
    _zet(p, "clienten", 3, client_id="999990019")


@tabel("DK02b", "W", C, ook=["DK02"])
def invulnummer(p: Proef) -> None:
    _zet(p, "clienten", 3, client_id="999999999")


@tabel("DK03a", "W", T, "rij 5 (toewijzing 103)")
def agb_met_letters(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, aanbieder_agb="9898A001")


@tabel("DK03c", "W")
def fusie_van_aanbieders(p: Proef) -> None:
    """Twelve open toewijzingen end on one day and go on at another aanbieder, with starts and declarations."""
    for i in range(1, AANTAL, 2):
        nieuw = {"toewijzingnummer": f"9{i}", "aanbieder_agb": "98980009", "ingangsdatum": "2024-11-01"}
        _extra(p, "toewijzingen", i, **nieuw, toewijzingsdatum="2024-10-25")
        _zet(p, "toewijzingen", i, einddatum="2024-10-31", aanbieder_agb=AGB)
        einde = {
            "soort": "stop",
            "einddatum": "2024-10-31",
            "reden_beeindiging": "38",
            "berichtdatum": "2024-11-02",
        }
        _extra(p, "leveringen", i, **einde)
        begin = {"toewijzingnummer": f"9{i}", "begindatum": "2024-11-01", "berichtdatum": "2024-11-02"}
        _extra(p, "leveringen", i, **begin)
        _zet(p, "declaraties", i, toewijzingnummer=f"9{i}")


# 4: gemeentecode


@tabel("DK04", "W", "verzoeken.csv", "rij 2")
def woonplaats_zonder_code(p: Proef) -> None:
    vast = {"berichttype": "315", "dagtekening": "2024-01-01", "verwijzer_type": "02", "verwijzer_agb": "01980012"}
    rij = {"aanbieder_agb": AGB, "referentie_aanbieder": "X1", **vast, "gemeente_woonplaats": "Epe"}
    p.tabellen["verzoeken"] = [rij]


@tabel("LV14", "W", T)
def tabel_van_andere_gemeente(p: Proef) -> None:
    p.tabellen["toewijzingen"] = [{**rij, "gemeentecode": "0363"} for rij in p.tabellen["toewijzingen"]]


# 5 and 6: versions


@tabel("DK05", "W", T, "rij 5 (toewijzing 103)")
def tweemaal_dezelfde_versie(p: Proef) -> None:
    _extra(p, "toewijzingen", 3, volume="99")


@tabel("DK06a", "I", T, "rij 26 (toewijzing 103)", ook=["DK12a", "DK06b", "DK19"])
def verwijderd_met_13(p: Proef) -> None:
    _extra(p, "toewijzingen", 3, toewijzingsdatum="2024-12-01", reden_wijziging="13")


@tabel("DK06b", "W", D, "rij 5 (toewijzing 103)", ook=["DK06a", "DK12a"])
def verwijderd_maar_gedeclareerd(p: Proef) -> None:
    _extra(p, "toewijzingen", 3, toewijzingsdatum="2024-12-01", reden_wijziging="13")


# 7 and 8: dates


@tabel("DK07a", "W", T, "rij 5 (toewijzing 103)")
def einde_in_9999(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, einddatum="9999-12-31")


@tabel("DK07b", "W", T, "rij 4 (toewijzing 102)", ook=["DK11c", "DK19b"])
def einde_voor_begin(p: Proef) -> None:
    _zet(p, "toewijzingen", 2, einddatum="2024-01-01")


@tabel("DK07c", "W", T, "rij 5 (toewijzing 103)", ook=["DK11a", "DK19b", "DK24b"])
def ingang_ver_in_de_toekomst(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, ingangsdatum="2042-01-23")


@tabel("DK07d", "W", T, "rij 5 (toewijzing 103)", ook=["DK12a", "DK19"])
def ingang_in_1900(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, ingangsdatum="1900-01-01")


@tabel("DK07e", "B", ook=["DK07b", "DK11a", "DK11c", "DK19b", "DK12d"])
def begin_en_einde_verwisseld(p: Proef) -> None:
    for i in (0, 2, 4):
        rij = _t(p, i)
        rij["ingangsdatum"], rij["einddatum"] = rij["einddatum"], rij["ingangsdatum"]


@tabel("DK08a", "W", T, "rij 5 (toewijzing 103)", ook=["DK28a"])
def per_week_zonder_einde(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, frequentie="2", volume="3")


@tabel("DK08b", "W", T, "rij 5 (toewijzing 103)")
def slapend(p: Proef) -> None:
    _zet(p, "declaraties", 3, periode_begin="2024-03-01", periode_eind="2024-03-31")


# 9: stapeling


@tabel("DK09a", "W", T, "rij 26 (toewijzing 900)", ook=["DK10b", "DK08b"])
def stapeling(p: Proef) -> None:
    _extra(p, "toewijzingen", 3, toewijzingnummer="900", ingangsdatum="2024-02-01")


@tabel("DK09b", "I", T, "rij 26 (toewijzing 900)", ook=["DK10b", "DK08b"])
def twee_aanbieders(p: Proef) -> None:
    _extra(p, "toewijzingen", 4, toewijzingnummer="900", ingangsdatum="2024-03-01", aanbieder_agb="98980007")


# 10 to 13: starts and stops


def _zonder_hulp(p: Proef, i: int) -> None:
    for naam in ("leveringen", "declaraties"):
        p.tabellen[naam] = [r for r in p.tabellen[naam] if r["toewijzingnummer"] != str(100 + i)]


@tabel("DK10a", "W", T, "rij 5 (toewijzing 103)")
def een_maand_zonder_start(p: Proef) -> None:
    _zonder_hulp(p, 3)
    _zet(p, "toewijzingen", 3, ingangsdatum="2024-11-20", toewijzingsdatum="2024-11-15")


@tabel("DK10b", "W", T, "rij 5 (toewijzing 103)", ook=["DK08b"])
def een_kwartaal_zonder_start(p: Proef) -> None:
    _zonder_hulp(p, 3)


@tabel("DK10c", "W", L, "rij 5 (toewijzing 103)")
def start_laat_gemeld(p: Proef) -> None:
    _zet(p, "leveringen", 3, berichtdatum="2024-03-20")


@tabel("DK11a", "W", L, "rij 5 (toewijzing 103)", ook=["DK10c"])
def start_voor_ingang(p: Proef) -> None:
    _zet(p, "leveringen", 3, begindatum="2024-01-10")


@tabel("DK11b", "W", L, "rij 5 (toewijzing 103)")
def start_na_peildatum(p: Proef) -> None:
    _zet(p, "leveringen", 3, begindatum="2025-03-01", berichtdatum="2025-03-02")


@tabel("DK11c", "W", L, "rij 4 (toewijzing 102)", ook=["DK12c", "DK12d"])
def start_na_einde(p: Proef) -> None:
    _zet(p, "leveringen", 2, begindatum="2024-08-01", berichtdatum="2024-08-02")


@tabel("DK12a", "W", L, "rij 38 (toewijzing 999)")
def start_zonder_toewijzing(p: Proef) -> None:
    _extra(p, "leveringen", 3, toewijzingnummer="999")


@tabel("DK12b", "W", L, "rij 5 (toewijzing 103)")
def twee_starts(p: Proef) -> None:
    _extra(p, "leveringen", 3, begindatum="2024-05-01", berichtdatum="2024-05-02")


@tabel("DK12c", "W", L, "rij 27 (toewijzing 102)")
def stop_zonder_start(p: Proef) -> None:
    p.tabellen["leveringen"][2]["toewijzingnummer"] = None
    p.tabellen["leveringen"][2] |= p.tabellen["leveringen"][3]


@tabel("DK12d", "W", L, "rij 4 (toewijzing 102)")
def stop_voor_start(p: Proef) -> None:
    _zet(p, "leveringen", 25, einddatum="2024-01-02")


@tabel("DK12e", "W", L, "rij 4 (toewijzing 102)")
def tijdelijk_gestopt(p: Proef) -> None:
    _zet(p, "leveringen", 25, reden_beeindiging="20")


@tabel("DK13", "W", T, "rij 4 (toewijzing 102)")
def stop_ontbreekt(p: Proef) -> None:
    del p.tabellen["leveringen"][25]


@tabel("DK14", "I", L, "rij 5 (toewijzing 103)")
def status_2(p: Proef) -> None:
    _zet(p, "leveringen", 3, status_aanlevering="2")


@tabel("DK33", "I", L, "rij 38")
def taakgericht(p: Proef) -> None:
    _extra(p, "leveringen", 3, toewijzingnummer=None)


# 15 and 16: products and verwijzers


@tabel("DK15a", "W", ook=["DK19c"])
def product_onbekend(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, productcode="45Z99")


@tabel("DK15b", "B", ook=["DK15a"])
def veel_producten_onbekend(p: Proef) -> None:
    for naam in ("toewijzingen", "declaraties"):
        for i in range(4):
            _zet(p, naam, i, productcode="45Z99")


@tabel("DK15c", "W", T, "rij 5 (toewijzing 103)", ook=["DK19c"])
def oude_categorie(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, productcategorie="32", productcode=None)


@tabel("DK16a", "W", ook=[])
def verwijzers_onbekend(p: Proef) -> None:
    for i in range(4):
        _zet(p, "toewijzingen", i, verwijzer_type=None, verwijzer_agb=None)


@tabel("DK16b", "W", T, "rij 5 (toewijzing 103)")
def verwijzer_07(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, verwijzer_type="07")


@tabel("DK16c", "W", T, "rij 5 (toewijzing 103)")
def huisarts_zonder_code(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, verwijzer_agb=None)


@tabel("DK16d", "W", T, "rij 5 (toewijzing 103)", ook=["DK10b", "DK08b"])
def twee_verwijzers(p: Proef) -> None:
    rest = {"productcode": "45A05", "verwijzer_type": "01", "verwijzer_agb": None}
    _extra(p, "toewijzingen", 3, toewijzingnummer="900", ingangsdatum="2024-04-01", **rest)


# 17 and 18: patterns


@tabel("DK17a", "I")
def met_terugwerkende_kracht(p: Proef) -> None:
    for i in range(AANTAL):
        _zet(p, "toewijzingen", i, toewijzingsdatum="2024-09-01")


@tabel("DK17b", "I", ook=["DK17a"])
def gi_met_terugwerkende_kracht(p: Proef) -> None:
    for i in range(4):
        _zet(p, "toewijzingen", i, toewijzingsdatum="2024-09-01", verwijzer_type="04")


@tabel("DK18a", "W", ook=["DK10c"])
def alles_op_1_januari(p: Proef) -> None:
    for i in range(12):
        _zet(p, "toewijzingen", i, ingangsdatum="2024-01-01", toewijzingsdatum="2023-12-20")


@tabel("DK18b", "W")
def bulkwijziging(p: Proef) -> None:
    for i in range(AANTAL):
        _zet(p, "toewijzingen", i, toewijzingsdatum="2024-01-01", reden_wijziging="10")
    for i in range(5):
        nummer = f"50{i}"
        _extra(
            p, "toewijzingen", i, toewijzingnummer=nummer, productcode="45A05", einddatum=_t(p, i)["ingangsdatum"]
        )
        start = {**p.tabellen["leveringen"][i], "toewijzingnummer": nummer, "begindatum": _t(p, i)["ingangsdatum"]}
        stop = {**start, "soort": "stop", "einddatum": _t(p, i)["ingangsdatum"], "reden_beeindiging": "31"}
        p.tabellen["leveringen"] += [start, stop]


# 19 to 21: money


@tabel("DK19", "W", D, "rij 26 (toewijzing 999)")
def declaratie_zonder_toewijzing(p: Proef) -> None:
    _extra(p, "declaraties", 3, toewijzingnummer="999", referentienummer="R99")


@tabel("DK19b", "W", D, "rij 4 (toewijzing 102)")
def declaratie_buiten_looptijd(p: Proef) -> None:
    _zet(p, "declaraties", 2, periode_begin="2024-12-01", periode_eind="2024-12-31")


@tabel("DK19c", "W", D, "rij 5 (toewijzing 103)")
def ander_product(p: Proef) -> None:
    _zet(p, "declaraties", 3, productcode="45A05")


@tabel("DK19d", "W", D, "rij 5 (toewijzing 103)")
def andere_eenheid(p: Proef) -> None:
    _zet(p, "declaraties", 3, eenheid="14")


@tabel("DK19e", "W", T, "rij 5 (toewijzing 103)")
def meer_dan_toegewezen(p: Proef) -> None:
    _zet(p, "declaraties", 3, volume="400", bedrag_cent="3600000")


@tabel("DK19f", "W", T, "rij 5 (toewijzing 103)")
def meer_dan_het_budget(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, budget_cent="1000")


@tabel("DK20a", "B")
def euro_in_plaats_van_cent(p: Proef) -> None:
    for i in range(AANTAL):
        _zet(p, "declaraties", i, bedrag_cent="360", tarief_cent="90")


@tabel("DK20b", "W", D, "rij 5 (toewijzing 103)")
def bedrag_is_geen_volume_maal_tarief(p: Proef) -> None:
    _zet(p, "declaraties", 3, bedrag_cent="36500")


@tabel("DK21a", "W", D, "rij 26 (toewijzing 103)")
def credit_zonder_debet(p: Proef) -> None:
    _extra(p, "declaraties", 3, referentienummer="R99", debet_credit="C", vorig_referentienummer="weg")


@tabel("DK21b", "W", D, "rij 26 (toewijzing 103)", ook=["DK19b"])
def meer_teruggeboekt_dan_gedeclareerd(p: Proef) -> None:
    credit = {"debet_credit": "C", "bedrag_cent": "72000", "volume": "8"}
    _extra(p, "declaraties", 3, referentienummer="R99", vorig_referentienummer="R3", **credit)


@tabel("DK37", "W", D, "rij 5 (toewijzing 103)")
def referentie_dubbel(p: Proef) -> None:
    _extra(p, "declaraties", 3, bedrag_cent="9000", volume="1")


# 24 to 31: clients, completeness, damage


@tabel("DK24a", "W", C, "rij 5")
def twee_geboortejaren(p: Proef) -> None:
    _extra(p, "clienten", 3, geboortejaar="2009")


@tabel("DK24b", "W", T, "rij 5 (toewijzing 103)")
def nog_niet_geboren(p: Proef) -> None:
    _zet(p, "clienten", 3, geboortejaar="2030")


@tabel("DK24b", "W", T, "rij 5 (toewijzing 103)")
def te_oud(p: Proef) -> None:
    _zet(p, "clienten", 3, geboortejaar="1980")


@tabel("DK24c", "W", T, "rij 5 (toewijzing 103)")
def al_volwassen(p: Proef) -> None:
    _zet(p, "clienten", 3, geboortejaar="2004")


@tabel("DK24d", "W", T, "rij 5 (toewijzing 103)")
def geboren_in_1900(p: Proef) -> None:
    _zet(p, "clienten", 3, geboortejaar="1900")


@tabel("DK26a", "B", ook=["DK12a", "DK19", "DK01d", "DK01a"])
def geen_bruikbare_toewijzing(p: Proef) -> None:
    for i in range(AANTAL):
        _zet(p, "toewijzingen", i, client_id=None)


@tabel("DK26m", "B", ook=["DK11a", "DK11c", "DK12c", "DK12d"])
def maanden_zonder_start(p: Proef) -> None:
    for i in range(AANTAL):
        _zet(p, "leveringen", i, begindatum="2024-03-05" if i % 2 else "2024-06-05", berichtdatum=None)


@tabel("DK26n", "B", ook=["DK19b", "DK08b"])
def maanden_zonder_declaratie(p: Proef) -> None:
    for i in range(AANTAL):
        maand = "2024-02" if i % 2 == 0 else "2024-11"
        _zet(p, "declaraties", i, periode_begin=f"{maand}-01", periode_eind=f"{maand}-20")


@tabel("DK28a", "I", T, "rij 5 (toewijzing 103)")
def zestig_uur_per_week(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, volume="260")


@tabel("DK28b", "I", T, "rij 5 (toewijzing 103)", ook=["DK11a", "DK10c", "DK17a"])
def een_gezin(p: Proef) -> None:
    gelijk = {"ingangsdatum": _t(p, 3)["ingangsdatum"], "toewijzingsdatum": _t(p, 3)["toewijzingsdatum"]}
    _zet(p, "toewijzingen", 5, **gelijk, aanbieder_agb=_t(p, 3)["aanbieder_agb"])
    for i in (3, 5):
        _zet(p, "clienten", i, postcode4="7311")


@tabel("DK29", "I")
def geen_pgb(p: Proef) -> None:
    del p.tabellen["pgb"]


@tabel("DK30a", "W", T, "rij 5 (toewijzing 103)")
def nul_van_de_verwijzer_weg(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, verwijzer_type="2")


@tabel("DK30a", "W", T, "rij 5 (toewijzing 103)")
def nul_van_agb_weg(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, verwijzer_agb="1980012")


@tabel("DK30b", "W", T, "rij 5 (toewijzing 1,2E+08)", ook=["DK12a", "DK19"])
def nummer_afgerond_door_excel(p: Proef) -> None:
    _zet(p, "toewijzingen", 3, toewijzingnummer="1,2E+08")


@tabel("DK31", "W")
def geen_maatregelen(p: Proef) -> None:
    del p.tabellen["maatregelen"]


@tabel("DK36", "W", "verwijzers.csv", "rij 2 (toewijzing 999)")
def verwijzer_zonder_toewijzing(p: Proef) -> None:
    p.tabellen["verwijzers"] = [{"toewijzingnummer": "999", "verwijzer_type": "02", "verwijzer_agb": "01980012"}]
