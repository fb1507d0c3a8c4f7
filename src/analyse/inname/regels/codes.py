"""Checks 1, 3 and 16 on codes: values outside their list, and numbers that can't be an AGB code."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from analyse.inname.codelijsten import Codelijsten
from analyse.inname.regels import drempels
from analyse.inname.regels.regel import Conditie, Regel, W

_KOLOMMEN = {
    "toewijzingen": ("productcategorie", "reden_wijziging", "eenheid", "frequentie"),
    "leveringen": ("reden_beeindiging", "status_aanlevering"),
    "declaraties": ("productcategorie", "eenheid", "debet_credit"),
    "clienten": ("geslacht",),
    "maatregelen": ("type",),
}


def codes(lijsten: Codelijsten) -> list[Regel]:
    """Rules about single codes."""
    return [*_onbekend(lijsten), *_verwijzer(lijsten), *_gemeente(), *_aanbieder()]


def _onbekend(lijsten: Codelijsten) -> list[Regel]:
    return [
        Regel(
            "DK01c",
            W,
            tabel,
            f"Een code in de kolom {kolom} staat niet in de codelijst.",
            "Gebruik de codes van iJw en iWmo 3.2.",
            _niet_in(kolom, lijsten.per_kolom[kolom]),
            toon=kolom,
        )
        for tabel, kolommen in _KOLOMMEN.items()
        for kolom in kolommen
    ]


def _verwijzer(lijsten: Codelijsten) -> list[Regel]:
    return [
        Regel(
            "DK16b",
            W,
            tabel,
            "Dit type verwijzer bestaat niet. De verwijzer telt als onbekend.",
            "Gebruik 01 tot en met 06 of 08.",
            _niet_in("verwijzer_type", lijsten.per_kolom["verwijzer_type"]),
            toon="verwijzer_type",
        )
        for tabel in ("verzoeken", "verwijzers", "toewijzingen")
    ]


def _niet_in(kolom: str, per_domein: dict[str, tuple[str, ...]]) -> Conditie:
    def geldt(t: ir.Table) -> ir.BooleanValue:
        if "domein" not in t.columns:
            bekend = t[kolom].isin(per_domein["Jw"])
        else:
            bekend = ibis.ifelse(
                t.domein == "Wmo", t[kolom].isin(per_domein["Wmo"]), t[kolom].isin(per_domein["Jw"])
            )
        return t[kolom].notnull() & ~bekend & t.regel.isnull()

    return geldt


def _gemeente() -> list[Regel]:
    return [
        Regel(
            "DK04",
            W,
            "verzoeken",
            "De gemeentecode van de woonplaats bestaat niet uit vier cijfers.",
            "Gebruik de CBS-code van de gemeente, zoals 0200.",
            lambda t: t.gemeente_woonplaats.notnull() & ~t.gemeente_woonplaats.re_search(r"^(GM)?\d{4}$"),
            toon="gemeente_woonplaats",
        )
    ]


def _aanbieder() -> list[Regel]:
    return [
        *(
            Regel(
                "DK03a",
                W,
                tabel,
                "De AGB-code van de aanbieder bestaat niet uit acht cijfers.",
                "Gebruik de AGB-code van de vestiging of de instelling.",
                lambda t: t.aanbieder_agb.notnull() & ~t.aanbieder_agb.re_search(r"^\d{8}$") & t.regel.isnull(),
                toon="aanbieder_agb",
            )
            for tabel in ("toewijzingen", "declaraties")
        ),
        Regel(
            "DK03b",
            W,
            "aanbiederbeeld",
            "Deze aanbieder staat niet in de lijst van aanbieders. Hij komt zonder naam in de rapporten.",
            "Controleer de AGB-code, of voeg de aanbieder toe aan data/referentie/aanbieders.csv.",
            lambda t: t.onbekend,
            toon="tekst",
            rauw=True,
        ),
        Regel(
            "DK03c",
            W,
            "overnames",
            "Veel kinderen gaan op één dag over naar een andere aanbieder, met hetzelfde product.",
            "Ga na of de aanbieder is gefuseerd of een nieuwe AGB-code heeft. Anders telt dit als uitstroom.",
            lambda t: t.kinderen >= drempels.KINDEREN_OVERNAME,
            toon="tekst",
            rauw=True,
        ),
    ]
