"""The same reports by our engine and by stock nbclient workers: `python beide_motoren.py KIT HOOFDSTUK...`

A program and not a function: it forks, spawns and compiles PDFs, which a process that runs other tests must not.
"""

from __future__ import annotations

import sys
from pathlib import Path

from proef import rapport

from analyse.rapport import Opdracht, maak_rapporten

GEBIED = {"GM0200": "Apeldoorn"}


def main(kit: Path, hoofdstukken: list[str]) -> int:
    """Reports in KIT/analyse and KIT/stock; exit code 1 when one failed."""
    for motor in ("analyse", "stock"):
        opdracht = Opdracht(
            editie="2025-H2",
            gebieden=GEBIED,
            rapporten=(rapport(*hoofdstukken),),
            notebooks=kit / "notebooks",
            uit=kit / motor,
            wortel=kit,
            gegevens={"periode": "2025-H2", "periode_naam": "2e halfjaar 2025", "peildatum": "2025-12-31"},
            motor=motor,  # type: ignore[arg-type]
        )
        for uitslag in maak_rapporten(opdracht):
            print(motor, uitslag.tekst, uitslag.fout.spoor if uitslag.fout else "")
            if uitslag.fout:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
