"""An IPython shell inside this process that hands its outputs to an `Uitvoer`: a kernel without a socket.

The hooks mirror those of ipykernel (`ZMQShellDisplayHook`, `ZMQDisplayPublisher`), so that a notebook behaves
as under a real kernel. Not there: stdin, comms and widgets, the pager, and the user's IPython profile and
start-up files (a report must not depend on who makes it).
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from typing import IO, Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from traitlets import Type
from traitlets.config import Config

from analyse.rapport.uitvoer import Uitvoer

_INLINE = "module://matplotlib_inline.backend_inline"
_STROMEN = {1: "stdout", 2: "stderr"}


class _Toonhaak(DisplayHook):
    """Gives the value of a cell's last expression to the Uitvoer."""

    shell: Schil

    def start_displayhook(self) -> None:
        """Nothing to open."""

    def write_output_prompt(self) -> None:
        """The number goes along with the data."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        """The formatted value, as an execute_result."""
        self.shell.vangnet.leeg()
        self.shell.uitvoer.resultaat(format_dict, md_dict or {}, self.prompt_count)

    def finish_displayhook(self) -> None:
        """Nothing to close."""


class _Uitgever(DisplayPublisher):
    """Gives what `display()` shows to the Uitvoer."""

    shell: Schil

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: object = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: object,
    ) -> None:
        """One display_data or update_display_data."""
        self._validate_data(data, metadata)
        self.shell.vangnet.leeg()
        naam = (transient or {}).get("display_id")
        self.shell.uitvoer.toon(data, metadata or {}, naam, ververs=update)

    def clear_output(self, wait: bool = False) -> None:
        """IPython.display.clear_output."""
        self.shell.uitvoer.wis(straks=wait)


class _Stroom(io.TextIOBase):
    """sys.stdout or sys.stderr of a notebook; knows its file descriptor for subprocesses."""

    encoding = "UTF-8"

    def __init__(self, eigen: Schil, greep: int) -> None:
        self._vangnet, self._uitvoer, self._greep = eigen.vangnet, eigen.uitvoer, greep

    def write(self, tekst: str) -> int:
        """Text into the running cell."""
        self._vangnet.leeg()
        self._uitvoer.stroom(_STROMEN[self._greep], tekst)
        return len(tekst)

    def writable(self) -> bool:
        """Always."""
        return True

    def fileno(self) -> int:
        """The descriptor that subprocesses write to; `_Vangnet` reads it."""
        return self._greep


class _Vangnet:
    """Leads the file descriptors 1 and 2 to scratch files, so that output of C code and subprocesses counts."""

    def __init__(self, uitvoer: Uitvoer) -> None:
        self._uitvoer = uitvoer
        self._bestanden: dict[int, IO[bytes]] = {}
        self._gelezen = dict.fromkeys(_STROMEN, 0)

    @contextmanager
    def gespannen(self) -> Iterator[_Vangnet]:
        """Catch for as long as the block runs."""
        with ExitStack() as stapel:
            for greep in _STROMEN:
                # Append mode: reading with pread must not move the place where others write.
                bestand = stapel.enter_context(tempfile.TemporaryFile("a+b"))
                bewaard = os.dup(greep)
                stapel.callback(os.close, bewaard)
                os.dup2(bestand.fileno(), greep)
                stapel.callback(os.dup2, bewaard, greep)
                self._bestanden[greep] = bestand
            yield self

    def leeg(self) -> None:
        """Move what was caught since the last time into the running cell."""
        for greep, bestand in self._bestanden.items():
            nieuw = os.fstat(bestand.fileno()).st_size - self._gelezen[greep]
            if nieuw > 0:
                tekst = os.pread(bestand.fileno(), nieuw, self._gelezen[greep])
                self._gelezen[greep] += len(tekst)
                self._uitvoer.stroom(_STROMEN[greep], tekst.decode("utf-8", "replace"))


class Schil(InteractiveShell):
    """A shell for one notebook; make it with `schil(...)`, which also takes it away."""

    displayhook_class = Type(_Toonhaak)
    display_pub_class = Type(_Uitgever)
    uitvoer: Uitvoer
    vangnet: _Vangnet

    def draai(self, cel: NotebookNode, index: int) -> bool:
        """Run one code cell; outputs and execution_count are set in it. False when it raised."""
        self.uitvoer.begin(cel, index)
        cel["execution_count"] = self.execution_count
        resultaat = self.run_cell(cel["source"], store_history=True)
        self.vangnet.leeg()
        fout_in_uitvoer = any(uit["output_type"] == "error" for uit in cel["outputs"])
        return bool(resultaat.success) and not fout_in_uitvoer

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.uitvoer.fout(str(etype.__name__), str(evalue), stb)

    def ask_exit(self) -> None:
        """`exit()` in a cell stops the notebook as a fault, not silently."""
        raise SystemExit("exit() in een cel")

    def enable_gui(self, gui: str | None = None) -> None:
        """No event loops here."""

    def init_hooks(self) -> None:
        """No pager: a kernel sends what `naam?` shows to the front end, not into the notebook."""
        super().init_hooks()
        self.set_hook("show_in_pager", lambda *_: None, 99)


@contextmanager
def schil() -> Iterator[Schil]:
    """A fresh namespace with rich display, whose stdout, stderr, figures and errors land in the cells."""
    InteractiveShell.clear_instance()
    Schil.clear_instance()
    instelling = Config()
    instelling.HistoryManager.enabled = False
    instelling.InteractiveShell.colors = "nocolor"
    uitvoer = Uitvoer()
    eigen = Schil.instance(config=instelling)
    eigen.uitvoer, eigen.vangnet = uitvoer, _Vangnet(uitvoer)
    try:
        with (
            eigen.vangnet.gespannen(),
            redirect_stdout(_Stroom(eigen, 1)),
            redirect_stderr(_Stroom(eigen, 2)),
        ):
            _als_een_kernel(eigen)
            yield eigen
    finally:
        eigen.restore_sys_module_state()
        Schil.clear_instance()


def _als_een_kernel(eigen: Schil) -> None:
    """Search modules in the working folder, and draw with matplotlib's inline backend (state renewed)."""
    if "" not in sys.path:
        sys.path.insert(0, "")
    os.environ["MPLBACKEND"] = _INLINE
    if "matplotlib.pyplot" in sys.modules:
        _tekenen_in_de_cel(eigen)
    elif "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = _INLINE


def _tekenen_in_de_cel(eigen: Schil) -> None:
    from matplotlib_inline import backend_inline, config

    config.InlineBackend.clear_instance()
    backend_inline.configure_inline_support.current_backend = "unset"  # type: ignore[attr-defined]
    eigen.enable_matplotlib("inline")
