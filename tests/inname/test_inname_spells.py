"""The five rules of a spell, one case a line: what is sent, and what must come out. Peildatum is 30 June 2024."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from inname_bouwer import lees_map, map_met, rij_declaratie, rij_levering, rij_toewijzing

Rij = dict[str, object]
Spell = tuple[str, str | None, str, str | None, str | None]
REGIE, DECL, TOEW = "regiebericht", "declaratie", "toewijzing"


def start(begin: str, **rest: object) -> Rij:
    return rij_levering("?", "start", begin, **rest)


def stop(begin: str, eind: str, reden: str = "31", **rest: object) -> Rij:
    return rij_levering("?", "stop", begin, eind, reden_beeindiging=reden, **rest)


def geld(begin: str, eind: str, **rest: object) -> Rij:
    return rij_declaratie("?", begin, eind, **rest)


@dataclass(frozen=True)
class Geval:
    """`verwacht` holds (begin, eind, datumbron_begin, datumbron_eind, reden_beeindiging)."""

    naam: str
    verwacht: list[Spell]
    leveringen: list[Rij] = field(default_factory=list)
    declaraties: list[Rij] = field(default_factory=list)
    ingang: str = "2024-01-01"
    eind: str | None = None


VAN, TOT = "2024-02-01", "2024-04-15"
GEVALLEN = [
    # Rule 1
    Geval("start en stop van dezelfde sleutel", [(VAN, TOT, REGIE, REGIE, "31")], [start(VAN), stop(VAN, TOT)]),
    Geval("stop voor start in het bestand", [(VAN, TOT, REGIE, REGIE, "31")], [stop(VAN, TOT), start(VAN)]),
    Geval(
        "twee paren op een toewijzing",
        [("2024-01-05", "2024-01-20", REGIE, REGIE, "31"), (VAN, TOT, REGIE, REGIE, "32")],
        [start(VAN), start("2024-01-05"), stop("2024-01-05", "2024-01-20"), stop(VAN, TOT, "32")],
    ),
    Geval(
        "status 3 verwijdert de start",
        [("2024-01-01", None, TOEW, None, None)],
        [start(VAN), start(VAN, status_aanlevering="3")],
    ),
    Geval(
        "status 3 verwijdert de stop",
        [(VAN, None, REGIE, None, None)],
        [start(VAN), stop(VAN, TOT), stop(VAN, TOT, status_aanlevering="3")],
    ),
    Geval(
        "status 3 raakt alleen de eigen reden",
        [(VAN, TOT, REGIE, REGIE, "31")],
        [start(VAN), stop(VAN, TOT), stop(VAN, "2024-03-01", "20", status_aanlevering="3")],
    ),
    Geval(
        "na een verwijdering opnieuw gestuurd",
        [(VAN, "2024-05-01", REGIE, REGIE, "31")],
        [
            start(VAN, berichtdatum="2024-02-02"),
            stop(VAN, TOT, berichtdatum="2024-04-16"),
            stop(VAN, TOT, status_aanlevering="3", berichtdatum="2024-05-02"),
            stop(VAN, "2024-05-01", berichtdatum="2024-05-02"),
        ],
    ),
    Geval(
        "verwijderd op een latere dag",
        [(VAN, None, REGIE, None, None)],
        [
            start(VAN, berichtdatum="2024-02-02"),
            stop(VAN, TOT, berichtdatum="2024-04-16"),
            stop(VAN, TOT, status_aanlevering="3", berichtdatum="2024-05-02"),
        ],
    ),
    Geval(
        "definitief gaat voor tijdelijk",
        [(VAN, "2024-05-20", REGIE, REGIE, "34")],
        [start(VAN), stop(VAN, TOT, "20"), stop(VAN, "2024-05-20", "34")],
    ),
    Geval(
        "tijdelijk na definitief verandert niets",
        [(VAN, TOT, REGIE, REGIE, "34")],
        [start(VAN), stop(VAN, TOT, "34"), stop(VAN, "2024-05-20", "20")],
    ),
    Geval("stop zonder start", [(VAN, TOT, REGIE, REGIE, "31")], [stop(VAN, TOT)]),
    Geval(
        "start verwijderd, stop blijft",
        [(VAN, TOT, REGIE, REGIE, "31")],
        [start(VAN), start(VAN, status_aanlevering="3"), stop(VAN, TOT)],
    ),
    Geval(
        "herhaalde start en stop",
        [(VAN, TOT, REGIE, REGIE, "31")],
        [start(VAN), start(VAN), stop(VAN, TOT), stop(VAN, TOT)],
    ),
    # Rule 2
    Geval(
        "pauze",
        [(VAN, "2024-06-01", REGIE, REGIE, "31")],
        [start(VAN), stop(VAN, "2024-03-01", "20"), start("2024-04-01"), stop("2024-04-01", "2024-06-01")],
    ),
    Geval(
        "pauze en daarna open",
        [(VAN, None, REGIE, None, None)],
        [start(VAN), stop(VAN, "2024-03-01", "20"), start("2024-04-01")],
    ),
    Geval(
        "twee pauzes",
        [("2024-01-02", "2024-05-01", REGIE, REGIE, "36")],
        [
            start("2024-01-02"),
            stop("2024-01-02", "2024-01-10", "20"),
            start(VAN),
            stop(VAN, "2024-03-01", "20"),
            start("2024-04-01"),
            stop("2024-04-01", "2024-05-01", "36"),
        ],
    ),
    Geval(
        "tijdelijk gestopt zonder vervolg", [(VAN, TOT, REGIE, REGIE, "20")], [start(VAN), stop(VAN, TOT, "20")]
    ),
    Geval(
        "definitief gestopt en later opnieuw: geen pauze",
        [(VAN, "2024-03-01", REGIE, REGIE, "31"), ("2024-04-01", None, REGIE, None, None)],
        [start(VAN), stop(VAN, "2024-03-01"), start("2024-04-01")],
    ),
    # Rule 3
    Geval("start zonder stop", [(VAN, None, REGIE, None, None)], [start(VAN)]),
    Geval("toewijzing voorbij", [(VAN, "2024-06-29", REGIE, TOEW, None)], [start(VAN)], eind="2024-06-29"),
    Geval("toewijzing eindigt op de peildatum", [(VAN, None, REGIE, None, None)], [start(VAN)], eind="2024-06-30"),
    Geval(
        "stop gaat voor de toewijzing",
        [(VAN, TOT, REGIE, REGIE, "31")],
        [start(VAN), stop(VAN, TOT)],
        eind="2024-03-01",
    ),
    # Rule 4
    Geval(
        "declaraties, toewijzing loopt",
        [(VAN, None, DECL, None, None)],
        declaraties=[geld(VAN, "2024-02-29"), geld("2024-03-01", "2024-03-31")],
    ),
    Geval(
        "declaraties, toewijzing voorbij",
        [(VAN, "2024-03-31", DECL, DECL, None)],
        declaraties=[geld("2024-03-01", "2024-03-31"), geld(VAN, "2024-02-29")],
        eind="2024-06-29",
    ),
    Geval(
        "declaraties, toewijzing eindigt op de peildatum",
        [(VAN, None, DECL, None, None)],
        declaraties=[geld(VAN, "2024-02-29")],
        eind="2024-06-30",
    ),
    Geval(
        "afgewezen declaratie telt niet",
        [("2024-01-01", None, TOEW, None, None)],
        declaraties=[geld(VAN, "2024-02-29", status="afgewezen")],
    ),
    Geval(
        "teruggenomen declaratie telt niet",
        [("2024-01-01", None, TOEW, None, None)],
        declaraties=[geld(VAN, "2024-02-29"), geld(VAN, "2024-02-29", referentienummer="c", debet_credit="C")],
    ),
    Geval(
        "start gaat voor declaraties",
        [(VAN, None, REGIE, None, None)],
        [start(VAN)],
        [geld("2024-01-01", "2024-01-31")],
    ),
    Geval("niets dan de toewijzing", [("2024-01-01", "2024-05-31", TOEW, TOEW, None)], eind="2024-05-31"),
    Geval("toewijzing zonder einde", [("2024-01-01", None, TOEW, None, None)]),
    Geval("toewijzing met einde in de toekomst", [("2024-01-01", None, TOEW, None, None)], eind="2024-07-01"),
    Geval(
        "toewijzing eindigt op de peildatum, zonder berichten",
        [("2024-01-01", "2024-06-30", TOEW, TOEW, None)],
        eind="2024-06-30",
    ),
    # Rule 5
    Geval("begin na de peildatum", [], [start("2024-07-01")]),
    Geval("begin op de peildatum", [("2024-06-30", None, REGIE, None, None)], [start("2024-06-30")]),
    Geval("toewijzing begint na de peildatum", [], ingang="2024-07-01"),
    Geval("einde na de peildatum", [(VAN, None, REGIE, None, None)], [start(VAN), stop(VAN, "2024-07-01")]),
    Geval(
        "einde op de peildatum", [(VAN, "2024-06-30", REGIE, REGIE, "31")], [start(VAN), stop(VAN, "2024-06-30")]
    ),
    Geval("één dag", [(VAN, VAN, REGIE, REGIE, "31")], [start(VAN), stop(VAN, VAN)]),
    Geval("einde voor begin", [(VAN, VAN, REGIE, REGIE, "31")], [start(VAN), stop(VAN, "2024-01-31")]),
    Geval("toewijzing voorbij voor de start", [(VAN, VAN, REGIE, TOEW, None)], [start(VAN)], eind="2024-01-15"),
    Geval(
        "toewijzing eindigt voor de ingang", [("2024-01-01", "2024-01-01", TOEW, TOEW, None)], eind="2023-12-01"
    ),
]


@pytest.fixture(scope="module")
def basis(tmp_path_factory):
    """All cases as one delivery: case i is toewijzing i."""
    map_ = tmp_path_factory.mktemp("spells")
    tabellen = {
        "toewijzingen": [
            rij_toewijzing(i, ingangsdatum=g.ingang, einddatum=g.eind) for i, g in enumerate(GEVALLEN)
        ],
        "leveringen": [{**r, "toewijzingnummer": i} for i, g in enumerate(GEVALLEN) for r in g.leveringen],
        "declaraties": [
            {**r, "toewijzingnummer": i, "referentienummer": f"{i}-{r['referentienummer']}"}
            for i, g in enumerate(GEVALLEN)
            for r in g.declaraties
        ],
    }
    return lees_map(map_met(map_ / "in", tabellen=tabellen, peildatum="2024-06-30"), map_ / "uit")


def _tekst(waarde: object) -> str | None:
    if pd.isna(waarde):
        return None
    return waarde.date().isoformat() if isinstance(waarde, pd.Timestamp) else str(waarde)


@pytest.mark.parametrize("nummer", range(len(GEVALLEN)), ids=[g.naam for g in GEVALLEN])
def test_spell(basis, nummer: int) -> None:
    alle = basis.pandas("spells")
    velden = ["begin", "eind", "datumbron_begin", "datumbron_eind", "reden_beeindiging"]
    eigen = alle[alle["toewijzingnummer"] == str(nummer)][velden]
    gevonden = sorted(tuple(map(_tekst, rij)) for rij in eigen.itertuples(index=False))
    assert gevonden == sorted(GEVALLEN[nummer].verwacht)


def test_einde_voor_begin_wordt_gemeld(basis) -> None:
    bevindingen = basis.pandas("bevindingen")
    omgekeerd = bevindingen[bevindingen["code"] == "DK12d"]
    nummers = omgekeerd["plek"].str.extract(r"toewijzing (\d+)", expand=False).astype(int)
    namen = {GEVALLEN[nummer].naam for nummer in nummers}
    assert namen == {"einde voor begin", "toewijzing voorbij voor de start", "toewijzing eindigt voor de ingang"}


def test_stop_zonder_start_wordt_gemeld(basis) -> None:
    bevindingen = basis.pandas("bevindingen")
    assert bevindingen.loc[bevindingen["code"] == "DK12c", "aantal"].sum() == 2


def test_peildatum_staat_erbij(basis) -> None:
    assert basis.pandas("leveringen")["peildatum"].tolist() == [pd.Timestamp(date(2024, 6, 30))]


def test_map_is_klaar_of_er_is_niets(tmp_path: Path, basis) -> None:
    assert not list(basis.map.parent.glob(".inname*")), "the scratch folder is gone"
