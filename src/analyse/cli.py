"""The command line: parse, call, print; nothing else.

Exit codes: 0 all is well, 1 own fault, 2 wrong call, 10 the delivery breaks a rule that blocks figures,
11 a delivery can't be read, 12 wrong parameters, 13 a report could not be made. Rooms are imported inside the
verbs, because an unchanged rerun must answer within two seconds.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analyse.kern.fouten import AnalyseFout, DomeinFout, ParameterFout
from analyse.taal import spreek_nederlands

if TYPE_CHECKING:
    from analyse.editie import Editie
    from analyse.kern.basis import Basis

# One thread per process, set before numpy loads: reports run side by side, and BLAS threads would only fight.
for _naam in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_naam, "1")

Doe = Callable[[argparse.Namespace], int]


def main(argumenten: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code. Faults of the user print one Dutch paragraph, no traceback."""
    keuze = lezer().parse_args(argumenten)
    try:
        return int(keuze.doe(keuze))
    except AnalyseFout as fout:
        meld(f"Fout: {fout.tekst}")
        return fout.exitcode
    except KeyboardInterrupt:
        meld("Gestopt.")
        return 130


def meld(tekst: str) -> None:
    """Progress and notes go to standard error, results to standard output or a file."""
    print(tekst, file=sys.stderr, flush=True)


def lezer() -> argparse.ArgumentParser:
    """The whole command line."""
    spreek_nederlands()
    hoofd = argparse.ArgumentParser(
        prog="analyse", description="Halfjaarrapporten jeugdhulp: van levering tot rapport.", allow_abbrev=False
    )
    verben = hoofd.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)

    def verb(naam: str, uitleg: str, doe: Doe) -> argparse.ArgumentParser:
        deel = verben.add_parser(naam, help=uitleg, description=uitleg, allow_abbrev=False)
        deel.set_defaults(doe=doe)
        return deel

    _rapport_opties(
        verb("rapport", "Maak de rapporten van een editie; wat niet veranderd is, slaat hij over.", rapport)
    )
    _controleer_opties(verb("controleer", "Lees de leveringen en zeg wat eraan schort.", controleer))
    _meten_opties(verb("meten", "Reken alle cijfers uit (INTERN, vóór de privacyregels).", meten))
    _effect_opties(verb("effect", "Zeg per maatregel wat er over het effect te zeggen is (INTERN).", effect))
    _mapping_opties(verb("mapping", "Stel een vertaling voor van de tabellen van een leverancier.", mapping))
    _cbs_opties(verb("cbs", "Haal de cijfers van het CBS op (met internet).", cbs))
    _demo_opties(verb("demo", "Schrijf de verzonnen demoregio als leveringen.", demo))
    verb("lab", "Open JupyterLab op de notebooks.", lab)
    return hoofd


def _rapport_opties(deel: argparse.ArgumentParser) -> None:
    deel.add_argument("--editie", metavar="EDITIE", help="bijvoorbeeld 2025-H2; zonder keuze de nieuwste")
    deel.add_argument(
        "--gebied", metavar="GM0200", nargs="+", help="alleen deze gebieden, bijvoorbeeld GM0200 REGIO"
    )
    deel.add_argument(
        "--rapport", metavar="NAAM", nargs="+", help="welke rapporten; zonder keuze die van de editie"
    )
    deel.add_argument("--leveringen", metavar="MAP", type=Path, help="map met per gemeente een map, zoals GM0200")
    deel.add_argument(
        "--parallel", metavar="N", type=int, help="hoeveel rapporten tegelijk; zonder keuze alle kernen"
    )
    deel.add_argument("--opnieuw", action="store_true", help="maak alle rapporten, ook als er niets veranderd is")


def _levering_opties(deel: argparse.ArgumentParser) -> None:
    deel.add_argument("--leveringen", metavar="MAP", type=Path, help="map met per gemeente een map, zoals GM0200")
    deel.add_argument("--peildatum", metavar="JJJJ-MM-DD", type=_datum, help="als levering.yaml hem niet noemt")


def _controleer_opties(deel: argparse.ArgumentParser) -> None:
    _levering_opties(deel)
    deel.add_argument(
        "--aanval",
        action="store_true",
        help="controleer de gemaakte rapporten: is een verborgen cijfer te achterhalen?",
    )
    deel.add_argument("--editie", metavar="EDITIE", help="bij --aanval; zonder keuze de nieuwste")
    deel.add_argument(
        "--zonder-pdf", action="store_true", help="bij --aanval: sla de PDF's over, dat gaat sneller"
    )


def _meten_opties(deel: argparse.ArgumentParser) -> None:
    _levering_opties(deel)
    deel.add_argument("--uit", metavar="meting.csv", type=Path, required=True, help="bestand voor de cijfers")


def _mapping_opties(deel: argparse.ArgumentParser) -> None:
    deel.add_argument("map", metavar="MAP", type=Path, help="map met de tabellen van één gemeente")
    deel.add_argument("--uit", metavar="BESTAND", type=Path, help="schrijf de vertaling hierheen (yaml)")


def _cbs_opties(deel: argparse.ArgumentParser) -> None:
    deel.add_argument("--tabel", metavar="85097NED", nargs="+", help="welke tabellen; zonder keuze alle")


def _demo_opties(deel: argparse.ArgumentParser) -> None:
    deel.add_argument("--map", metavar="MAP", type=Path, help="waarheen; zonder keuze data/demo")
    deel.add_argument(
        "--vorm", choices=("xml", "tabel"), default="xml", help="xml: berichten; tabel: neutrale tabellen"
    )
    deel.add_argument("--schaal", metavar="N", type=float, default=1.0, help="hoeveel keer zo groot (standaard 1)")


def _effect_opties(deel: argparse.ArgumentParser) -> None:
    deel.add_argument("maatregel", metavar="MAATREGEL", nargs="?", help="id uit het register; zonder keuze alle")
    deel.add_argument("--editie", metavar="EDITIE", help="bijvoorbeeld 2025-H2; zonder keuze de nieuwste")
    deel.add_argument("--leveringen", metavar="MAP", type=Path, help="map met per gemeente een map, zoals GM0200")


def _datum(tekst: str) -> date:
    return date.fromisoformat(tekst)


_datum.__name__ = "datum (JJJJ-MM-DD)"


def rapport(keuze: argparse.Namespace) -> int:
    """All five hops; exit code 13 when a report failed, 10 when a gemeente has no figures."""
    from analyse.editie import Editie
    from analyse.uitvoeren import Keuze, maak_editie

    editie = Editie.open(keuze.editie, leveringen=keuze.leveringen, meld=meld)
    wat = Keuze(gebieden=keuze.gebied, rapporten=keuze.rapport, parallel=keuze.parallel, opnieuw=keuze.opnieuw)
    return maak_editie(editie, wat, meld=meld)


def controleer(keuze: argparse.Namespace) -> int:
    """Hop 1 only: the data-quality report on standard output. With --aanval: attack the published reports."""
    if keuze.aanval:
        return _val_aan(keuze)
    with tempfile.TemporaryDirectory(prefix="analyse-") as tijdelijk:
        return _vertel(_lees(_editie(keuze), keuze, Path(tijdelijk)), sys.stdout)


def _val_aan(keuze: argparse.Namespace) -> int:
    """Exit code 10 when a hidden figure can be found, a number is unexplained or INTERN got out."""
    from analyse.editie import Editie
    from analyse.uitvoeren import aanval

    verslag = aanval(
        Editie.open(keuze.editie, leveringen=keuze.leveringen, meld=meld), met_pdf=not keuze.zonder_pdf
    )
    print(verslag.tekst)
    return DomeinFout.exitcode if verslag.lek else 0


def meten(keuze: argparse.Namespace) -> int:
    """Hops 1 and 2 on any deliveries: the internal result table as CSV or Parquet."""
    from analyse.meten import meet

    editie = _editie(keuze)
    with tempfile.TemporaryDirectory(prefix="analyse-") as tijdelijk:
        basis = _lees(editie, keuze, Path(tijdelijk))
        code = _vertel(basis, sys.stderr)
        meting = meet(basis, params=editie.params, bevolking=editie.referentie.bevolking)
    meting.schrijf(keuze.uit)
    meld(f"INTERN: {len(meting.tabel)} cijfers geschreven, zonder privacyregels. Niet verspreiden.")
    return code


def _editie(keuze: argparse.Namespace) -> Editie:
    from analyse.editie import Editie

    return Editie.open(leveringen=keuze.leveringen, meld=meld)


def _lees(editie: Editie, keuze: argparse.Namespace, uit: Path) -> Basis:
    from analyse.inname import lees

    peildatum = keuze.peildatum or editie.editie.peildatum
    met = editie.vergelijking
    return lees(editie.leveringen, params=editie.params, uit=uit, peildatum=peildatum, met=met)


def _vertel(basis: Basis, naar: object) -> int:
    from analyse.inname import controleer as controleer_basis

    verslag = controleer_basis(basis)
    print(verslag.tekst, file=naar, flush=True)  # type: ignore[call-overload]
    return DomeinFout.exitcode if verslag.geblokkeerd else 0


def effect(keuze: argparse.Namespace) -> int:
    """The verdict on one or all measures, with every method and check (INTERN)."""
    from analyse.editie import Editie
    from analyse.effect import lees_register, verslag
    from analyse.kern.fouten import onbekend

    editie = Editie.open(keuze.editie, leveringen=keuze.leveringen, meld=meld)
    register = lees_register(editie.params.map / "maatregelen", gemeenten=editie.params.regio.codes)
    if keuze.maatregel is not None and keuze.maatregel not in register:
        raise onbekend("Deze maatregel", keuze.maatregel, register, waar="params/maatregelen/")
    effecten = editie.effecten
    print(verslag(effecten.kies(keuze.maatregel) if keuze.maatregel else effecten))
    meld("INTERN: deze uitkomsten zijn niet door de privacyregels gegaan. Niet verspreiden.")
    return 0


def mapping(keuze: argparse.Namespace) -> int:
    """Propose a mapping for a supplier's tables, and say what could not be placed."""
    from analyse.inname.vertaling import stel_voor
    from analyse.kern.bestanden import schrijf_tekst

    voorstel = stel_voor(keuze.map)
    print(voorstel.tekst)
    if keuze.uit:
        schrijf_tekst(keuze.uit, voorstel.yaml)
        meld(f"De vertaling staat in {keuze.uit}. Lees hem na voordat u hem gebruikt.")
    return 0


def cbs(keuze: argparse.Namespace) -> int:
    """Fetch figures of CBS into data/referentie; exit code 11 when a table could not be had."""
    from analyse.cbs import haal
    from analyse.params import zoek_wortel

    verslag = haal(zoek_wortel() / "data" / "referentie", tabellen=keuze.tabel)
    print(verslag.tekst)
    return verslag.exitcode


def demo(keuze: argparse.Namespace) -> int:
    """Write the synthetic region."""
    from analyse.demo import maak_demo
    from analyse.params import zoek_wortel

    map_ = keuze.map or zoek_wortel() / "data" / "demo"
    maak_demo(map_, vorm=keuze.vorm, schaal=keuze.schaal)
    meld(f"De demoregio staat klaar ({keuze.vorm}). Alle kinderen daarin zijn verzonnen.")
    return 0


def lab(keuze: argparse.Namespace) -> int:
    """JupyterLab on the notebooks; says how to get it when it is missing."""
    from analyse.params import zoek_wortel

    if importlib.util.find_spec("jupyterlab") is None:
        raise ParameterFout(
            "JupyterLab is niet geïnstalleerd; het hoort bij het extra 'lab'.",
            doe="Voer uit: uv sync --extra lab (of: pip install -e .[lab]) en probeer het opnieuw.",
        )
    return subprocess.call([sys.executable, "-m", "jupyterlab", str(zoek_wortel() / "notebooks")])


if __name__ == "__main__":
    sys.exit(main())
