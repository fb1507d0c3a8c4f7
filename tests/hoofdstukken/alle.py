"""Every function of every chapter, found by looking, so that a new one can't escape the tests."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from types import ModuleType

from analyse.weergave import Boodschappen, Figuur, Kaartjes, Tabel, Tekst, Waarschuwing, Weergave, hoofdstukken
from analyse.weergave.beeld import Beeld

HOOFDSTUKKEN: dict[str, ModuleType] = {
    naam: getattr(hoofdstukken, naam) for naam in hoofdstukken.__all__ if naam not in hoofdstukken.INTERN
}


def functies(hoofdstuk: ModuleType) -> dict[str, Callable[[Beeld], Weergave]]:
    """The public functions that a notebook may call, in file order."""
    eigen = [
        (naam, functie)
        for naam, functie in vars(hoofdstuk).items()
        if inspect.isfunction(functie) and functie.__module__ == hoofdstuk.__name__ and not naam.startswith("_")
    ]
    return dict(eigen)


def objecten(beeld: Beeld) -> Iterator[tuple[str, Weergave]]:
    """`hoofdstuk.functie` and what it gives, for a whole report."""
    for naam, hoofdstuk in HOOFDSTUKKEN.items():
        for functie, maak in functies(hoofdstuk).items():
            yield f"{naam}.{functie}", maak(beeld)


def teksten(object_: Weergave) -> list[str]:
    """Everything that a reader can read in an object, cells and alt text included."""
    if isinstance(object_, Figuur):
        delen = [object_.titel, object_.ondertitel, object_.bron, object_.alt or "", *object_.noten]
        return [*delen, *_cellen(object_)]
    if isinstance(object_, Tabel):
        return [object_.titel, object_.ondertitel, object_.bron, *object_.noten, *_cellen(object_)]
    if isinstance(object_, Waarschuwing):
        return [object_.titel, object_.tekst]
    assert isinstance(object_, Tekst | Boodschappen | Kaartjes)
    return [object_.tekst]


def _cellen(object_: Figuur | Tabel) -> list[str]:
    assert object_.tabel is not None
    return [str(cel) for cel in (*object_.tabel.columns, *object_.tabel.to_numpy().ravel())]


_PERIODE = re.compile(r"[12]e[ \xa0](?:halfjaar|hj\.)[ \xa0]\d{4}|heel \d{4}|\d{1,2}[ \xa0][a-z]+ \d{4}")
_GROEP = re.compile(
    r"\d+ tot en met \d+ jaar|\d+–\d+ jaar|0-22|per[ \xa0]1\.000|elke 1\.000|CBS StatLine \w+|iJw \d\.\d"
)
_GETAL = re.compile(r"\d[\d.]*(?:,\d+)?")


def getallen(tekst: str) -> list[float]:
    """The figures in a text; periods, dates, age groups, 'per 1.000' and names of tables are no figures."""
    kaal = _GROEP.sub(" ", _PERIODE.sub(" ", tekst))
    return [float(getal.rstrip(".").replace(".", "").replace(",", ".")) for getal in _GETAL.findall(kaal)]
