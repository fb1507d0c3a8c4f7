"""The papermill engine `analyse`: a notebook's cells without a kernel process.

A kernel costs a second to start and its imports another; here the cells run in a forked child of this process
(or, for the batch, in the child that is there already). Where forking is unsafe, and for languages other than
Python, the stock engine of papermill takes over; both give the same outputs.

An unknown parameter is an error here. Stock papermill only logs it; a wrong value (a gebied that does not
exist) is caught by `Editie` under every engine.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import connection
from multiprocessing.connection import Connection
from types import FrameType
from typing import IO, TYPE_CHECKING, Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from analyse.rapport import vork
from analyse.rapport.parameters import controleer_parameters

if TYPE_CHECKING:
    from analyse.rapport.schil import Schil


def __getattr__(naam: str) -> None:
    """Papermill loads its registered engines while it is imported itself, so when the import below is the first
    of papermill, it asks for ours too early; the last line of this file registers it after all.
    """
    if naam != "AnalyseEngine":
        raise AttributeError(naam)


from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager, papermill_engines  # noqa: E402
from papermill.log import logger  # noqa: E402

TAAL = {
    "name": "python",
    "version": sys.version.split()[0],
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}

BijCel = Callable[[int, NotebookNode], None]


class CelDuurtTeLang(BaseException):
    """Raised inside a cell at its time-out; no Exception, so that `except Exception` can't swallow it."""


class AnalyseEngine(Engine):
    """Papermill engine; `papermill in.ipynb uit.ipynb --engine analyse`."""

    @classmethod
    def execute_notebook(cls, nb: NotebookNode, kernel_name: str, **opties: object) -> NotebookNode:
        """Check the parameters, then execute; ParameterFout on an unknown one, before anything is written."""
        gegeven = nb.metadata.get("papermill", {}).get("parameters") or {}
        controleer_parameters(nb, gegeven, waar=_naam(opties.get("input_path")))
        return super().execute_notebook(nb, kernel_name, **opties)

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        execution_timeout: float | None = None,
        in_proces: bool = False,
        bij_cel: BijCel | None = None,
        **opties: object,
    ) -> None:
        """Run all cells up to the first that fails.

        `execution_timeout`: seconds per cell, none by default. `in_proces`: this process is a child made for
        this; run here. `bij_cel`: called before each cell with its index.
        """
        python = cls.nb_language(nb_man.nb) == "python"
        if not python or not (in_proces or vork.kan_vorken()):
            opties["execution_timeout"] = int(execution_timeout) if execution_timeout else None
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **opties)
            return
        nb_man.nb.metadata["language_info"] = dict(TAAL)
        if in_proces:
            _hier(nb_man, execution_timeout, bij_cel)
        else:
            _Vork(nb_man, execution_timeout, opties).draai()


def _naam(pad: object) -> str:
    return os.path.basename(pad) if isinstance(pad, str) else ""  # noqa: PTH119 - may be an address


def _hier(nb_man: NotebookExecutionManager, limiet: float | None, bij_cel: BijCel | None) -> None:
    """Run in this process and keep papermill's administration."""
    from analyse.rapport.isolatie import schoon
    from analyse.rapport.schil import schil

    with schoon(), schil() as eigen:
        for index, cel in enumerate(nb_man.nb.cells):
            if bij_cel:
                bij_cel(index, cel)
            nb_man.cell_start(cel, index)
            goed = draai_cel(eigen, cel, index, limiet=limiet)
            if not goed:
                nb_man.cell_exception(cel, cell_index=index)
            nb_man.cell_complete(cel, cell_index=index)
            if not goed:
                return


def draai_cel(eigen: Schil, cel: NotebookNode, index: int, *, limiet: float | None) -> bool:
    """Run one cell of any kind; False when the notebook has to stop here."""
    labels = cel.metadata.get("tags", [])
    if cel.cell_type != "code" or not cel.source.strip() or "skip-execution" in labels:
        return True
    with _binnen(limiet):
        goed = eigen.draai(cel, index)
    return goed or "raises-exception" in labels


@contextmanager
def _binnen(limiet: float | None) -> Iterator[None]:
    """Raise CelDuurtTeLang after `limiet` seconds; who watches this process ends it when that doesn't help."""
    if not limiet:
        yield
        return

    def te_lang(_: int, __: FrameType | None) -> None:
        raise CelDuurtTeLang(f"de cel duurde langer dan {limiet:g} seconden")

    vorige = signal.signal(signal.SIGALRM, te_lang)
    signal.setitimer(signal.ITIMER_REAL, limiet)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, vorige)


class _Vork:
    """One notebook in one forked child, whose reports keep papermill's administration here up to date."""

    def __init__(self, nb_man: NotebookExecutionManager, limiet: float | None, opties: dict[str, Any]) -> None:
        self.nb_man, self.limiet, self.opties = nb_man, limiet, opties
        self.cellen: list[NotebookNode] = nb_man.nb.cells
        self.bezig: int | None = None
        self.klaar = False
        self.sinds = time.monotonic()

    def draai(self) -> None:
        """Follow the child until it ends, well or not."""
        kind = vork.begin(_in_vork, self.cellen, self.limiet, vork=True)
        try:
            while kind.proces.is_alive() and not self._hangt():
                connection.wait([kind.pijp, kind.proces.sentinel], timeout=0.5)
                self._verwerk(kind)
            self._verwerk(kind)
        finally:
            kind.stop()
        if not self.klaar:
            self._gestopt(kind.proces.exitcode)

    def _hangt(self) -> bool:
        """True when the running cell swallowed its time-out, or never leaves a library to hear of it."""
        if self.limiet is None or self.bezig is None:
            return False
        return time.monotonic() - self.sinds > self.limiet + vork.GENADE

    def _verwerk(self, kind: vork.Kind) -> None:
        for soort, *inhoud in kind.berichten():
            getattr(self, f"_bij_{soort}")(*inhoud)

    def _bij_begin(self, index: int) -> None:
        self.bezig, self.sinds = index, time.monotonic()
        self.nb_man.cell_start(self.cellen[index], index)

    def _bij_cel(self, index: int, cel: dict[str, Any], goed: bool) -> None:
        self.cellen[index].update(cel)
        if not goed:
            self.nb_man.cell_exception(self.cellen[index], cell_index=index)
        log_uitvoer(self.cellen[index].get("outputs", []), **self.opties)
        self.nb_man.cell_complete(self.cellen[index], cell_index=index)
        self.bezig = None

    def _bij_bijgewerkt(self, index: int, uitvoer: list[NotebookNode]) -> None:
        self.cellen[index]["outputs"] = uitvoer

    def _bij_klaar(self) -> None:
        self.klaar = True

    def _gestopt(self, exitcode: int | None) -> None:
        """The child is gone in the middle: write that down in the cell that was running."""
        index = self.bezig if self.bezig is not None else len(self.cellen) - 1
        cel = self.cellen[index]
        te_lang = self.limiet is not None and time.monotonic() - self.sinds >= self.limiet
        naam = CelDuurtTeLang.__name__ if te_lang else "ProcesGestopt"
        uitleg = (
            f"de cel duurde langer dan {self.limiet:g} seconden"
            if te_lang
            else f"het proces van dit notebook stopte zelf (exitcode {exitcode})"
        )
        cel.setdefault("outputs", []).append(
            new_output("error", ename=naam, evalue=uitleg, traceback=[f"{naam}: {uitleg}"])
        )
        self.nb_man.cell_exception(cel, cell_index=index)
        self.nb_man.cell_complete(cel, cell_index=index)


def _in_vork(pijp: Connection, cellen: list[NotebookNode], limiet: float | None) -> None:
    from analyse.rapport.schil import schil

    with schil() as eigen:
        for index, cel in enumerate(cellen):
            pijp.send(("begin", index))
            goed = draai_cel(eigen, cel, index, limiet=limiet)
            velden = {naam: cel[naam] for naam in ("outputs", "execution_count") if naam in cel}
            pijp.send(("cel", index, velden, goed))
            if not goed:
                break
        for index in sorted(eigen.uitvoer.bijgewerkt):
            pijp.send(("bijgewerkt", index, cellen[index]["outputs"]))
    pijp.send(("klaar",))


def log_uitvoer(
    uitvoer: list[NotebookNode],
    *,
    log_output: bool = False,
    stdout_file: IO[str] | None = None,
    stderr_file: IO[str] | None = None,
    **_: object,
) -> None:
    """What papermill's --log-output, --stdout-file and --stderr-file ask for, after each cell."""
    bestanden = {"stdout": stdout_file, "stderr": stderr_file}
    for uit in uitvoer:
        if uit["output_type"] == "stream":
            tekst, bestand = uit["text"], bestanden[uit["name"]]
            if bestand:
                bestand.write(tekst)
                bestand.flush()
        else:
            tekst = uit.get("data", {}).get("text/plain", "")
        if log_output and tekst:
            logger.log(30 if uit.get("name") == "stderr" else 20, tekst)


papermill_engines.register("analyse", AnalyseEngine)
