"""Which parameters a notebook has, read from its tagged cell."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analyse.kern.fouten import ParameterFout
from analyse.rapport.parameters import bekende_parameters, controleer_parameters


def _nb(bron: str) -> object:
    return new_notebook(cells=[new_code_cell("x = 1"), new_code_cell(bron, metadata={"tags": ["parameters"]})])


@pytest.mark.parametrize(
    ("bron", "namen"),
    [
        ("editie = '2025-H2'\ngebied: str = 'GM0200'  # code", ("editie", "gebied")),
        ("a = b = 1\nimport os\nc.d = 2", ("a", "b")),
        ("", ()),
        ("dit is geen python", ()),
    ],
)
def test_namen_uit_de_cel(bron: str, namen: tuple[str, ...]) -> None:
    assert bekende_parameters(_nb(bron)) == namen


def test_bekende_parameters_zijn_goed() -> None:
    controleer_parameters(_nb("editie = 1\ngebied = 2"), {"gebied": "GM0200"})


def test_onbekende_parameter() -> None:
    with pytest.raises(ParameterFout) as fout:
        controleer_parameters(_nb("editie = 1\ngebied = 2"), {"gemeente": 1, "editie": 2}, waar="instroom.ipynb")
    assert "'gemeente'" in fout.value.tekst
    assert "Kies uit: editie, gebied." in fout.value.tekst
    assert "instroom.ipynb" in fout.value.tekst
