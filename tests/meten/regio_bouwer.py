"""A large random region with the proportions of real gemeenten, to see realistic numbers and time."""

from __future__ import annotations

import numpy as np
import pandas as pd
from basis_bouwer import GEMEENTEN, PEILDATUM, leveringen_van

# Trajecten, CBS 85335NED (2022, voorlopig): what the gemeenten weigh against each other.
TRAJECTEN_2022 = (7335, 705, 1120, 365, 940, 1055, 740, 2460)
HULPVORM = {"01": 0.1, "02": 0.52, "03": 0.05, "04": 0.2, "11": 0.045, "12": 0.02, "13": 0.005, "14": 0.03}
ZONDER = 0.03
VERWIJZER = {"01": 0.46, "02": 0.22, "03": 0.01, "04": 0.09, "05": 0.07, "06": 0.04, "08": 0.01, "onbekend": 0.1}
PRODUCT = {"01": "50A01", "02": "54001", "03": "41A03", "04": "45A04", "11": "43A03", "12": "43A04", "13": "43A06"}
_EPOCH = np.datetime64("1970-01-01")


def _kies(rng: np.random.Generator, kansen: dict[str, float], n: int) -> np.ndarray:
    gewicht = np.array(list(kansen.values()))
    return rng.choice(np.array(list(kansen), dtype=object), n, p=gewicht / gewicht.sum())


def _dag(tekst: object) -> int:
    return int((np.datetime64(tekst) - _EPOCH).astype(int))


def grote_regio(n: int = 60_000, zaad: int = 1) -> dict[str, pd.DataFrame | list[dict]]:
    """Tables of a Basis with about `n` spells, 2017–2025, eight gemeenten."""
    rng = np.random.default_rng(zaad)
    personen = _personen(rng, n // 3)
    spells = _spells(rng, personen, n)
    kolommen = ["persoon_nr", "persoon", "geboortejaar", "geslacht"]
    gebruikt = personen[personen["persoon_nr"].isin(spells["persoon_nr"])]
    return {
        "personen": gebruikt[kolommen],
        "spells": spells.sort_values(["persoon_nr", "begin"], kind="stable"),
        "maatregelen": _maatregelen(rng, spells),
        "leveringen": leveringen_van(),
    }


def _personen(rng: np.random.Generator, n: int) -> pd.DataFrame:
    gewicht = np.array(TRAJECTEN_2022) / sum(TRAJECTEN_2022)
    nummers = np.arange(1, n + 1)
    return pd.DataFrame(
        {
            "persoon_nr": nummers,
            "persoon": [f"{nr:032x}" for nr in nummers],
            "geboortejaar": rng.integers(1999, 2024, n),
            "geslacht": rng.choice(["1", "2"], n),
            "gemeente": rng.choice(GEMEENTEN, n, p=gewicht),
        }
    )


def _spells(rng: np.random.Generator, personen: pd.DataFrame, n: int) -> pd.DataFrame:
    """Trajecten as chains of spells: an extension, a new contract or a pause between the links."""
    trajecten = int(n / 1.35)
    wie = personen.iloc[rng.integers(0, len(personen), trajecten)].reset_index(drop=True)
    hulpvorm = _kies(rng, HULPVORM, trajecten)
    mediaan = np.where(np.isin(hulpvorm, ["11", "12"]), 500, np.where(hulpvorm == "14", 200, 240))
    duur = np.maximum(1, (mediaan * rng.lognormal(0, 0.9, trajecten)).astype(int))
    begin = rng.integers(_dag("2017-01-01"), _dag("2026-01-01"), trajecten)
    basis = pd.DataFrame(
        {
            "persoon_nr": wie["persoon_nr"],
            "gemeente": np.where(rng.random(trajecten) < 0.01, rng.choice(GEMEENTEN, trajecten), wie["gemeente"]),
            "domein": "Jw",
            "aanbieder": [f"{nr:08d}" for nr in 1000 + rng.zipf(1.4, trajecten) % 140],
            "productcategorie": "54",
            "hulpvorm": np.where(rng.random(trajecten) < ZONDER, None, hulpvorm),
            "sggz": (hulpvorm == "02") & (rng.random(trajecten) < 0.35),
            "deeltijdverblijf": np.isin(hulpvorm, ["12", "14"]) & (rng.random(trajecten) < 0.15),
            "zwaarte": 2,
            "verwijzer": _kies(rng, VERWIJZER, trajecten),
            "reden_wijziging": rng.choice([None, "03", "14"], trajecten, p=[0.9, 0.05, 0.05]),
            "datumbron_begin": rng.choice(
                ["regiebericht", "toewijzing", "declaratie"], trajecten, p=[0.9, 0.06, 0.04]
            ),
            "datumbron_eind": rng.choice(
                ["regiebericht", "toewijzing", "declaratie"], trajecten, p=[0.85, 0.1, 0.05]
            ),
        }
    )
    basis["productcode"] = [PRODUCT.get(code, "44A01") for code in hulpvorm]
    return _schakels(rng, basis, begin, duur)


def _schakels(rng: np.random.Generator, basis: pd.DataFrame, begin: np.ndarray, duur: np.ndarray) -> pd.DataFrame:
    """Cut a third of the chains in two, with 0 to 40 days between."""
    knip = rng.random(len(basis)) < 0.35
    deel = np.where(knip, np.maximum(1, (duur * rng.random(len(basis))).astype(int)), duur)
    tussen = rng.choice([0, 0, 0, 5, 20, 40], len(basis))
    reden = rng.choice(["31", "32", "36", "37", None], len(basis), p=[0.5, 0.1, 0.15, 0.1, 0.15])
    eerste = basis.assign(b=begin, e=begin + deel - 1, reden_beeindiging=reden)
    tweede = basis.assign(b=begin + deel + tussen, e=begin + deel + tussen + duur - 1, reden_beeindiging="31")[
        knip
    ]
    alles = pd.concat([eerste, tweede], ignore_index=True)
    peil = _dag(PEILDATUM)
    alles = alles[alles["b"] <= peil].reset_index(drop=True)
    loopt = alles["e"] > peil
    eind = (_EPOCH + alles["e"].to_numpy()).astype("datetime64[D]").astype(object)
    alles["begin"] = (_EPOCH + alles["b"].to_numpy()).astype("datetime64[D]").astype(object)
    alles["eind"] = [None if open_ else dag for open_, dag in zip(loopt, eind, strict=True)]
    alles["toewijzingnummer"] = [str(nr) for nr in rng.permutation(len(alles)) + 100_000]
    alles.loc[loopt, ["reden_beeindiging", "datumbron_eind"]] = None
    return alles.drop(columns=["b", "e"])


def _maatregelen(rng: np.random.Generator, spells: pd.DataFrame) -> pd.DataFrame:
    """A maatregel around half of the spells in verblijf and a few others."""
    kans = np.where(spells["hulpvorm"].isin(["11", "12", "13", "14"]), 0.5, 0.03)
    raak = spells[rng.random(len(spells)) < kans]
    return pd.DataFrame(
        {
            "persoon_nr": raak["persoon_nr"],
            "gemeente": raak["gemeente"],
            "type": rng.choice(["11", "12", "21", "41"], len(raak)),
            "begin": raak["begin"],
            "eind": raak["eind"],
        }
    )
