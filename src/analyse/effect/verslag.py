"""The effects as text for an analyst: verdict, every method, every check. INTERN: with counts and p-values."""

from __future__ import annotations

import textwrap

import pandas as pd

from analyse.effect.woorden import getal, kans, procent
from analyse.kern.effecten import Effectmeting

BREED = 110


def verslag(meting: Effectmeting) -> str:
    """One block of text per measure and indicator."""
    return "\n\n".join(
        _een(meting, {str(k): v for k, v in rij.items()}) for rij in meting["maatregelen"].to_dict("records")
    )


def _een(meting: Effectmeting, rij: dict[str, object]) -> str:
    sleutel = (str(rij["maatregel"]), str(rij["indicator"]))
    kop = f"{rij['maatregel']} · {rij['indicator']} · {str(rij['oordeel']).upper()}"
    methode = f"Methode: {rij['ontwerp']}. {rij['waarom_ontwerp']}"
    delen = [kop, _alinea(str(rij["tekst"])), _alinea(methode)]
    delen += [f"  {_schatting(regel)}" for regel in _van(meting["schattingen"], sleutel)]
    delen += [f"  {_controle(regel)}" for regel in _van(meting["controles"], sleutel)]
    return "\n".join(delen)


def _alinea(tekst: str) -> str:
    return textwrap.fill(tekst, BREED, initial_indent="  ", subsequent_indent="  ")


def _van(tabel: pd.DataFrame, sleutel: tuple[str, str]) -> list[dict[str, object]]:
    raak = tabel[tabel["maatregel"].eq(sleutel[0]) & tabel["indicator"].eq(sleutel[1])]
    return [{str(k): v for k, v in rij.items()} for rij in raak.to_dict("records")]


def _schatting(regel: dict[str, object]) -> str:
    effect, onder, boven, p = (float(str(regel[naam])) for naam in ("effect_procent", "onder", "boven", "p"))
    if effect != effect:
        return f"– {regel['methode']}: niet te berekenen. {regel['opmerking']}"
    rand = "" if onder != onder else f" (95%-interval {procent(onder)} tot {procent(boven)})"
    toeval = "" if p != p else f", {kans(p)}"
    aantallen = f"{getal(float(str(regel['werkelijk'])))} tegen {getal(float(str(regel['verwacht'])))} verwacht"
    return f"– {regel['methode']}: {procent(effect)}{rand}{toeval}; {aantallen}"


def _controle(regel: dict[str, object]) -> str:
    return f"– {regel['controle']}: {regel['uitslag']}. {regel['tekst']}"
