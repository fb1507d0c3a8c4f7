"""Referrals by huisartsen to the local toegang per quarter: no message says them, so a toegang keeps a list.

Not every toegang does, and one began later; who doesn't count delivers nothing, which is not the same as zero.
Drawn from a seeded stream of its own around a rate that is written down, so that it changes no child.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from analyse.demo.effecten import WARE_EFFECTEN
from analyse.demo.feiten import Archief
from analyse.demo.ijking import GEMEENTEN
from analyse.demo.tabellen import Rij, schrijf_csv
from analyse.demo.toeval import Toeval
from analyse.demo.wereld import PEILDATUM

PER_1000 = 3.6  # a quarter, of the inhabitants aged 0 to 17
MET_POH = 1.3  # times as many where a praktijkondersteuner jeugd works with the toegang
ZONDER_PRAKTIJK = 0.1  # of the referrals, those of which the toegang didn't write down the praktijk
# First quarter of the list of each toegang; the others keep none.
VANAF = {
    "GM0200": (2022, 1), "GM0213": (2022, 1), "GM0232": (2022, 1), "GM0246": (2022, 3), "GM0262": (2022, 1),
    "GM0301": (2023, 4),
}  # fmt: skip
_POH = next(effect for effect in WARE_EFFECTEN if effect.naam == "poh-jeugd").vanaf
WAARHEID = {
    "aanmeldingen_per_1000_per_kwartaal": PER_1000,
    "aanmeldingen_factor_poh": MET_POH,
    "aanmeldingen_vanaf": {gemeente: f"{jaar}-K{nr}" for gemeente, (jaar, nr) in VANAF.items()},
}


def schrijf_aanmeldingen(map_: Path, archief: Archief, inwoners: Sequence[Rij], *, zaad: int) -> None:
    """aanmeldingen of one gemeente, if its toegang keeps a list; `inwoners` are (jaar, leeftijd, aantal)."""
    if archief.gemeente in VANAF:
        toeval = Toeval(zaad, 27, GEMEENTEN.index(archief.gemeente))
        schrijf_csv(
            map_ / "aanmeldingen.csv", "kwartaal huisartspraktijk aantal", _rijen(archief, inwoners, toeval)
        )


def verwacht(gemeente: str, inwoners: Sequence[Rij]) -> dict[tuple[int, int], float]:
    """The true mean of every quarter (jaar, 1 to 4) that the toegang counted."""
    kinderen = _kinderen(inwoners)
    eind = PEILDATUM.year, (PEILDATUM.month + 2) // 3
    alle = [(jaar, nr) for jaar in sorted(kinderen) for nr in range(1, 5)]
    return {
        (jaar, nr): kinderen[jaar] * PER_1000 / 1000 * (MET_POH if _met_poh(gemeente, jaar, nr) else 1)
        for jaar, nr in alle
        if VANAF[gemeente] <= (jaar, nr) <= eind
    }


def _kinderen(inwoners: Sequence[Rij]) -> Mapping[int, int]:
    per_jaar: dict[int, int] = {}
    for jaar, leeftijd, aantal in ([int(str(veld)) for veld in rij[:3]] for rij in inwoners):
        per_jaar[jaar] = per_jaar.get(jaar, 0) + (aantal if leeftijd < 18 else 0)
    return per_jaar


def _met_poh(gemeente: str, jaar: int, nr: int) -> bool:
    return gemeente in _POH and date(jaar, 3 * nr - 2, 1) >= _POH[gemeente]


def _rijen(archief: Archief, inwoners: Sequence[Rij], toeval: Toeval) -> Iterator[Rij]:
    """Per quarter the praktijken that referred, and always a row of those unknown, be it 0."""
    eigen = f"0198{GEMEENTEN.index(archief.gemeente):02d}"
    praktijken = sorted({v.verwijzer_agb for v in archief.verzoeken if v.verwijzer_agb.startswith(eigen)})
    for (jaar, nr), gemiddeld in verwacht(archief.gemeente, inwoners).items():
        telling = dict.fromkeys(("", *praktijken), 0)
        for _ in range(int(toeval.rng.poisson(gemiddeld))):
            onbekend = not praktijken or toeval.kans(ZONDER_PRAKTIJK)
            telling["" if onbekend else toeval.kies(praktijken)] += 1
        for praktijk, aantal in telling.items():
            if aantal or not praktijk:
                yield f"{jaar}-K{nr}", praktijk, aantal
