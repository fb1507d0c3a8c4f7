"""What a mapping file (`params/leveringen/<bron>.yaml`) says: which headers of a source mean which neutral column.

Strict like all parameters: an unknown key, table or column is an error that names the nearest known one. A mapping
only renames, fills in and recodes; it never computes. What a value looks like (dates, amounts) is recognised from
the values themselves, because two exports of one supplier differ in that more often than in their headers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from analyse.kern.fouten import dichtstbij
from analyse.kern.schema import NEUTRAAL
from analyse.params import JaNee, Model

# Without these a table out of an export is of no use; what else the neutral table asks for stays empty.
NODIG: dict[str, tuple[str, ...]] = {
    "clienten": ("client_id", "geboortejaar"),
    "toewijzingen": ("toewijzingnummer", "toewijzingsdatum", "client_id", "aanbieder_agb", "ingangsdatum"),
    "leveringen": ("toewijzingnummer", "soort", "begindatum"),
    "verzoeken": ("aanbieder_agb", "referentie_aanbieder", "berichttype"),
    "declaraties": ("toewijzingnummer", "periode_begin", "periode_eind", "bedrag_cent"),
    "maatregelen": ("client_id", "type", "begindatum"),
    "verwijzers": ("toewijzingnummer", "verwijzer_type"),
}


def _lijst(waarde: object) -> object:
    """One text is a list of one; a list inside a list (a YAML alias) is spread out."""
    if isinstance(waarde, str):
        return (waarde,)
    if not isinstance(waarde, list | tuple):
        return waarde
    return tuple(deel for element in waarde for deel in (element if isinstance(element, list) else [element]))


def _kolom(waarde: object) -> object:
    return {"van": waarde} if isinstance(waarde, str | list | tuple) else waarde


Lijst = Annotated[tuple[str, ...], BeforeValidator(_lijst)]


class Streng(Model):
    """A model that names the nearest known key, also deep inside a file."""

    @model_validator(mode="before")
    @classmethod
    def _sleutels(cls, waarde: object) -> object:
        if isinstance(waarde, Mapping):
            _bekend("Sleutel", waarde, cls.model_fields)
        return waarde


class Kolom(Streng):
    """Where one neutral column comes from. A plain text or list in YAML is short for `van`.

    `van`: headers (or JSON paths), the first that is there counts. `vast`: a constant. `bestandsnaam`: a pattern
    with one group, matched with the file name. `aanvullen`: the neutral column that fills an empty value. `codes`:
    source value to neutral code, capitals don't matter; with `alleen_codes` any other value is empty. `patroon`: a
    pattern with one group; the group is the value. `deel`: which part of a date. `eenheid`: of an amount.
    """

    van: Lijst = ()
    vast: str | None = None
    bestandsnaam: str | None = None
    aanvullen: str | None = None
    codes: dict[str, str] = Field(default_factory=dict)
    alleen_codes: JaNee = False
    patroon: str | None = None
    deel: Literal["datum", "tijd", "jaar", "maand"] | None = None
    eenheid: Literal["cent", "euro"] = "cent"

    @model_validator(mode="after")
    def _herkomst(self) -> Self:
        if not (self.van or self.bestandsnaam or self.vast is not None or self.aanvullen):
            raise ValueError("geef aan waar de waarde vandaan komt: van, vast, bestandsnaam of aanvullen")
        for patroon in filter(None, (self.patroon, self.bestandsnaam)):
            if _groepen(patroon) != 1:
                raise ValueError(f"{patroon!r} is geen patroon met precies één groep tussen haakjes")
        return self


def _groepen(patroon: str) -> int:
    try:
        return re.compile(patroon).groups
    except re.error:
        return -1


KolomVeld = Annotated[Kolom, BeforeValidator(_kolom)]


class Tabelvertaling(Streng):
    """One neutral table out of one kind of file or sheet.

    `naam`: patterns (`*` is anything) of which one must fit the name of the file or sheet. `rol`: of descriptions
    with the same role only the first that fits counts. `rijen`: the JSON path of what one row stands for; a column
    path that begins with a dot goes on from there. `nodig`: columns that must be found, else the file isn't this
    table. `alleen_met`: a row without a value here is no row of this table. `eenmalig`: the same row twice is one
    row. `sleutel`: columns that together make a toewijzingnummer for a source that has none (`client_id` first, it
    becomes a pseudonym).
    """

    naam: Lijst = ("*",)
    rol: str = ""
    rijen: str = ""
    nodig: Lijst = ()
    alleen_met: Lijst = ()
    eenmalig: JaNee = False
    sleutel: Lijst = ()
    kolommen: dict[str, KolomVeld]
    bijkolommen: dict[str, KolomVeld] = Field(default_factory=dict)  # only for `sleutel` and `alleen_met`

    @property
    def alle(self) -> dict[str, Kolom]:
        """Columns of the table and those beside it."""
        return {**self.bijkolommen, **self.kolommen}

    def namen(self, kolom: Kolom) -> tuple[str, ...]:
        """The headers or whole JSON paths that a column is looked for under."""
        return tuple(f"{self.rijen}{naam}" if naam.startswith(".") else naam for naam in kolom.van)


class Vertaling(Streng):
    """One mapping file. `algemeen`: gives way to one that fits as well. `status: gok`: nobody checked it yet."""

    naam: str
    omschrijving: str
    bron: str
    status: Literal["bekend", "gok"] = "bekend"
    algemeen: JaNee = False
    vorm: Literal["tabel", "json"] = "tabel"
    kenmerk: Lijst = ()  # headers of which at least one must be there
    wortel: Lijst = ("",)  # JSON: where the list of records may stand
    scheiding: Literal["auto", ";", ",", "tab", "|"] = "auto"
    tekenset: Literal["auto", "utf-8", "windows-1252"] = "auto"
    decimaal: Literal[",", "."] = ","
    datumvolgorde: Literal["dmj", "mdj"] = "dmj"
    leeg: Lijst = ()  # texts that mean nothing, such as 'n.v.t.'
    tabellen: dict[str, tuple[Tabelvertaling, ...]] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _een_of_meer(cls, waarde: object) -> object:
        if isinstance(waarde, Mapping) and isinstance(waarde.get("tabellen"), Mapping):
            tabellen = {k: [w] if isinstance(w, Mapping) else w for k, w in waarde["tabellen"].items()}
            return {**waarde, "tabellen": tabellen}
        return waarde

    @model_validator(mode="after")
    def _namen(self) -> Self:
        _bekend("Tabel", self.tabellen, NEUTRAAL)
        for naam, delen in self.tabellen.items():
            kolommen = NEUTRAAL[naam].kolommen
            for deel in delen:
                _bekend(f"Kolom van {naam}", deel.kolommen, kolommen)
                _bekend("Bijkolom", deel.bijkolommen, sorted({k for t in NEUTRAAL.values() for k in t.kolommen}))
                genoemd = (*deel.nodig, *deel.alleen_met, *deel.sleutel)
                aanvullen = (k.aanvullen for k in deel.alle.values() if k.aanvullen)
                _bekend(f"Kolom van {naam}", (*genoemd, *aanvullen), (*kolommen, *deel.bijkolommen))
        return self


def _bekend(soort: str, namen: Iterable[object], bekend: Collection[str]) -> None:
    """Raises ValueError for the first unknown name, with the nearest known one."""
    vreemd = next((str(naam) for naam in namen if naam not in bekend), None)
    if vreemd is not None:
        bij = dichtstbij(vreemd, bekend)
        raise ValueError(f"{soort} {vreemd!r} bestaat niet" + (f"; bedoelde u {bij!r}?" if bij else "."))


def nodig(tabel: str, deel: Tabelvertaling) -> tuple[str, ...]:
    """The neutral columns that must be found before a file counts as this table."""
    basis = deel.nodig or NODIG.get(tabel) or NEUTRAAL[tabel].verplicht
    zonder = (naam for naam in basis if not (naam == "toewijzingnummer" and deel.sleutel))
    return tuple(dict.fromkeys((*zonder, *deel.sleutel)))
