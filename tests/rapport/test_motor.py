"""The papermill engine: the same outputs as a kernel, and a good end whatever a cell does."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from proef import notebook, tekst

from analyse.kern.fouten import ParameterFout
from analyse.rapport import motor, vork

RIJK = (
    "# Kop",
    "print('een'); print('twee'); gebied",
    "import pandas as pd\npd.DataFrame({'aantal': [1, 2]}, index=['a', 'b'])",
    "from IPython.display import HTML, clear_output, display, update_display\n"
    "greep = display(HTML('<b>1</b>'), display_id='x')\n3;",
    "update_display(HTML('<b>2</b>'), display_id='x')",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nprint('voor de figuur')",
    "!echo uit de schil",
    "class Rijk:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        return {'text/plain': 'rijk', 'application/vnd.analyse+json': {'rij': (1, 2.5, None), 'n': {1: 2}}}\n"
    "Rijk()",
    "import asyncio\nawait asyncio.sleep(0)\nprint('na wachten')",
    "print('weg'); clear_output(); print('ook weg'); clear_output(wait=True); print('blijft')",
    ("raise ValueError('mag niet draaien')", "skip-execution"),
    "_",
    "%matplotlib inline\n%config InlineBackend.figure_formats = ['png']",
    "__name__, [naam for naam in dir() if naam == 'greep']",
)


def _papermill(nb: NotebookNode, map_: Path, *opties: str) -> NotebookNode:
    """Run through the command line, in a process of its own (a kernel client must not share ours)."""
    nbformat.write(nb, map_ / "in.ipynb")
    uit = map_ / f"uit{len(opties)}.ipynb"
    opdracht = [sys.executable, "-m", "papermill", str(map_ / "in.ipynb"), str(uit), "--no-progress-bar", *opties]
    subprocess.run(opdracht, check=True, capture_output=True, cwd=map_)
    return nbformat.read(uit, as_version=4)


def _draai(nb: NotebookNode, **opties: Any) -> NotebookNode:
    return papermill.execute_notebook(nb, None, engine_name="analyse", progress_bar=False, **opties)


def _mislukt(nb: NotebookNode, uit: Path, **opties: Any) -> tuple[PapermillExecutionError, NotebookNode]:
    with pytest.raises(PapermillExecutionError) as fout:
        papermill.execute_notebook(nb, str(uit), engine_name="analyse", progress_bar=False, **opties)
    return fout.value, nbformat.read(uit, as_version=4)


def test_zelfde_uitvoer_als_een_kernel(tmp_path: Path) -> None:
    eigen = _papermill(notebook(*RIJK), tmp_path, "-p", "gebied", "GM0213", "--engine", "analyse")
    stock = _papermill(notebook(*RIJK), tmp_path, "-p", "gebied", "GM0213")
    assert len(eigen.cells) == len(stock.cells) == len(RIJK) + 2
    for cel, verwacht in zip(eigen.cells, stock.cells, strict=True):
        assert cel.get("outputs") == verwacht.get("outputs"), cel.source
        assert cel.get("execution_count") == verwacht.get("execution_count")
    assert eigen.metadata.language_info == stock.metadata.language_info
    assert eigen.metadata.papermill.parameters == {"gebied": "GM0213"}


def test_fout_stopt_het_notebook_en_zegt_waar(tmp_path: Path) -> None:
    fout, nb = _mislukt(notebook("print('voor')", "1 / 0", "print('na')"), tmp_path / "uit.ipynb")
    assert (fout.ename, fout.evalue) == ("ZeroDivisionError", "division by zero")
    assert tekst(nb) == "voor\n"
    assert nb.metadata.papermill.exception is True
    assert any("ZeroDivisionError" in regel for regel in fout.traceback)


def test_cel_die_te_lang_duurt(tmp_path: Path) -> None:
    begin = time.monotonic()
    fout, nb = _mislukt(notebook("print('bezig')\nwhile True: pass"), tmp_path / "uit.ipynb", execution_timeout=1)
    assert fout.ename == "CelDuurtTeLang"
    assert tekst(nb) == "bezig\n"
    assert time.monotonic() - begin < 5


def test_cel_die_de_tijdslimiet_inslikt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vork, "GENADE", 0.3)
    eindeloos = "while True:\n    try:\n        while True: sum(range(999))\n    except BaseException: pass"
    fout, _ = _mislukt(notebook(eindeloos), tmp_path / "uit.ipynb", execution_timeout=1)
    assert fout.ename == "CelDuurtTeLang"


@pytest.mark.parametrize(
    ("bron", "naam"),
    [
        ("import os; os._exit(7)", "ProcesGestopt"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "ProcesGestopt"),
        ("exit()", "SystemExit"),
        ("import sys; sys.exit(3)", "SystemExit"),
    ],
)
def test_proces_dat_stopt(tmp_path: Path, bron: str, naam: str) -> None:
    fout, nb = _mislukt(notebook(bron, "print('na')"), tmp_path / "uit.ipynb")
    assert fout.ename == naam
    assert nb.metadata.papermill.exception is True
    assert tekst(nb) == ""


def test_onbekende_parameter_met_de_naaste_naam(tmp_path: Path) -> None:
    with pytest.raises(ParameterFout, match="Bedoelde u gebied") as fout:
        papermill.execute_notebook(
            notebook("1"), str(tmp_path / "uit.ipynb"), {"gebid": "GM0200"}, engine_name="analyse"
        )
    assert "'gebid'" in fout.value.tekst
    assert not (tmp_path / "uit.ipynb").exists()


def test_notebook_zonder_parameters() -> None:
    leeg = notebook()
    leeg.cells = leeg.cells[1:]
    with pytest.raises(ParameterFout, match="geen parameters"):
        _draai(leeg, parameters={"gebied": "GM0200"})


def test_zonder_vork_neemt_de_gewone_motor_over(monkeypatch: pytest.MonkeyPatch) -> None:
    gezien: dict[str, Any] = {}
    monkeypatch.setattr(vork, "kan_vorken", lambda: False)
    monkeypatch.setattr(
        motor.NBClientEngine, "execute_managed_notebook", lambda nb_man, kernel, **opties: gezien.update(opties)
    )
    _draai(notebook("1"), execution_timeout=7)
    assert gezien["execution_timeout"] == 7


def test_opgevangen_fout_met_label_gaat_door(tmp_path: Path) -> None:
    # Papermill itself calls the whole run failed in the end, with its own engine too.
    _, nb = _mislukt(notebook(("1 / 0", "raises-exception"), "print('verder')"), tmp_path / "uit.ipynb")
    assert tekst(nb) == "verder\n"


def test_elk_notebook_begint_schoon() -> None:
    _draai(notebook("achtergebleven = 1\nimport sys; sys.path.append('/weg')"))
    nb = _draai(notebook("import sys\nprint('achtergebleven' in globals(), '/weg' in sys.path)"))
    assert tekst(nb) == "False False\n"


def test_uitvoer_van_andere_programma_s_staat_op_zijn_plek() -> None:
    # A kernel catches this by the clock, in any order; so no comparison with it.
    bron = "import os, subprocess\nprint('een')\nsubprocess.run(['echo', 'twee'], check=True)\nprint('drie')"
    nb = _draai(notebook(bron, "os.system('echo vier')"))
    assert tekst(nb) == "een\ntwee\ndrie\nvier\n"
    assert [uit.output_type for uit in nb.cells[-1].outputs] == ["stream", "execute_result"]


def test_logboek_van_de_uitvoer(tmp_path: Path) -> None:
    uit, fout = tmp_path / "stdout.txt", tmp_path / "stderr.txt"
    with uit.open("w") as stdout, fout.open("w") as stderr:
        bron = "import sys\nprint('gewoon')\nprint('let op', file=sys.stderr)"
        _draai(notebook(bron), stdout_file=stdout, stderr_file=stderr, log_output=True)
    assert (uit.read_text(), fout.read_text()) == ("gewoon\n", "let op\n")
