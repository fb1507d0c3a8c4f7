"""Dates as exports write them, to `jjjj-mm-dd`: order of day and month, Excel numbers, times, and swaps.

Whether 04-05-2024 is April or May is decided per column and separator by the values that can mean only one thing;
with none, by what the mapping says. A swap by Excel is only undone when chance can't explain the pattern: dates
that Excel understood all have a day up to 12, those that stayed text never. What can't be decided keeps its text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from analyse.inname.typen import VROEGST
from analyse.inname.vertaling.herstel import Cel, Lezing
from analyse.inname.werkmap import DATUM
from analyse.kern.periode import ONEINDIG

Volgorde = Literal["dmj", "mdj"]

# Kinds of change; `toepassen` says which finding each becomes.
ANDERS, SERIE, GEWISSELD = "datums", "dagnummers", "dag en maand omgewisseld"
ONZEKER, LEEG = "dag of maand", "datum die 'geen einde' zegt"
EXCEL_NUL = date(1899, 12, 30)
TOEVAL = 1e-6  # a swap is certain when the pattern is rarer than this by chance
_TIJD = r"(?:[T ]+(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIJD)
_DMJ = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})" + _TIJD)
_ACHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIE = re.compile(r"(\d{5,7})(?:[.,]\d+)?")
_WOORD = re.compile(r"(\d{1,2})[-. ]+([a-z]{3,9})\.?[-. ]+(\d{4})", re.IGNORECASE)
_MAANDEN = ("jan", "feb", "maart|mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_NUL = ("1900-01-01", "1899-12-30", "1899-12-31", "0001-01-01")
_NOOIT = date(9999, 12, 31)
_TIJDZONE = ZoneInfo("Europe/Amsterdam")


def lees_datums(cellen: Counter[Cel], *, volgorde: Volgorde, einde: bool) -> Mapping[Cel, Lezing]:
    """What every distinct value of a date column means. `einde`: a date before all dates says 'no end'."""
    gewisseld = _wissel(cellen)
    orde = {teken: _orde(cellen, teken) for teken in "-/. "}
    return {cel: _lees(cel, gewisseld, orde, volgorde, einde=einde) for cel in cellen}


def _lees(cel: Cel, gewisseld: str, orde: Mapping[str, str], volgorde: Volgorde, *, einde: bool) -> Lezing:
    tekst, soort = cel
    lezing = _uit_cel(tekst, gewisseld) if soort == DATUM else _uit_tekst(tekst, orde, volgorde)
    leeg = lezing.tekst in _NUL or tekst.strip("0-/. ") == ""
    return Lezing(None, LEEG) if einde and leeg else lezing


def _uit_cel(tekst: str, gewisseld: str) -> Lezing:
    """A cell that Excel holds as a date."""
    dag = tekst[:10]
    jaar, maand, nummer = dag.split("-")
    if gewisseld == "zeker":
        return Lezing(f"{jaar}-{nummer}-{maand}", GEWISSELD if maand != nummer else "")
    return Lezing(dag, ONZEKER if gewisseld == "misschien" and maand != nummer else "")


def _uit_tekst(tekst: str, orde: Mapping[str, str], volgorde: Volgorde) -> Lezing:
    if gevonden := _ISO.fullmatch(tekst):
        dag = _plaatselijk(tekst, gevonden) or _datum(*gevonden.group(1, 2, 3))
        return Lezing(dag or tekst, ANDERS if dag and dag != tekst else "")
    if gevonden := _DMJ.fullmatch(tekst):
        return _dag_maand(tekst, gevonden, orde[gevonden[2]], volgorde)
    if gevonden := _ACHT.fullmatch(tekst):
        dag = _datum(*gevonden.groups())
        return Lezing(dag or tekst, ANDERS if dag else "")
    if gevonden := _WOORD.fullmatch(tekst):
        dag = _datum(gevonden[3], str(_maand(gevonden[2])), gevonden[1])
        return Lezing(dag or tekst, ANDERS if dag else "")
    if (gevonden := _SERIE.fullmatch(tekst)) and (dag := _serie(int(gevonden[1]))):
        return Lezing(dag, SERIE)
    return Lezing(tekst)


def _dag_maand(tekst: str, gevonden: re.Match[str], bewezen: str, volgorde: Volgorde) -> Lezing:
    een, twee, jaar = gevonden[1], gevonden[3], gevonden[4]
    dmj, mdj = _datum(jaar, twee, een), _datum(jaar, een, twee)
    if dmj == mdj or not (dmj and mdj):  # one reading left, or none
        dag = dmj or mdj
        return Lezing(dag or tekst, ANDERS if dag else "")
    if bewezen == "gemengd":
        return Lezing(tekst, ONZEKER)
    keuze = bewezen or volgorde
    return Lezing(dmj if keuze == "dmj" else mdj, ANDERS if keuze == volgorde else GEWISSELD)


def _orde(cellen: Counter[Cel], teken: str) -> str:
    """What the values with one separator prove: 'dmj', 'mdj', 'gemengd' or nothing."""
    bewijs = set()
    for tekst, soort in cellen:
        gevonden = _DMJ.fullmatch(tekst) if soort != DATUM else None
        if gevonden and gevonden[2] == teken:
            dmj = _datum(gevonden[4], gevonden[3], gevonden[1])
            mdj = _datum(gevonden[4], gevonden[1], gevonden[3])
            bewijs |= {"dmj"} if dmj and not mdj else {"mdj"} if mdj and not dmj else set()
    return "gemengd" if len(bewijs) > 1 else next(iter(bewijs), "")


def _wissel(cellen: Counter[Cel]) -> str:
    """Whether Excel swapped day and month: 'zeker', 'misschien' or ''.

    Reading day-month dates as month-day, Excel makes a (wrong) date of every day up to 12; the others stay text.
    Only different dates count as proof, and none on the first or in the last days of a month: those are common
    for other reasons.
    """
    echt = [t for t, soort in cellen if soort == DATUM and t[:10] not in _NUL and not t.startswith("9999")]
    tekst = [g for t, soort in cellen if soort != DATUM and (g := _DMJ.fullmatch(t))]
    if not echt or not tekst:
        return ""
    if any(int(t[8:10]) > 12 for t in echt) or any(int(g[1]) <= 12 or int(g[3]) > 12 for g in tekst):
        return ""
    laag = sum(t[8:10] != "01" for t in echt)
    hoog = sum(int(g[1]) < 28 for g in tekst)
    kans = laag * math.log(11 / 29.4) + hoog * math.log(15 / 27)
    return "zeker" if kans < math.log(TOEVAL) else "misschien"


def _plaatselijk(tekst: str, gevonden: re.Match[str]) -> str | None:
    """The day in the Netherlands of a moment with a time zone: 2024-03-31T22:00:00Z is the first of April."""
    if not gevonden[5]:
        return None
    try:
        moment = datetime.fromisoformat(re.sub(r"\s+(?=[Z+-])", "", tekst.replace(",", ".")))
    except ValueError:
        return None
    return moment.astimezone(_TIJDZONE).date().isoformat()


def _serie(nummer: int) -> str | None:
    """The date of an Excel day number that can be a date of help; a small number is something else."""
    eerste, laatste = date.fromisoformat(VROEGST), date.fromisoformat(str(ONEINDIG))
    if nummer == (_NOOIT - EXCEL_NUL).days:
        return _NOOIT.isoformat()
    if not (eerste - EXCEL_NUL).days <= nummer < (laatste - EXCEL_NUL).days:
        return None
    return (EXCEL_NUL + timedelta(days=nummer)).isoformat()


def _maand(woord: str) -> int:
    laag = woord.lower()
    return next((i for i, m in enumerate(_MAANDEN, start=1) if re.match(m, laag)), 0)


def _datum(jaar: str, maand: str, dag: str) -> str | None:
    try:
        return date(int(jaar), int(maand), int(dag)).isoformat()
    except ValueError:
        return None


def tijd(tekst: str) -> str | None:
    """The time of day in a moment (`2024-04-01T10:45:54` gives `10:45:54`); None where there is none."""
    gevonden = re.search(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?", tekst)
    return gevonden[0].rjust(8, "0") if gevonden and len(gevonden[0]) == 7 else gevonden[0] if gevonden else None


def jaar(tekst: str) -> str | None:
    """The year in a date of birth, also where day and month are unknown (`20120000`); None where there is none."""
    gevonden = re.match(r"(\d{4})(?:\D|\d{4}$|$)", tekst) or re.search(r"\D(\d{4})(?:\D|$)", tekst)
    return gevonden[1] if gevonden else None


def maand(tekst: str) -> str | None:
    """The month of a date that was read; None where there is none."""
    gevonden = re.fullmatch(r"\d{4}-(\d{2})-\d{2}", tekst)
    return str(int(gevonden[1])) if gevonden else None
