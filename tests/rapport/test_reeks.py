"""The batch: every report stands alone, whole or not at all, and is only made when something changed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from proef import GEBIEDEN, MaakOpdracht, notebook, rapport

from analyse.kern.fouten import ParameterFout, RapportFout
from analyse.rapport import Opdracht, Voortgang, maak_rapporten, manifest, reeks, vork
from analyse.rapport.schrijven import werkplaats

GEWOON = {"gebruik": ["# Gebruik", "print('gebied', gebied)"], "instroom": ["# Instroom", "print(editie)"]}


def _bestanden(map_: Path) -> dict[str, bytes]:
    return {pad.relative_to(map_).as_posix(): pad.read_bytes() for pad in sorted(map_.rglob("*")) if pad.is_file()}


def test_maakt_elk_rapport_met_index_en_manifest(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht(GEWOON)
    uitslagen = maak_rapporten(opdracht)
    assert [(u.stuk.gebied, u.status) for u in uitslagen] == [("GM0200", "gemaakt"), ("REGIO", "gemaakt")]
    assert uitslagen[0].bestanden == ("GM0200/rapport.html", "GM0200/rapport.pdf")
    assert sorted(pad.name for pad in opdracht.uit.iterdir()) == ["GM0200", "REGIO", "index.html", "manifest.json"]
    html = (opdracht.uit / "GM0200" / "rapport.html").read_text()
    assert "gebied GM0200" in html
    assert "gebied REGIO" not in html
    assert html.index("Gebruik") < html.index("Instroom")
    gegevens = (opdracht.uit / "REGIO" / "rapport.pdf").read_text()
    assert '"gebied_naam": "Midden-IJssel/Oost-Veluwe"' in gegevens
    assert '"periode_naam": "2e halfjaar 2025"' in gegevens


def test_een_fout_kost_een_rapport(maak_opdracht: MaakOpdracht) -> None:
    stuk = "from analyse.kern.fouten import ParameterFout\nif gebied == 'REGIO': raise ParameterFout('Kapot.')"
    opdracht = maak_opdracht({**GEWOON, "kapot": ["# Kapot", "## Cijfers", stuk]})
    goed, fout = maak_rapporten(opdracht)
    assert goed.status == "gemaakt"
    assert fout.status == "mislukt"
    assert fout.fout is not None
    assert (fout.fout.hoofdstuk, fout.fout.cel, fout.fout.melding) == ("kapot", "Cijfers", "Kapot.")
    assert "mislukt in kapot › Cijfers: Kapot." in fout.tekst
    spoor = (opdracht.uit / "_mislukt" / "REGIO.txt").read_text()
    assert "ParameterFout" in spoor
    assert not (opdracht.uit / "REGIO").exists()
    assert "Traceback" not in (opdracht.uit / "index.html").read_text()
    assert "Kapot." in (opdracht.uit / "index.html").read_text()


def test_een_oud_rapport_blijft_niet_staan_na_een_fout(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht({"gebruik": ["# Gebruik", "1"]})
    maak_rapporten(opdracht)
    nbformat.write(notebook("# Gebruik", "1 / 0"), opdracht.bron("gebruik"))
    assert {u.status for u in maak_rapporten(opdracht)} == {"mislukt"}
    assert sorted(p.name for p in opdracht.uit.iterdir()) == ["_mislukt", "index.html", "manifest.json"]
    nbformat.write(notebook("# Gebruik", "2"), opdracht.bron("gebruik"))
    assert {u.status for u in maak_rapporten(opdracht)} == {"gemaakt"}
    assert not (opdracht.uit / "_mislukt").exists()


@pytest.mark.parametrize(
    ("bron", "melding"),
    [
        ("while True: pass", "CelDuurtTeLang: de cel duurde langer dan 1.5 seconden"),
        ("import os; os._exit(3)", "het proces stopte zelf (exitcode 3)"),
        ("import sys; sys.exit(0)", "RuntimeError: een cel stopte het notebook voor het einde (exit)"),
        ("exit()", "SystemExit: exit() in een cel"),
        ("input('naam?')", "EOFError: EOF when reading a line"),
    ],
)
def test_een_cel_die_het_proces_wil_vellen(maak_opdracht: MaakOpdracht, bron: str, melding: str) -> None:
    opdracht = maak_opdracht(
        {"een": ["# Een", "1"], "twee": ["# Twee", f"if gebied == 'REGIO':\n    {bron}"]}, celtijd=1.5
    )
    goed, fout = maak_rapporten(opdracht)
    assert (goed.status, fout.status) == ("gemaakt", "mislukt")
    assert fout.fout is not None
    assert (fout.fout.hoofdstuk, fout.fout.cel, fout.fout.melding) == ("twee", "Twee", melding)


def test_een_cel_die_niet_luistert_wordt_beeindigd(
    maak_opdracht: MaakOpdracht, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vork, "GENADE", 0.2)
    bron = "while True:\n    try:\n        while True: sum(range(999))\n    except BaseException: pass"
    opdracht = maak_opdracht({"doof": ["# Doof", "## Lus", bron]}, celtijd=1.5, alleen=("REGIO",))
    (fout,) = maak_rapporten(opdracht)
    assert fout.fout is not None
    assert (fout.fout.cel, fout.fout.melding) == ("Lus", "de cel was na 1.5 seconden niet klaar")


def test_rapport_dat_niet_klaar_komt_wordt_beeindigd(maak_opdracht: MaakOpdracht) -> None:
    # Blocks in a library with signals off: nothing inside the process can end it.
    bron = "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\ntime.sleep(60)"
    opdracht = maak_opdracht({"traag": ["# Traag", bron]}, rapporttijd=4, alleen=("REGIO",))
    begin = time.monotonic()
    (fout,) = maak_rapporten(opdracht)
    assert time.monotonic() - begin < 20
    assert fout.fout is not None
    assert (fout.fout.cel, fout.fout.melding) == ("Traag", "het rapport was na 4 seconden niet klaar")


def test_hoofdstukken_zien_elkaar_niet(maak_opdracht: MaakOpdracht) -> None:
    maakt_rommel = (
        "import os, sys, warnings\nimport matplotlib as mpl\nimport matplotlib.pyplot as plt\n"
        "import pandas as pd\nlek = 1; mpl.rcParams['font.size'] = 99; pd.set_option('display.max_rows', 2)\n"
        "os.environ['LEK'] = '1'; sys.path.append('/lek'); warnings.simplefilter('error')\n"
        "plt.ioff(); open_figuur = plt.figure()"
    )
    kijkt = (
        "import os, sys\nimport matplotlib as mpl\nimport matplotlib.pyplot as plt\nimport pandas as pd\n"
        "print('lek' in globals(), mpl.rcParams['font.size'], pd.get_option('display.max_rows'),"
        " 'LEK' in os.environ, '/lek' in sys.path, plt.get_fignums())"
    )
    opdracht = maak_opdracht({"een": ["# Een", maakt_rommel], "twee": ["# Twee", kijkt]}, alleen=("GM0200",))
    maak_rapporten(opdracht)
    assert "False 10.0 60 False False []" in (opdracht.uit / "GM0200" / "rapport.html").read_text()


def test_ongewijzigd_wordt_overgeslagen(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht(GEWOON)
    maak_rapporten(opdracht)
    vooraf = _bestanden(opdracht.uit)
    uitslagen = maak_rapporten(replace(opdracht))
    assert {u.status for u in uitslagen} == {"overgeslagen"}
    assert uitslagen[0].bestanden == ("GM0200/rapport.html", "GM0200/rapport.pdf")
    assert uitslagen[0].tekst == "Apeldoorn (Rapport halfjaar): overgeslagen"
    assert _bestanden(opdracht.uit) == vooraf


def test_opnieuw_geeft_dezelfde_bytes(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht(GEWOON)
    maak_rapporten(opdracht)
    vooraf = _bestanden(opdracht.uit)
    assert {u.status for u in maak_rapporten(replace(opdracht, opnieuw=True, parallel=1))} == {"gemaakt"}
    assert _bestanden(opdracht.uit) == vooraf


@pytest.mark.parametrize("wat", ["invoer", "gegevens", "notebook", "bestand", "hulp"])
def test_wat_verandert_wordt_opnieuw_gemaakt(maak_opdracht: MaakOpdracht, wat: str) -> None:
    opdracht = maak_opdracht(GEWOON, alleen=("GM0200",))
    maak_rapporten(opdracht)
    if wat in ("invoer", "gegevens"):
        opdracht = replace(opdracht, **{wat: {"vrijgave": "anders"}})
    elif wat == "notebook":
        nbformat.write(notebook("# Gebruik", "'anders'"), opdracht.bron("gebruik"))
    elif wat == "hulp":
        (opdracht.notebooks / "hulp.py").write_text("")
    else:
        (opdracht.uit / "GM0200" / "rapport.html").write_text("gerommel")
    assert [u.status for u in maak_rapporten(opdracht)] == ["gemaakt"]


def test_alleen_een_gebied_laat_de_andere_staan(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht(GEWOON)
    maak_rapporten(opdracht)
    nieuw = replace(opdracht, alleen=("REGIO",), invoer={"vrijgave": "nieuwer"})
    assert [(u.stuk.gebied, u.status) for u in maak_rapporten(nieuw)] == [("REGIO", "gemaakt")]
    assert sorted(manifest.lees(opdracht.uit)) == ["GM0200", "REGIO"]
    index = (opdracht.uit / "index.html").read_text()
    assert index.count("Verouderd") == 1
    with pytest.raises(ParameterFout, match="Bedoelde u GM0200"):
        maak_rapporten(replace(opdracht, alleen=("GM0201",)))


def test_een_gebied_dat_vervalt_verdwijnt(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht(GEWOON)
    maak_rapporten(opdracht)
    maak_rapporten(replace(opdracht, gebieden={"REGIO": "Regio"}))
    assert sorted(pad.name for pad in opdracht.uit.iterdir()) == ["REGIO", "index.html", "manifest.json"]


def test_rapporten_voor_eigen_gebieden(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht(GEWOON)
    twee = (rapport("gebruik", gebieden="gemeenten"), rapport("instroom", naam="kort", gebieden="regio"))
    uitslagen = maak_rapporten(replace(opdracht, rapporten=twee))
    assert [u.bestanden[0] for u in uitslagen] == ["GM0200/rapport.html", "kort/REGIO/rapport.html"]


def test_onbekend_hoofdstuk_stopt_voor_er_iets_gebeurt(maak_opdracht: MaakOpdracht) -> None:
    opdracht = replace(maak_opdracht(GEWOON), rapporten=(rapport("gebuik"),))
    with pytest.raises(ParameterFout, match="Bedoelde u gebruik"):
        maak_rapporten(opdracht)
    assert not opdracht.uit.exists()


def test_parameter_die_een_hoofdstuk_niet_heeft(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht(GEWOON, alleen=("REGIO",))
    kaal = notebook("# Kaal", "1")
    kaal.cells[0].source = "editie = '2025-H2'\ngebeid = 'GM0200'"
    nbformat.write(kaal, opdracht.bron("instroom"))
    (fout,) = maak_rapporten(opdracht)
    assert fout.fout is not None
    assert fout.fout.hoofdstuk == "instroom"
    assert "Bedoelde u gebeid?" in fout.fout.melding


def test_voortgang_telt_tot_het_einde(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht({"een": ["# Een", "1"], "twee": ["# Twee", "if gebied == 'REGIO': 1 / 0"]})
    stappen: list[Voortgang] = []
    maak_rapporten(opdracht, voortgang=stappen.append)
    assert [stap.gedaan for stap in stappen] == sorted(stap.gedaan for stap in stappen)
    assert (stappen[-1].gedaan, stappen[-1].totaal) == (6, 6)
    assert {stap.stap for stap in stappen} == {"een", "twee", "opmaak", "mislukt"}


def test_twee_reeksen_tegelijk_kan_niet(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht(GEWOON)
    with werkplaats(opdracht.uit), pytest.raises(RapportFout, match="al rapporten"):
        maak_rapporten(opdracht)


SCRIPT = """
    import signal, sys
    from pathlib import Path
    # A shell starts what runs in the background with this signal ignored, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.path.insert(0, {map!r})
    import proef
    from analyse.rapport import Opdracht, kind, maak_rapporten
    kind.schrijf_rapport, kind.EXPORTEURS = proef.nep_rapport, ()
    plek = Path({plek!r})
    maak_rapporten(Opdracht(editie="2025-H2", gebieden=proef.GEBIEDEN, rapporten=(proef.rapport("traag"),),
        notebooks=plek / "notebooks", uit=plek / "uit", wortel=plek, parallel=2))
"""


def _wacht_op(pad: Path, *, seconden: float = 30) -> int:
    einde = time.monotonic() + seconden
    while time.monotonic() < einde:
        with contextlib.suppress(OSError, ValueError):
            return int(pad.read_text())
        time.sleep(0.05)
    raise AssertionError(f"{pad.name} kwam niet")


def _leeft(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A killed child of a killed parent stays as a zombie where nobody reaps it.
    stand = Path(f"/proc/{pid}/stat")
    return not stand.exists() or stand.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="het sterven met de ouder is van Linux")
@pytest.mark.parametrize("sein", [signal.SIGKILL, signal.SIGINT])
def test_gedood_halverwege_laat_geen_half_rapport_na(tmp_path: Path, nep: None, sein: signal.Signals) -> None:
    (tmp_path / "notebooks").mkdir()
    traag = "import os, pathlib, time\npathlib.Path(f'{gebied}.pid').write_text(str(os.getpid()))\ntime.sleep(60)"
    nbformat.write(notebook("# Traag", traag), tmp_path / "notebooks" / "traag.ipynb")
    script = textwrap.dedent(SCRIPT).format(map=str(Path(__file__).parent), plek=str(tmp_path))
    ouder = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL)
    # Both reports at once, one child each; a child that still lives would hold the lock of the edition.
    kinderen = [_wacht_op(tmp_path / f"{gebied}.pid") for gebied in GEBIEDEN]
    ouder.send_signal(sein)
    ouder.wait(timeout=20)
    einde = time.monotonic() + 10
    while any(map(_leeft, kinderen)) and time.monotonic() < einde:
        time.sleep(0.05)
    assert not any(map(_leeft, kinderen))
    uit = tmp_path / "uit"
    assert [pad.name for pad in uit.iterdir() if not pad.name.startswith(".")] == []
    nbformat.write(notebook("# Snel", "1"), tmp_path / "notebooks" / "traag.ipynb")
    opdracht = Opdracht(
        editie="2025-H2",
        gebieden=GEBIEDEN,
        rapporten=(rapport("traag"),),
        notebooks=tmp_path / "notebooks",
        uit=uit,
        wortel=tmp_path,
    )
    assert {u.status for u in reeks.maak_rapporten(opdracht)} == {"gemaakt"}
    assert sorted(pad.name for pad in uit.iterdir()) == ["GM0200", "REGIO", "index.html", "manifest.json"]


def test_interne_rapporten_krijgen_parameters_en_een_eigen_map(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht({"lijst": ["# Lijst", "print('intern', intern)"]})
    stuk = opdracht.rapporten[0].model_copy(update={"naam": "lijsten", "publiek": "intern"})
    intern = replace(opdracht, rapporten=(stuk,), publiek="intern", uit=opdracht.uit / "INTERN")
    bron = nbformat.read(opdracht.bron("lijst"), as_version=4)
    bron.cells[0].source += "\nintern = False"
    nbformat.write(bron, opdracht.bron("lijst"))
    assert [u.status for u in maak_rapporten(intern)] == ["gemaakt", "gemaakt"]
    assert (intern.uit / "GM0200" / "lijsten" / "rapport.html").is_file()
    assert "intern True" in (intern.uit / "GM0200" / "lijsten" / "rapport.html").read_text()
    assert '"rubricering": "INTERN"' in (intern.uit / "GM0200" / "lijsten" / "rapport.pdf").read_text()
    assert "niet beveiligd tegen herkenning" in (intern.uit / "index.html").read_text()


def test_een_rapport_per_praktijk(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht({"spiegel": ["# Spiegel", "print('praktijk', praktijk)"]})
    bron = nbformat.read(opdracht.bron("spiegel"), as_version=4)
    bron.cells[0].source += "\nintern = False\npraktijk = ''"
    nbformat.write(bron, opdracht.bron("spiegel"))
    spiegel = opdracht.rapporten[0].model_copy(
        update={"naam": "spiegel", "publiek": "intern", "per": "praktijk", "gebieden": "regio"}
    )
    praktijken = {"praktijk": {"REGIO": (("01000001", "Praktijk Een"), ("01000002", "Praktijk Twee"))}}
    werk = replace(opdracht, rapporten=(spiegel,), publiek="intern", eenheden=praktijken)
    uitslagen = maak_rapporten(werk)
    assert [u.stuk.sleutel for u in uitslagen] == ["REGIO/spiegel/01000001", "REGIO/spiegel/01000002"]
    html = (werk.uit / "REGIO" / "spiegel" / "01000002" / "rapport.html").read_text()
    assert "praktijk 01000002" in html
    assert "01000001" not in html


def test_wat_niet_gevraagd_is_blijft_staan(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht(GEWOON)
    tweede = opdracht.rapporten[0].model_copy(update={"naam": "kengetallen", "titel": "Kengetallen"})
    beide = replace(opdracht, rapporten=(opdracht.rapporten[0], tweede))
    maak_rapporten(replace(beide, alleen_rapporten=("halfjaar",)))
    assert "Kengetallen" not in (opdracht.uit / "index.html").read_text()
    maak_rapporten(replace(beide, alleen_rapporten=("kengetallen",)))
    assert (opdracht.uit / "GM0200" / "rapport.html").is_file()
    assert (opdracht.uit / "kengetallen" / "GM0200" / "rapport.html").is_file()
    assert "Kengetallen" in (opdracht.uit / "index.html").read_text()
