"""The merged notebook holds what a reader sees, and is the same for every engine and day."""

from __future__ import annotations

from nbformat import validate
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analyse.rapport.samenvoegen import voeg_samen


def _hoofdstuk(naam: str) -> tuple[str, object]:
    uitvoer = [
        new_output("stream", name="stdout", text="een\n"),
        new_output("stream", name="stderr", text="waarschuwing\n"),
        new_output("stream", name="stdout", text="twee\n"),
        new_output("execute_result", data={"text/plain": "3"}, execution_count=5),
    ]
    nb = new_notebook(
        cells=[
            new_code_cell("gebied = 'GM0200'", metadata={"tags": ["parameters"]}),
            new_code_cell("gebied = 'GM0213'", metadata={"tags": ["injected-parameters"]}),
            new_markdown_cell(f"# {naam.title()}", metadata={"papermill": {"duration": 1.5}}),
            new_code_cell("import stil"),
            new_code_cell("reken()", execution_count=5, outputs=uitvoer, metadata={"tags": ["breed"]}),
            new_markdown_cell("  "),
        ],
        metadata={"papermill": {"start_time": "nu"}},
    )
    return naam, nb


def test_alleen_wat_een_lezer_ziet() -> None:
    samen = voeg_samen([_hoofdstuk("gebruik"), _hoofdstuk("instroom")], {"gebied": "GM0213"})
    validate(samen)
    assert [cel.id for cel in samen.cells] == ["gebruik-1", "gebruik-2", "instroom-1", "instroom-2"]
    assert [cel.source for cel in samen.cells] == ["# Gebruik", "", "# Instroom", ""]
    assert samen.cells[0].metadata == {"hoofdstuk": "gebruik"}
    assert samen.cells[1].metadata == {"hoofdstuk": "gebruik", "tags": ["breed"]}
    assert samen.metadata == {"analyse": {"gebied": "GM0213"}, "language_info": {"name": "python"}}


def test_uitvoer_zonder_stderr_en_tellers() -> None:
    samen = voeg_samen([_hoofdstuk("gebruik")], {})
    stroom, resultaat = samen.cells[1].outputs
    assert (stroom.name, stroom.text) == ("stdout", "een\ntwee\n")
    assert resultaat.execution_count is None
    assert resultaat.data == {"text/plain": "3"}


def test_de_bron_blijft_heel() -> None:
    naam, nb = _hoofdstuk("gebruik")
    voeg_samen([(naam, nb)], {})  # type: ignore[list-item]
    assert nb.cells[4].outputs[0].text == "een\n"  # type: ignore[attr-defined]
    assert nb.cells[4].outputs[3].execution_count == 5  # type: ignore[attr-defined]
