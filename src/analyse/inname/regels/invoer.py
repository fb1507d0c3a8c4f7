"""Checks 1, 7 and 30 on input rows: what is missing, can't be read, or was damaged by a spreadsheet."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from analyse.inname.regels import drempels
from analyse.inname.regels.regel import B, Conditie, Regel, W

# Without these a row can't be used. A stop also needs its einddatum.
NODIG: dict[str, tuple[str, ...]] = {
    "clienten": ("persoon",),
    "toewijzingen": ("toewijzingnummer", "persoon", "aanbieder_agb", "toewijzingsdatum", "ingangsdatum"),
    "leveringen": ("begindatum",),
    "verzoeken": ("aanbieder_agb", "referentie_aanbieder"),
    "declaraties": ("toewijzingnummer", "periode_begin", "periode_eind", "bedrag_cent"),
    "maatregelen": ("persoon", "type", "begindatum"),
    "verwijzers": ("toewijzingnummer", "verwijzer_type"),
    "retour": ("toewijzingnummer", "toewijzingsdatum"),
    "uitkomsten": ("persoon", "aanbieder_agb", "einddatum"),
    "pgb": ("persoon", "productcategorie", "periode", "bedrag_cent"),
    "jbt": ("melding_id", "datum_melding"),
    "populatie": ("jaar", "leeftijd", "aantal"),
    "begroting": ("jaar", "taakveld"),
    "aanmeldingen": ("kwartaal", "aantal"),
}
_PLAATSVERVANGER = r"^(1[0-8]\d\d|190[01])-\d\d-\d\d$"
_WETENSCHAPPELIJK = r"^\d+([.,]\d+)?[eE]\+\d+$"
_MET_EINDE = ("toewijzingen", "leveringen", "maatregelen")


def invoer() -> list[Regel]:
    """Rules that take rows out, then rules that tell what was mended or lost."""
    eerst = [regel for tabel in NODIG for regel in _opzij(tabel)]
    return [*eerst, *(r for tabel in NODIG if tabel != "retour" for r in _per_tabel(tabel)), *_aandeel()]


def _opzij(tabel: str) -> list[Regel]:
    lijst = [
        Regel(
            "DK01a",
            W,
            tabel,
            "Een verplichte waarde is leeg of niet te lezen. De regel is opzij gezet.",
            "Vul de waarde in of verbeter die. Datums zijn jjjj-mm-dd, bedragen hele centen.",
            _onbruikbaar(tabel),
            toon="onleesbaar_waarde",
            opzij=True,
        )
    ]
    if tabel in _MET_EINDE:
        lijst.insert(0, _plaatsvervanger(tabel))
    if "toewijzingnummer" in NODIG[tabel] or tabel == "leveringen":
        lijst.insert(0, _wetenschappelijk(tabel))
    return lijst


def _plaatsvervanger(tabel: str) -> Regel:
    return Regel(
        "DK07d",
        W,
        tabel,
        "De begindatum ligt rond 1900. Zo'n datum betekent 'onbekend'. De regel is opzij gezet.",
        "Vul de echte datum in.",
        lambda t: _onbruikbaar(tabel)(t) & t.onleesbaar_waarde.re_search(_PLAATSVERVANGER),
        toon="onleesbaar_waarde",
        rauw=True,
        opzij=True,
    )


def _wetenschappelijk(tabel: str) -> Regel:
    return Regel(
        "DK30b",
        W,
        tabel,
        "Excel heeft het toewijzingnummer afgerond (zoals 1,2E+08). De regel is opzij gezet.",
        "Maak de export opnieuw. Sla de kolom in Excel op als tekst.",
        lambda t: t.toewijzingnummer.re_search(_WETENSCHAPPELIJK),
        toon="toewijzingnummer",
        opzij=True,
    )


def _onbruikbaar(tabel: str) -> Conditie:
    def geldt(t: ir.Table) -> ir.BooleanValue:
        leeg = ibis.or_(*(t[kolom].isnull() for kolom in NODIG[tabel]))
        kapot = (t.onleesbaar == "einddatum").fill_null(False)
        if tabel == "leveringen":
            leeg = leeg | ~t.soort.isin(["start", "stop"]).fill_null(False)
            leeg = leeg | ((t.soort == "stop") & t.einddatum.isnull())
        if tabel == "verzoeken":
            leeg = leeg | ~t.berichttype.isin(["315", "317", "319"]).fill_null(False)
        if tabel == "aanmeldingen":
            leeg = leeg | (t.aantal < 0).fill_null(False)
        return leeg | kapot

    return geldt


def _per_tabel(tabel: str) -> list[Regel]:
    lijst = [
        Regel(
            "DK01b",
            W,
            tabel,
            "Een waarde is niet te lezen en telt als leeg.",
            "Verbeter de waarde. Datums zijn jjjj-mm-dd, getallen alleen cijfers.",
            lambda t: t.onleesbaar.notnull() & t.regel.isnull(),
            toon="onleesbaar_waarde",
        ),
        Regel(
            "DK30a",
            W,
            tabel,
            "Een code miste nullen vooraan. De nullen zijn teruggezet.",
            "Sla kolommen met codes in Excel op als tekst.",
            lambda t: t.aangevuld.notnull(),
            toon="aangevuld",
            rauw=True,
        ),
    ]
    if tabel in _MET_EINDE:
        lijst.append(
            Regel(
                "DK07a",
                W,
                tabel,
                "De einddatum ligt in een jaar dat 'nooit' betekent (zoals 9999). Hij telt als leeg.",
                "Laat de einddatum leeg als er geen einde is.",
                lambda t: t.eeuwig,
            )
        )
    return lijst


def _aandeel() -> list[Regel]:
    return [
        Regel(
            "DK01d",
            B,
            "onbruikbaar",
            "Meer dan 5 procent van de regels in deze tabel is niet te gebruiken. De aantallen kloppen dan niet.",
            "Herstel de regels die bij DK01a, DK07d en DK30b staan en lever opnieuw.",
            lambda t: t.onleesbaar > drempels.AANDEEL_ONBRUIKBAAR,
            toon="tekst",
            rauw=True,
        ),
        Regel(
            "DK07e",
            B,
            "onbruikbaar",
            "Meer dan 5 procent van de toewijzingen eindigt voor het begin. De datums zijn niet te vertrouwen.",
            "Controleer of ingangsdatum en einddatum in de export zijn verwisseld.",
            lambda t: t.omgekeerd > drempels.AANDEEL_OMGEKEERD,
            toon="tekst_omgekeerd",
            rauw=True,
        ),
    ]
