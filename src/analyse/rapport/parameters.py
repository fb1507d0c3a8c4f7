"""Notebook parameters, checked against the tagged cell: papermill only logs one that does not exist."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from nbformat import NotebookNode

from analyse.kern.fouten import ParameterFout, onbekend

LABEL = "parameters"
LABELS = {LABEL, "injected-parameters"}


def bekende_parameters(nb: NotebookNode) -> tuple[str, ...]:
    """The names that the cell tagged `parameters` gives a default, in order; empty without such a cell."""
    cel = next((c for c in nb.cells if LABEL in c.metadata.get("tags", [])), None)
    if cel is None:
        return ()
    try:
        regels = ast.parse(cel.source).body
    except SyntaxError:
        return ()
    return tuple(naam for regel in regels for naam in _namen(regel))


def _namen(regel: ast.stmt) -> list[str]:
    if isinstance(regel, ast.Assign):
        doelen: list[ast.expr] = regel.targets
    elif isinstance(regel, ast.AnnAssign):
        doelen = [regel.target]
    else:
        doelen = []
    return [doel.id for doel in doelen if isinstance(doel, ast.Name)]


def controleer_parameters(nb: NotebookNode, gegeven: Iterable[str], *, waar: str = "") -> None:
    """Raise ParameterFout for the first given parameter that the notebook does not have."""
    bekend = bekende_parameters(nb)
    for naam in gegeven:
        if naam in bekend:
            continue
        if not bekend:
            raise ParameterFout(
                "Dit notebook heeft geen parameters.",
                ontvangen=repr(naam),
                waar=waar,
                doe="Geef een cel het label 'parameters'.",
            )
        raise onbekend("Deze parameter", naam, bekend, waar=waar)
