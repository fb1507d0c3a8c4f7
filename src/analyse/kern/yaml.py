"""Strict YAML: no guessing of types, no duplicate keys, errors with file and line.

YAML 1.1 reads `0200` as the number 128 and `no` as False; here every scalar is text until the model that
receives it says otherwise, so a code can never be damaged on the way in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from analyse.kern.fouten import ParameterFout

MAX_WAARDEN = 100_000  # in one file with its aliases written out; ours have some hundreds
# The parser in C, where PyYAML has it, is ten times as fast: every chapter of every report reads all cards.
_Lader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _TekstLader(_Lader):  # type: ignore[misc,valid-type]
    """SafeLoader without implicit types: every plain scalar stays text, except an empty one (None)."""


_TekstLader.yaml_implicit_resolvers = {
    eerste: [(tag, vorm) for tag, vorm in regels if tag == "tag:yaml.org,2002:null"]
    for eerste, regels in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _strikt(lader: _TekstLader, knoop: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
    sleutels = [lader.construct_object(sleutel, deep=True) for sleutel, _ in knoop.value]
    dubbel = next((s for i, s in enumerate(sleutels) if s in sleutels[:i]), None)
    if dubbel is not None:
        raise yaml.constructor.ConstructorError(None, None, f"sleutel dubbel: {dubbel}", knoop.start_mark)
    return yaml.SafeLoader.construct_mapping(lader, knoop, deep=True)


_TekstLader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _strikt)


def _keur_omvang(tekst: str) -> None:
    """Refuse what grows when written out: ten lines of aliases can stand for more than fits in memory."""
    if "&" not in tekst or "*" not in tekst:
        return
    omvang: dict[str, int] = {}
    open_: list[tuple[str | None, int]] = []
    totaal = 0
    for stap in yaml.parse(tekst, Loader=_Lader):
        if isinstance(stap, yaml.CollectionStartEvent):
            open_.append((stap.anchor, totaal))
        elif isinstance(stap, yaml.CollectionEndEvent):
            anker, begin = open_.pop()
            omvang |= {anker: totaal - begin} if anker else {}
        elif isinstance(stap, yaml.AliasEvent):
            totaal += omvang.get(stap.anchor or "", 1)
        totaal += 1
        if totaal > MAX_WAARDEN:
            raise yaml.MarkedYAMLError(problem="te veel verwijzingen (*naam)")


def lees_yaml(pad: Path) -> dict[str, Any]:
    """Read one YAML mapping as text values; raises ParameterFout with the line when it can't."""
    if not pad.is_file():
        raise ParameterFout("Parameterbestand bestaat niet.", waar=str(pad), doe="Maak het bestand aan.")
    try:
        tekst = pad.read_text(encoding="utf-8")
        _keur_omvang(tekst)
        inhoud = yaml.load(tekst, Loader=_TekstLader)
    except (yaml.YAMLError, UnicodeDecodeError) as fout:
        plek = getattr(fout, "problem_mark", None)
        raise ParameterFout(
            "Dit YAML-bestand is niet te lezen.",
            ontvangen=getattr(fout, "problem", None) or type(fout).__name__,
            waar=f"{pad.name}, regel {plek.line + 1}" if plek else pad.name,
            doe="Controleer inspringing, dubbele sleutels en aanhalingstekens op deze regel.",
        ) from fout
    if not isinstance(inhoud, dict):
        raise ParameterFout("Een parameterbestand is een lijst van sleutels met waarden.", waar=str(pad))
    return inhoud
