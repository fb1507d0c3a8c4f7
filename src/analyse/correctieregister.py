"""The register of known source errors: `params/correcties/<id>.yaml`, one correction or acceptance per file.

A correction is a statement about delivered rows that anybody can read, check and withdraw: what, why, said by
whom, until when, and how many rows it should hit. It never names a child: rows are chosen by number, product,
aanbieder and period. An acceptance changes no rows: it says of a block in one delivery that it is right. Files and
not a screen, so that every change is dated and reviewed like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import pandas as pd
from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from analyse.kern.fouten import ParameterFout, dichtstbij
from analyse.kern.schema import NEUTRAAL
from analyse.kern.yaml import lees_yaml
from analyse.params import GemeenteCode, Model, lees_model

# The date that `van` and `tot` look at, per table.
DATUM = {
    "toewijzingen": "ingangsdatum",
    "leveringen": "begindatum",
    "verzoeken": "dagtekening",
    "declaraties": "periode_begin",
    "maatregelen": "begindatum",
    "uitkomsten": "einddatum",
    "jbt": "datum_melding",
}
# The column behind `verwacht.bedrag_cent` and the euros of a correction.
BEDRAG = {
    "declaraties": "bedrag_cent",
    "pgb": "bedrag_cent",
    "begroting": "werkelijk_cent",
    "toewijzingen": "budget_cent",
}
NUMMER = {"jbt": "melding_id", **dict.fromkeys(("toewijzingen", "leveringen", "verwijzers"), "toewijzingnummer")}
LEEG = "leeg"  # how an empty value is written
TOEGEPAST = {"weglaten": "CR01", "vervangen": "CR02", "schalen": "CR03", "markeren": "CR04"}
VERLOPEN, MISLUKT = "CR05", "CR06"
ONGEBRUIKT, ANDERE_LEVERING = "CR07", "CR08"
WAT = {
    "weglaten": "weggelaten",
    "vervangen": "waarde vervangen",
    "schalen": "bedrag of aantal omgerekend",
    "markeren": "alleen gemarkeerd",
}
_NIET_KIESBAAR = ("client_id", "gemeentecode")
_BIJNAMEN = {"aanbieder": "aanbieder_agb", "praktijk": "huisartspraktijk"}


def _lijst(waarde: object) -> object:
    return waarde if isinstance(waarde, list | tuple) else (LEEG if waarde is None else waarde,)


def _rol(waarde: str) -> str:
    if not re.fullmatch(r"[a-zë][a-zë -]{2,40}", waarde):
        raise ValueError("noem een rol in kleine letters, zoals 'contractmanager', en geen naam")
    return waarde


def _zonder_nummers(waarde: str) -> str:
    if re.search(r"\d{6,}", waarde):
        raise ValueError("de reden komt in rapporten; noem geen nummers van cliënten of toewijzingen")
    return " ".join(waarde.split()).rstrip(".") + "."


Waarden = Annotated[tuple[str, ...], BeforeValidator(_lijst)]
Rol = Annotated[str, AfterValidator(_rol)]
Reden = Annotated[str, AfterValidator(_zonder_nummers)]
Status = Literal["voorgesteld", "actief", "ingetrokken"]


class Verwacht(Model):
    """What the selection must hit for the correction to be applied; what isn't given isn't looked at."""

    rijen: int | None = Field(None, ge=1)  # delivered rows; messages repeat toewijzingen, then use `nummers`
    nummers: int | None = Field(None, ge=1)  # distinct numbers
    bedrag_cent: int | None = None
    marge: float = Field(0, ge=0, le=100)  # percent

    @model_validator(mode="after")
    def _iets(self) -> Verwacht:
        if self.rijen is None and self.nummers is None and self.bedrag_cent is None:
            raise ValueError("noem rijen, nummers of bedrag_cent")
        return self

    def afwijking(self, gevonden: dict[str, int]) -> str:
        """What differs, as text; '' when all is as expected."""
        delen = [
            f"{naam} {gevonden[naam]} in plaats van {verwacht}"
            for naam in ("rijen", "nummers", "bedrag_cent")
            if (verwacht := getattr(self, naam)) is not None
            and abs(gevonden[naam] - verwacht) > self.marge / 100 * abs(verwacht)
        ]
        return ", ".join(delen)


class Correctie(Model):
    """One correction; `id` is the name of the file."""

    id: str
    tabel: str
    gemeente: GemeenteCode
    kies: dict[str, Waarden]
    van: date | None = None
    tot: date | None = None
    doe: Literal["weglaten", "vervangen", "schalen", "markeren"]
    zet: dict[str, str | None] = Field(default_factory=dict)  # vervangen: column to value
    kolom: str = ""  # schalen
    factor: float = 1.0  # schalen
    reden: Reden
    melder: Rol
    datum: date
    status: Status = "actief"
    geldig_tot: date
    verwacht: Verwacht

    @field_validator("tabel")
    @classmethod
    def _bestaat(cls, waarde: str) -> str:
        if waarde not in NEUTRAAL:
            raise ValueError(f"deze tabel bestaat niet; kies uit {', '.join(NEUTRAAL)}")
        return waarde

    @field_validator("kies", "zet", mode="before")
    @classmethod
    def _echte_namen(cls, waarde: object) -> object:
        if not isinstance(waarde, dict):
            raise ValueError("schrijf kolommen met waarden")
        return {_BIJNAMEN.get(str(naam), str(naam)): inhoud for naam, inhoud in waarde.items()}

    @model_validator(mode="after")
    def _past(self) -> Correctie:
        for naam in (*self.kies, *self.zet, *([self.kolom] if self.kolom else [])):
            self._keur_kolom(naam)
        if not self.kies:
            raise ValueError("kies minstens één kolom: een correctie op alles is een nieuwe levering")
        if (self.van or self.tot) and self.tabel not in DATUM:
            raise ValueError(f"de tabel {self.tabel} heeft geen datum voor 'van' en 'tot'")
        self._keur_daad()
        return self

    def _keur_kolom(self, naam: str) -> None:
        if naam in _NIET_KIESBAAR:
            raise ValueError(f"kolom {naam} mag niet: een correctie noemt nooit een cliënt en geldt per gemeente")
        kolommen = NEUTRAAL[self.tabel].kolommen
        if naam not in kolommen:
            bij = dichtstbij(naam, kolommen)
            raise ValueError(
                f"kolom {naam} bestaat niet in {self.tabel}" + (f"; bedoelde u {bij}?" if bij else "")
            )

    def _keur_daad(self) -> None:
        if (self.doe == "vervangen") != bool(self.zet):
            raise ValueError("'zet' hoort bij 'vervangen', en bij niets anders")
        if (self.doe == "schalen") != bool(self.kolom):
            raise ValueError("'kolom' en 'factor' horen bij 'schalen', en bij niets anders")
        soort = NEUTRAAL[self.tabel]
        if self.kolom and self.kolom not in soort.getallen:
            raise ValueError(f"schalen kan alleen met een getal: {', '.join(soort.getallen)}")
        for naam, waarde in self.zet.items():
            if naam in soort.datums and waarde not in (None, LEEG):
                date.fromisoformat(str(waarde))
            if naam in soort.getallen and waarde not in (None, LEEG) and not re.fullmatch(r"-?\d+", str(waarde)):
                raise ValueError(f"kolom {naam} is een heel getal")

    @property
    def aanduiding(self) -> str:
        """How findings call it; the table of corrections finds its counts by this."""
        return f"Correctie {self.id}:"


class Aanvaarding(Model):
    """A block of which somebody says that it is right: of one rule, gemeente, table and delivery."""

    id: str
    # Less was delivered because there is less: that can be right. Other blocks say that figures can't be made.
    aanvaard: Literal["DK26p", "DK26q"]
    tabel: str
    gemeente: GemeenteCode
    levering: date  # the peildatum of the delivery; it says nothing of the next one
    reden: Reden
    melder: Rol
    datum: date
    status: Status = "actief"

    @property
    def aanduiding(self) -> str:
        """How findings call it."""
        return f"Aanvaarding {self.id}:"


def lees_correcties(map_: Path, *, gemeenten: Iterable[str]) -> tuple[Correctie, ...]:
    """Every correction in the folder, by id; empty when there is no such folder. Raises ParameterFout."""
    return _register(Correctie, [pad for pad in _bestanden(map_) if not _aanvaardt(pad)], tuple(gemeenten))


def lees_aanvaardingen(map_: Path, *, gemeenten: Iterable[str]) -> tuple[Aanvaarding, ...]:
    """Every acceptance in the folder, by id: the files with the key `aanvaard`. Raises ParameterFout."""
    return _register(Aanvaarding, [pad for pad in _bestanden(map_) if _aanvaardt(pad)], tuple(gemeenten))


def _bestanden(map_: Path) -> list[Path]:
    return sorted(map_.glob("*.yaml"))


def _aanvaardt(pad: Path) -> bool:
    inhoud = lees_yaml(pad)
    return isinstance(inhoud, dict) and "aanvaard" in inhoud


_M = TypeVar("_M", Correctie, Aanvaarding)


def _register(model: type[_M], paden: Sequence[Path], gemeenten: tuple[str, ...]) -> tuple[_M, ...]:
    register = tuple(lees_model(model, pad) for pad in paden)
    for regel, pad in zip(register, paden, strict=True):
        _keur(regel, pad, gemeenten)
    return register


def _keur(regel: Correctie | Aanvaarding, pad: Path, gemeenten: tuple[str, ...]) -> None:
    if regel.id != pad.stem:
        raise ParameterFout("De id is de naam van het bestand.", ontvangen=regel.id, waar=pad.name)
    if regel.gemeente not in gemeenten:
        raise ParameterFout(
            "Deze gemeente hoort niet bij de regio.",
            ontvangen=regel.gemeente,
            waar=pad.name,
            doe=f"Kies uit: {', '.join(gemeenten)}.",
        )


def overzicht(register: Iterable[Correctie], bevindingen: pd.DataFrame) -> pd.DataFrame:
    """What was corrected, for a reader: id, gemeente, wat, waarom, melder, sinds, stand, rijen, euro.

    `bevindingen` is Vrijgave.kwaliteit (rijen null when too few to tell, no euros) or the table of Basis (both,
    exact). `euro` in whole euros; null when unknown. One row per correction, the withdrawn ones included.
    """
    kolommen = ("id", "gemeente", "wat", "waarom", "melder", "sinds", "stand", "rijen", "euro")
    rijen = [_rij(correctie, _van(correctie, bevindingen)) for correctie in register]
    tabel = pd.DataFrame(rijen, columns=list(kolommen))
    return tabel.astype({"rijen": "Float64", "euro": "Float64"})


def _van(correctie: Correctie, bevindingen: pd.DataFrame) -> pd.DataFrame:
    if bevindingen.empty:
        return bevindingen
    eigen = bevindingen["gebied"].eq(correctie.gemeente)
    return bevindingen[eigen & bevindingen["regel"].str.startswith(correctie.aanduiding)]


def _rij(correctie: Correctie, gevonden: pd.DataFrame) -> tuple[object, ...]:
    code = None if gevonden.empty else str(gevonden["code"].iloc[0])
    toegepast = code in TOEGEPAST.values()
    euro = gevonden["euro_cent"].iloc[0] if toegepast and "euro_cent" in gevonden else None
    return (
        correctie.id, correctie.gemeente, WAT[correctie.doe], correctie.reden, correctie.melder, correctie.datum,
        _stand(correctie, code), gevonden["aantal"].iloc[0] if toegepast else None,
        None if euro is None or pd.isna(euro) else round(euro / 100),
    )  # fmt: skip


def _stand(correctie: Correctie, code: str | None) -> str:
    if correctie.status != "actief":
        return correctie.status
    if code in TOEGEPAST.values():
        return "toegepast"
    return {VERLOPEN: "verlopen", MISLUKT: "niet toegepast"}.get(code or "", "niet aan de orde")
