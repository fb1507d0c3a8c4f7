"""Inhabitants and ledger of the demo region: what figures of help are held against.

Inhabitants follow the estimate in `bevolking.csv` (an even spread within the age groups of CBS), so that both add
up to the same. The ledger is what was declared, plus a difference per gemeente that is known and written down.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from analyse.demo.aanbod import CONTRACTWIJZIGING, ONBEKEND_PRODUCT, ZORGSOORTEN
from analyse.demo.feiten import Archief
from analyse.demo.ijking import GEMEENTEN, JAAR
from analyse.demo.tabellen import Rij, schrijf_csv
from analyse.demo.toeval import Toeval
from analyse.demo.wereld import PEILDATUM

INGESCHREVEN = 0.97  # of the inhabitants aged 0 to 17, those enrolled with a practice of the own gemeente
EERSTE_BOEKJAAR = 2021
# How much more the ledger says than was declared; one gemeente lies outside what anybody would accept.
VERSCHIL = {
    "GM0200": 0.012, "GM0213": -0.008, "GM0232": 0.021, "GM0244": 0.0, "GM0246": -0.015, "GM0262": 0.018,
    "GM0285": 0.115, "GM0301": 0.006,
}  # fmt: skip
WAARHEID = {"ingeschreven_bij_praktijk": INGESCHREVEN, "jaarrekening_boven_declaraties": VERSCHIL}
# Iv3 taakveld (scheme of 2023) of each kind of help.
_TAAKVELD = {
    "ambulant": "6.72a", "netwerk": "6.72a", "specialistisch": "6.72b", "daghulp": "6.72c", "verzorging": "6.72d",
    "vervoer": "6.72d", "wijkteam": "6.72d", "pleegzorg": "6.73a", "gezinshuis": "6.73b", "logeren": "6.73b",
    "residentieel": "6.73c", "deeltijd": "6.73c", "sggz": "6.74a", "basisggz": "6.74a", "crisis": "6.74b",
    "gesloten": "6.74c", "ots": "6.82a", "voogdij": "6.82a", "reclassering": "6.82b",
}  # fmt: skip


def schrijf_achtergrond(map_: Path, archief: Archief, inwoners: Sequence[Rij], *, zaad: int) -> None:
    """populatie and begroting of one gemeente; `inwoners` are (jaar, leeftijd, aantal)."""
    plek = GEMEENTEN.index(archief.gemeente)
    praktijken = _praktijken(archief, inwoners, Toeval(zaad, 25, plek))
    alle = [(*rij, None) for rij in inwoners]
    schrijf_csv(map_ / "populatie.csv", "jaar leeftijd aantal huisartspraktijk", [*alle, *praktijken])
    schrijf_csv(
        map_ / "begroting.csv",
        "jaar taakveld begroot_cent werkelijk_cent",
        _begroting(archief, Toeval(zaad, 26, plek)),
    )


def inwoners_per_jaar(bevolking: str, cbs: pd.Series) -> dict[str, list[Rij]]:
    """(jaar, leeftijd, aantal) per gemeente for ages 0 to 22; `bevolking` is the scaled table as CSV text."""
    gevonden: dict[str, list[Rij]] = {gemeente: [] for gemeente in GEMEENTEN}
    for rij in csv.DictReader(io.StringIO(bevolking), delimiter=";"):
        if rij["gebied"] in gevonden:
            jong, ouder = (cbs["inwoners", rij["gebied"], JAAR, groep] for groep in ("0-14", "15-24"))
            aantallen = verdeel(int(rij["aantal"]), [jong / 15] * 15 + [ouder / 10] * 8)
            gevonden[rij["gebied"]] += [(int(rij["jaar"]), leeftijd, n) for leeftijd, n in enumerate(aantallen)]
    return gevonden


def verdeel(totaal: int, gewichten: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to `totaal` (largest remainders)."""
    exact = np.array(gewichten, dtype=float) * totaal / sum(gewichten)
    heel = np.floor(exact).astype(int)
    erbij = np.argsort(-(exact - heel), kind="stable")[: totaal - heel.sum()]
    heel[erbij] += 1
    return heel.tolist()


def _praktijken(archief: Archief, inwoners: Sequence[Rij], toeval: Toeval) -> list[Rij]:
    """Children enrolled per practice that refers in this gemeente: half by size, half evenly, and some chance."""
    eigen = f"0198{GEMEENTEN.index(archief.gemeente):02d}"
    verwezen = Counter(v.verwijzer_agb for v in archief.verzoeken if v.verwijzer_agb.startswith(eigen))
    namen = sorted(verwezen)
    if not namen:
        return []
    totaal = verwezen.total()
    gewichten = [(0.5 / len(namen) + 0.5 * verwezen[n] / totaal) * (0.8 + 0.4 * toeval.u()) for n in namen]
    return [
        (jaar, leeftijd, aantal, naam)
        for jaar, leeftijd, kinderen in inwoners
        if int(str(leeftijd)) < 18
        for naam, aantal in zip(namen, verdeel(round(INGESCHREVEN * int(str(kinderen))), gewichten), strict=True)
    ]


def _begroting(archief: Archief, toeval: Toeval) -> list[Rij]:
    """Past years with what was spent; the year that has just ended has only a budget."""
    gedeclareerd = _per_taakveld(archief)
    rijen: list[Rij] = []
    for jaar in range(EERSTE_BOEKJAAR, PEILDATUM.year + 1):
        for taakveld in sorted(set(_TAAKVELD.values())):
            vorige = gedeclareerd[jaar - 1, taakveld]
            begroot = 100_000 * round(vorige * (0.97 + 0.10 * toeval.u()) / 100_000)
            werkelijk = round(gedeclareerd[jaar, taakveld] * (1 + VERSCHIL[archief.gemeente]))
            rijen.append((jaar, taakveld, begroot, werkelijk if jaar < PEILDATUM.year else None))
    return rijen


def _per_taakveld(archief: Archief) -> Mapping[tuple[int, str], int]:
    """Approved eurocents by year of delivery."""
    taakveld = _taakvelden()
    som: Counter[tuple[int, str]] = Counter()
    for r in archief.prestaties:
        if not r.afgewezen:
            som[r.begin.year, taakveld[r.product.gedeclareerd]] += -r.bedrag_cent if r.credit else r.bedrag_cent
    return som


def _taakvelden() -> dict[str, str]:
    per_code = {
        product.gedeclareerd: _TAAKVELD[soort.naam] for soort in ZORGSOORTEN for product, _ in soort.producten
    }
    nieuw = {product.gedeclareerd: per_code[oud] for oud, product in CONTRACTWIJZIGING.items()}
    return per_code | nieuw | {ONBEKEND_PRODUCT.gedeclareerd: "6.72a"}
