"""Notebooks stay thin: parameters, imports, one call a cell, prose; nothing computed and no outputs in git."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

from analyse.params import Params
from analyse.weergave import hoofdstukken

WORTEL = Path(__file__).resolve().parents[2]
# Notebooks of analysts are no chapters: other parameters, INTERN figures. Their own rules: tests/effect.
ANALISTEN = {"effectmeting"}
PADEN = sorted(pad for pad in (WORTEL / "notebooks").glob("*.ipynb") if pad.stem not in ANALISTEN)
NAMEN = [pad.stem for pad in PADEN]


@pytest.fixture(params=PADEN, ids=NAMEN)
def pad(request: pytest.FixtureRequest) -> Path:
    """One notebook."""
    return request.param


@pytest.fixture
def boek(pad: Path) -> nbformat.NotebookNode:
    """One notebook, read."""
    return nbformat.read(pad, as_version=4)


def code(boek: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Its code cells."""
    return [cel for cel in boek.cells if cel.cell_type == "code"]


def test_every_chapter_has_a_notebook_and_stands_in_a_report() -> None:
    assert set(hoofdstukken.__all__) == set(NAMEN)
    params = Params.open(WORTEL)
    rapporten = [params.rapport(pad.stem) for pad in sorted((WORTEL / "params" / "rapporten").glob("*.yaml"))]
    assert {hoofdstuk for rapport in rapporten for hoofdstuk in rapport.hoofdstukken} == set(NAMEN)


def test_valid_and_without_outputs(boek: nbformat.NotebookNode) -> None:
    nbformat.validate(boek)
    assert all(cel.outputs == [] and cel.execution_count is None for cel in code(boek))


def test_the_first_code_cell_holds_the_parameters_one_a_line(boek: nbformat.NotebookNode) -> None:
    eerste, *rest = code(boek)
    assert eerste.metadata["tags"] == ["parameters"]
    vast, over = eerste.source.splitlines()[:2], eerste.source.splitlines()[2:]
    assert vast[0] == 'editie = "2025-H2"'
    assert vast[1] in ('gebied = "REGIO"', 'gebied = "GM0200"')
    # Only a chapter that shows what isn't protected says so, and may be about one praktijk, aanbieder or team.
    een = r'intern = (True|False)|(praktijk|aanbieder) = "\d{8}"|team = "[a-z0-9-]+"'
    assert all(re.fullmatch(een, regel) for regel in over)
    assert not any(cel.metadata.get("tags") for cel in rest)


def test_the_edition_in_the_parameters_exists() -> None:
    assert Params.open(WORTEL).editie("2025-H2")


def test_at_most_five_lines_a_cell_and_nothing_defined_or_grouped(boek: nbformat.NotebookNode) -> None:
    for cel in code(boek):
        assert len(cel.source.splitlines()) <= 5, cel.source
        assert not re.search(r"\bdef\b|\bclass\b|\blambda\b|groupby|\bfor\b|\bif\b|[%!]\w", cel.source), cel.source


def test_only_our_own_package_is_imported(boek: nbformat.NotebookNode) -> None:
    for cel in code(boek):
        for knoop in ast.walk(ast.parse(cel.source)):
            assert not isinstance(knoop, ast.Import), cel.source
            if isinstance(knoop, ast.ImportFrom):
                assert knoop.module in ("analyse", "analyse.weergave.hoofdstukken"), cel.source


def test_after_the_set_up_every_cell_is_one_call_of_this_chapter(pad: Path, boek: nbformat.NotebookNode) -> None:
    hoofdstuk = getattr(hoofdstukken, pad.stem)
    geroepen = [cel.source for cel in code(boek)[2:]]
    for bron in geroepen:
        gevonden = re.fullmatch(rf"{pad.stem}\.(\w+)\(beeld(?:, praktijk|, aanbieder|, team)?\)", bron)
        assert gevonden and callable(getattr(hoofdstuk, gevonden[1], None)), bron
    assert len(set(geroepen)) == len(geroepen)


def test_every_function_of_a_chapter_is_shown(pad: Path, boek: nbformat.NotebookNode) -> None:
    hoofdstuk = getattr(hoofdstukken, pad.stem)
    publiek = {
        n for n, f in vars(hoofdstuk).items() if callable(f) and getattr(f, "__module__", "") == hoofdstuk.__name__
    }
    publiek = {naam for naam in publiek if not naam.startswith("_")}
    assert publiek == {cel.source.split(".")[1].split("(")[0] for cel in code(boek)[2:]}


def test_cell_ids_are_fixed_words(pad: Path, boek: nbformat.NotebookNode) -> None:
    ids = [cel.id for cel in boek.cells]
    assert len(set(ids)) == len(ids)
    assert all(id_.startswith(f"{pad.stem}-") and len(id_) <= 64 for id_ in ids)


def test_metadata_says_python_and_dutch_and_nothing_of_this_machine(boek: nbformat.NotebookNode) -> None:
    assert boek.metadata == {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language": "nl",
        "language_info": {"name": "python"},
    }


def test_saving_it_again_changes_nothing(pad: Path) -> None:
    tekst = pad.read_text(encoding="utf-8")
    assert tekst == json.dumps(json.loads(tekst), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def test_one_title_and_then_only_sections(boek: nbformat.NotebookNode) -> None:
    koppen = [
        regel
        for cel in boek.cells
        if cel.cell_type == "markdown"
        for regel in cel.source.splitlines()
        if regel.startswith("#")
    ]
    assert koppen[0].startswith("# ") and all(kop.startswith("## ") for kop in koppen[1:])


def test_prose_holds_no_figures_and_no_addresses(boek: nbformat.NotebookNode) -> None:
    """Figures belong to the edition; a number in prose would stay behind when they change."""
    for cel in boek.cells:
        if cel.cell_type == "markdown":
            vast = r"per 1\.000|0 tot en met (17|22)|1 januari|\b2021\b|ongeveer 5 procent|ook 18 worden"
            assert not re.search(r"\d", re.sub(vast, "", cel.source)), cel.source
            assert "http" not in cel.source
