"""The same facts as neutral tables: CSV, UTF-8, semicolon, ISO dates.

No names and no free text: a table has no place for them. Rejected versions are left out, because a back office
that keeps state has thrown them away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from analyse.demo.feiten import Archief, Prestatie
from analyse.demo.wereld import PEILDATUM, Maatregel, Persoon

Rij = Sequence[object]
Nummer = Callable[[Persoon], str]


def schrijf_csv(pad: Path, kolommen: str, rijen: Iterable[Rij]) -> None:
    """Write one table; `kolommen` is the header. None becomes an empty field."""
    regels = [kolommen.replace(" ", ";")]
    regels += [";".join(["" if veld is None else str(veld) for veld in rij]) for rij in rijen]
    pad.write_bytes(("\n".join(regels) + "\n").encode("utf-8"))


def schrijf_tabellen(map_: Path, archief: Archief, client: Nummer) -> None:
    """clienten, toewijzingen, leveringen, verzoeken and declaraties of one gemeente."""
    schrijf_csv(
        map_ / "clienten.csv",
        "gemeentecode client_id geboortejaar geboortemaand geslacht",
        ((archief.gemeente, client(p), p.geboren.year, p.geboren.month, p.geslacht) for p in clienten(archief)),
    )
    _toewijzingen(map_, archief, client)
    _leveringen(map_, archief)
    _verzoeken(map_, archief, client)
    _declaraties(map_, archief)


def clienten(archief: Archief) -> list[Persoon]:
    """Every child that any message of this gemeente names, in order of number."""
    lijsten = (archief.versies, archief.meldingen, archief.verzoeken, archief.prestaties)
    return sorted({feit.persoon for lijst in lijsten for feit in lijst}, key=lambda persoon: persoon.nr)


def _toewijzingen(map_: Path, archief: Archief, client: Nummer) -> None:
    geaccepteerd = [versie for versie in archief.versies if not versie.retourcode]
    schrijf_csv(
        map_ / "toewijzingen.csv",
        "toewijzingnummer toewijzingsdatum toewijzingstijd client_id aanbieder_agb productcategorie productcode "
        "ingangsdatum einddatum reden_wijziging volume eenheid frequentie referentie_aanbieder leveringsvorm",
        (
            (
                v.nummer, v.datum, v.tijd, client(v.persoon), v.agb, v.product.categorie, v.product.code, v.ingang,
                v.eind, v.reden, v.volume or None, v.product.eenheid if v.volume else None,
                v.product.frequentie if v.volume else None, v.referentie, "zin",
            )
            for v in sorted(geaccepteerd, key=lambda v: (v.nummer, v.stempel))
        ),
    )  # fmt: skip


def _leveringen(map_: Path, archief: Archief) -> None:
    schrijf_csv(
        map_ / "leveringen.csv",
        "toewijzingnummer soort begindatum einddatum reden_beeindiging aanbieder_agb status_aanlevering "
        "berichtdatum",
        (
            (m.nummer, "stop" if m.eind else "start", m.begin, m.eind, m.reden, m.agb, m.status, m.bericht)
            for m in sorted(archief.meldingen, key=lambda m: (m.bericht, m.nummer))
        ),
    )


def _verzoeken(map_: Path, archief: Archief, client: Nummer) -> None:
    rijen: list[Rij] = []
    for v in sorted(archief.verzoeken, key=lambda v: (v.bericht, v.referentie)):
        gegeven = v.antwoord_op is not None and v.antwoord_op <= PEILDATUM
        antwoord = (v.antwoord, v.reden_afwijzing, v.gemeente_woonplaats) if gegeven else ("", "", "")
        product = (v.product.categorie, v.product.code) if v.product else ("", "")
        rijen.append(
            (v.agb, v.referentie, v.soort, v.bericht, v.verwijzer, client(v.persoon), v.nummer or None,
             v.verwijzer_agb, *product, *antwoord)
        )  # fmt: skip
    schrijf_csv(
        map_ / "verzoeken.csv",
        "aanbieder_agb referentie_aanbieder berichttype dagtekening verwijzer_type client_id toewijzingnummer "
        "verwijzer_agb productcategorie productcode antwoord reden_afwijzing gemeente_woonplaats",
        rijen,
    )


def _declaraties(map_: Path, archief: Archief) -> None:
    schrijf_csv(
        map_ / "declaraties.csv",
        "declaratienummer referentienummer toewijzingnummer productcategorie productcode periode_begin "
        "periode_eind bedrag_cent debet_credit aanbieder_agb volume eenheid tarief_cent vorig_referentienummer "
        "dagtekening status retourcode",
        (
            _declaratieregel(regel, archief.gemeente)
            for regel in sorted(archief.prestaties, key=lambda r: (r.bericht, r.referentie))
        ),
    )


def _declaratieregel(r: Prestatie, gemeente: str) -> Rij:
    return (
        r.declaratienummer(gemeente), r.referentie, r.nummer, r.product.categorie, r.product.gedeclareerd, r.begin,
        r.eind, r.bedrag_cent, "C" if r.credit else "D", r.agb, r.volume, r.product.eenheid,
        r.bedrag_cent // r.volume, r.vorige, r.bericht, "afgewezen" if r.afgewezen else "toegekend",
        r.retourcode if r.afgewezen else "",
    )  # fmt: skip


# What both forms have beside the messages


def schrijf_verwijzers(map_: Path, archief: Archief, teams: Mapping[int, str]) -> None:
    """The verwijzer of help that the own toegang gave, and the team that decided: no message says it."""
    verzonden = {versie.nummer for versie in archief.versies}
    rijen = [(nr, wie, teams[nr]) for nr, wie in sorted(archief.verwijzers.items()) if nr in verzonden]
    schrijf_csv(map_ / "verwijzers.csv", "toewijzingnummer verwijzer_type team", rijen)


def schrijf_maatregelen(map_: Path, maatregelen: Iterable[Maatregel], client: Nummer) -> None:
    """Child protection orders; an end after the peildatum is not known yet."""
    schrijf_csv(
        map_ / "maatregelen.csv",
        "client_id type begindatum einddatum machtiging_type machtiging_van machtiging_tot",
        (
            (client(m.persoon), m.type, m.begin, _bekend(m.eind), m.machtiging, m.machtiging_van,
             _bekend(m.machtiging_tot))
            for m in maatregelen
        ),
    )  # fmt: skip


def _bekend(dag: date | None) -> date | None:
    return dag if dag and dag <= PEILDATUM else None
