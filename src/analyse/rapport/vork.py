"""Child processes that can be trusted to end: forked from a warm parent, or spawned where that is unsafe.

Forking shares the imports of the parent (a second and more per process). It is only safe as long as the
parent never compiled Typst (its thread pool does not survive), holds no zmq sockets, and is not on macOS
(system libraries abort in a forked child). Elsewhere a spawned child pays for its own imports.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing as mp
import os
import signal
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

# Seconds that a cell gets to end by itself after its time-out, before its process is ended.
GENADE = 5
_PR_SET_PDEATHSIG = 1


_beletsels: set[str] = set()


def niet_meer_vorken(reden: str) -> None:
    """Say that this process now holds something that does not survive a fork, such as Typst's threads."""
    _beletsels.add(reden)


def kan_vorken() -> bool:
    """True where forking a warm process is safe."""
    kernel = sys.modules.get("ipykernel.kernelapp")
    in_kernel = kernel is not None and kernel.IPKernelApp.initialized()
    return hasattr(os, "fork") and sys.platform != "darwin" and not in_kernel and not _beletsels


@dataclass(frozen=True)
class Kind:
    """A running child and the end of the pipe on which it reports."""

    proces: BaseProcess
    pijp: Connection

    def berichten(self) -> list[Any]:
        """What it has reported and was not read yet."""
        gelezen = []
        with contextlib.suppress(EOFError, OSError):
            while self.pijp.poll():
                gelezen.append(self.pijp.recv())
        return gelezen

    def stop(self) -> None:
        """End it now, with what it started itself, and wait until it is gone."""
        if self.proces.is_alive() and self.proces.pid:
            if hasattr(os, "killpg"):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.proces.pid, signal.SIGKILL)
            self.proces.kill()
        self.proces.join()
        self.pijp.close()


def begin(doe: Callable[..., None], *gegevens: object, vork: bool) -> Kind:
    """Run `doe(pijp, *gegevens)` in a child; `vork` shares this process' memory, else all must be picklable."""
    lees, schrijf = mp.Pipe(duplex=False)
    soort = mp.get_context("fork" if vork else "spawn")
    proces = soort.Process(target=_in_kind, args=(doe, schrijf, *gegevens))  # type: ignore[attr-defined]
    with warnings.catch_warnings():
        # Python warns about forking beside any native thread; the engine's and BLAS' threads are idle here.
        warnings.simplefilter("ignore", DeprecationWarning)
        proces.start()
    schrijf.close()
    return Kind(proces, lees)


def _in_kind(doe: Callable[..., None], pijp: Connection, *gegevens: object) -> None:
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    if sys.platform == "linux":
        # A parent that is killed takes its children along; else an endless loop would spin on for ever.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    doe(pijp, *gegevens)
