"""PDFs for tests, made in a process of their own: after compiling, a process may not fork, and other tests do."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Protocol

from nbformat import NotebookNode

from analyse.rapport.pdf import RapportPdfExporter, maak_pdf


class Zet(Protocol):
    """What `werkplaats` gives."""

    def notebooks(self, *nbs: NotebookNode) -> list[bytes]: ...
    def document(self, doc: dict) -> bytes: ...


def _notebooks(nbs: tuple[NotebookNode, ...]) -> list[bytes]:
    exporter = RapportPdfExporter()
    return [exporter.from_notebook_node(nb)[0] for nb in nbs]


class _Zet:
    def __init__(self, werkers: ProcessPoolExecutor) -> None:
        self._werkers = werkers

    def notebooks(self, *nbs: NotebookNode) -> list[bytes]:
        """One PDF per notebook, all by one exporter."""
        return self._werkers.submit(_notebooks, nbs).result()

    def document(self, doc: dict) -> bytes:
        """A PDF of a document model."""
        return self._werkers.submit(maak_pdf, doc).result()


@contextmanager
def werkplaats() -> Iterator[Zet]:
    """A worker process that compiles."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as werkers:
        yield _Zet(werkers)
