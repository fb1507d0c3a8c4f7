"""A block that is right can be accepted: once, for one delivery, by somebody, and never unseen."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from inname_bouwer import SLEUTEL, WORTEL, map_met, rij_declaratie, rij_toewijzing

from analyse.correctieregister import Aanvaarding, lees_aanvaardingen, lees_correcties
from analyse.inname import TELLING, lees
from analyse.inname.aanvaarden import aanvaard
from analyse.inname.trend import Vergelijking
from analyse.kern.fouten import Bevinding, Ernst, ParameterFout
from analyse.meten.bron import geblokkeerd
from analyse.params import Params

DAG = date(2025, 12, 31)
BLOK = Bevinding(
    "DK26p", Ernst.BLOKKEREND, "GM0200", "", "", "Minder.", "declaraties: 30 procent minder regels", "Kijk.", 9,
    raakt="euro",
)  # fmt: skip
REGEL = Aanvaarding(
    id="minder", aanvaard="DK26p", tabel="declaraties", gemeente="GM0200", levering=DAG, reden="Aanbieder gestopt",
    melder="contractmanager", datum=date(2026, 1, 12),
)  # fmt: skip
YAML = """id: minder
aanvaard: DK26p
tabel: declaraties
gemeente: GM0200
levering: 2025-12-31
reden: Aanbieder gestopt
melder: contractmanager
datum: 2026-01-12
"""


def _met(**wat: object) -> Aanvaarding:
    return REGEL.model_copy(update=wat)


def test_een_aanvaarde_blokkade_is_een_waarschuwing_die_zegt_waarom() -> None:
    (gevonden,) = aanvaard([BLOK], [REGEL], {"GM0200": DAG})
    assert (gevonden.code, gevonden.ernst, gevonden.raakt) == ("DK26p", "waarschuwing", "")
    assert gevonden.regel == "Minder. Aanvaarding minder: Aanbieder gestopt."
    assert gevonden.ontvangen.endswith("regels; aanvaard door contractmanager op 12-01-2026")
    assert gevonden.aantal == BLOK.aantal


@pytest.mark.parametrize(
    ("blok", "regel"),
    [
        (replace(BLOK, code="DK26q"), REGEL),
        (replace(BLOK, code="DK20a"), REGEL),
        (replace(BLOK, gebied="GM0213"), REGEL),
        (replace(BLOK, ontvangen="toewijzingen: 30 procent minder regels"), REGEL),
        (replace(BLOK, ernst=Ernst.WAARSCHUWING, raakt=""), REGEL),
    ],
)
def test_wat_niet_past_blijft_zoals_het_is_en_de_aanvaarding_wordt_gemeld(
    blok: Bevinding, regel: Aanvaarding
) -> None:
    eerste, over = aanvaard([blok], [regel], {"GM0200": DAG})
    assert eerste == blok
    assert (over.code, over.ernst, over.gebied, over.bestand) == (
        "CR07", "waarschuwing", "GM0200", "correcties/minder.yaml",
    )  # fmt: skip


@pytest.mark.parametrize("peildatum", [date(2026, 6, 30), None])
def test_de_volgende_levering_wordt_opnieuw_gevraagd(peildatum: date | None) -> None:
    eerste, over = aanvaard([BLOK], [REGEL], {"GM0200": peildatum})
    assert eerste == BLOK
    assert (over.code, over.ernst) == ("CR08", "informatie")


def test_een_ander_of_een_ingetrokken_voorstel_doet_niets() -> None:
    for regel in (_met(status="ingetrokken"), _met(status="voorgesteld"), _met(gemeente="GM0213")):
        assert aanvaard([BLOK], [regel], {"GM0200": DAG}) == [BLOK]


def test_het_register_houdt_correcties_en_aanvaardingen_uit_elkaar(tmp_path: Path) -> None:
    (tmp_path / "minder.yaml").write_text(YAML, encoding="utf-8")
    assert lees_correcties(tmp_path, gemeenten=["GM0200"]) == ()
    (regel,) = lees_aanvaardingen(tmp_path, gemeenten=["GM0200"])
    assert regel == _met(reden="Aanbieder gestopt.")


@pytest.mark.parametrize(
    ("oud", "nieuw", "zegt"),
    [
        ("DK26p", "DK20a", "DK26q"),
        ("GM0200", "GM0999", "GM0200"),
        ("id: minder", "id: anders", "naam van het bestand"),
        ("contractmanager", "J. de Vries", "rol"),
        ("levering: 2025-12-31\n", "", "levering"),
    ],
)
def test_een_aanvaarding_die_niet_klopt_wordt_geweigerd(tmp_path: Path, oud: str, nieuw: str, zegt: str) -> None:
    (tmp_path / "minder.yaml").write_text(YAML.replace(oud, nieuw), encoding="utf-8")
    with pytest.raises(ParameterFout, match=zegt):
        lees_aanvaardingen(tmp_path, gemeenten=["GM0200"])


def test_van_levering_tot_cijfers(tmp_path: Path) -> None:
    maanden = [(f"2024-{m:02d}-01", f"2024-{m:02d}-28") for m in range(1, 13)]
    tabellen = {"toewijzingen": [rij_toewijzing(n) for n in range(3)]}
    alles = [rij_declaratie(n, *maand) for n in range(3) for maand in maanden]
    kit = tmp_path / "kit"
    shutil.copytree(WORTEL / "params", kit / "params")
    vorige = map_met(tmp_path / "toen", tabellen={**tabellen, "declaraties": alles})
    lees(vorige, params=Params.open(kit), uit=tmp_path / "uit0", sleutel=SLEUTEL)
    nu = map_met(tmp_path / "nu", tabellen={**tabellen, "declaraties": alles[:12]})
    met = Vergelijking(vorige=tmp_path / "uit0" / TELLING)
    blokkades = []
    for uit in ("zonder", "aanvaard"):
        basis = lees(nu, params=Params.open(kit), uit=tmp_path / uit, sleutel=SLEUTEL, met=met)
        blokkades.append(geblokkeerd(basis, "euro"))
        map_ = kit / "params" / "correcties"
        map_.mkdir(exist_ok=True)
        (map_ / "minder.yaml").write_text(YAML, encoding="utf-8")
    assert blokkades == [frozenset({"GM0200"}), frozenset()]
    t: pd.DataFrame = basis.pandas("bevindingen")
    (rij,) = t[t["code"].eq("DK26p")].to_dict("records")
    assert rij["ernst"] == "waarschuwing" and "Aanvaarding minder: Aanbieder gestopt." in rij["regel"]
    assert not t["code"].str.startswith("CR").any()
