"""Wall and processor time of commands, and how many processors there really were.

Processor seconds are the steadier figure on a shared machine; ratios from one run say more than absolutes.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[1]
_LUS = "import time\nt=time.perf_counter()\nfor _ in range(12_000_000): pass\nprint(time.perf_counter()-t)"


@dataclass(frozen=True)
class Tijd:
    """Seconds on the wall, and seconds of processor of this process' children."""

    wand: float
    processor: float


def klok(doe: Callable[[], object]) -> Tijd:
    """Time a call that does its work in child processes."""
    vooraf, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    doe()
    wand, achteraf = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = (achteraf.ru_utime - vooraf.ru_utime) + (achteraf.ru_stime - vooraf.ru_stime)
    return Tijd(wand, processor)


def opdracht(*woorden: str | Path, omgeving: dict[str, str] | None = None) -> None:
    """Run one command in the kit; its output shows only when it fails."""
    gedaan = subprocess.run(
        [str(woord) for woord in woorden],
        cwd=WORTEL,
        env={**os.environ, **(omgeving or {})},
        capture_output=True,
        text=True,
    )
    if gedaan.returncode:
        raise SystemExit(f"{' '.join(map(str, woorden))}\n{gedaan.stdout[-2000:]}{gedaan.stderr[-4000:]}")


def naast_elkaar(taken: Sequence[Callable[[], object]], *, tegelijk: int) -> None:
    """Do tasks that wait for child processes, a few at a time."""
    with ThreadPoolExecutor(tegelijk) as pool:
        list(pool.map(lambda taak: taak(), taken))


def echte_kernen() -> float:
    """How much faster two busy loops are side by side than one after the other: 1 (shared) to 2 (free)."""

    def lus() -> float:
        return float(
            subprocess.run([sys.executable, "-c", _LUS], capture_output=True, text=True, check=True).stdout
        )

    alleen = lus()
    with ThreadPoolExecutor(2) as pool:
        samen = max(pool.map(lambda _: lus(), range(2)))
    return 2 * alleen / samen


def tabel(koppen: Sequence[str], rijen: Sequence[Sequence[object]]) -> str:
    """A Markdown table; numbers with one or two decimals."""
    alles = [list(koppen), ["---"] * len(koppen), *[[_cel(waarde) for waarde in rij] for rij in rijen]]
    return "\n".join("| " + " | ".join(rij) + " |" for rij in alles)


def _cel(waarde: object) -> str:
    return f"{waarde:.2f}" if isinstance(waarde, float) else str(waarde)


@contextmanager
def losse_kit() -> Iterator[Path]:
    """A copy of the kit (parameters, notebooks, reference data) beside the same demo region, without results."""
    with tempfile.TemporaryDirectory(prefix="analyse-kit-") as naam:
        kit = Path(naam)
        for deel in ("params", "notebooks", "data/referentie"):
            shutil.copytree(WORTEL / deel, kit / deel)
        yield kit
