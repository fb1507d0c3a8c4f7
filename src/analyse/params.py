"""What analysts edit in `params/`, read strictly into frozen models.

Unknown keys are errors that name the nearest known key; nothing is guessed. Pydantic does the checking,
the messages are ours (Dutch, with the file). Loaders are cached per folder by `Params.open`.
"""

from __future__ import annotations

import os
import re
import time
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)

from analyse.kern import codes
from analyse.kern.fouten import ParameterFout, dichtstbij, onbekend
from analyse.kern.periode import Periode
from analyse.kern.yaml import lees_yaml

if TYPE_CHECKING:
    import pandas as pd


def _gemeentecode(waarde: object) -> str:
    if isinstance(waarde, str) and re.fullmatch(r"GM\d{4}", waarde):
        return waarde
    kaal = str(waarde)
    raad = f' Schrijf "GM{int(kaal):04d}".' if kaal.isdigit() and len(kaal) <= 4 else ""
    raise ValueError(f'een gemeente is GM plus vier cijfers, zoals "GM0200"; ontvangen: {waarde!r}.{raad}')


def _periode(waarde: object) -> Periode:
    if isinstance(waarde, Periode):
        return waarde
    try:
        return Periode.lees(str(waarde))
    except ParameterFout as fout:
        raise ValueError(fout.tekst) from fout


def _ja_nee(waarde: object) -> object:
    woorden = {"ja": True, "nee": False, "true": True, "false": False}
    return woorden.get(str(waarde).lower(), waarde)


GemeenteCode = Annotated[str, BeforeValidator(_gemeentecode)]
PeriodeVeld = Annotated[Periode, BeforeValidator(_periode)]
JaNee = Annotated[bool, BeforeValidator(_ja_nee)]
Leeg = Annotated[str, AfterValidator(str.strip)]


class Model(BaseModel):
    """Frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Gemeente(Model):
    """One gemeente of the region."""

    code: GemeenteCode
    naam: str


class Drempels(Model):
    """Disclosure control for BESTUURLIJK, design §4. Counts are persons or trajecten."""

    beleid: Literal["onderdrukken", "afronden"] = "onderdrukken"
    minimum: int = Field(10, ge=5)  # a count below this is hidden, and so is its complement
    afronding: int = Field(5, ge=1)
    minimum_maat: int = Field(10, ge=5)  # n behind a mean, median or KM
    minimum_aanbieders: int = Field(3, ge=1)  # behind a euro cell
    maximum_aandeel: float = Field(0.5, gt=0, le=1)  # largest contributor of a euro cell
    p_procent: float = Field(10, gt=0, le=100)  # how near the second aanbieder may reckon the largest
    voorstel_bij: float = Field(0.4, gt=0, le=1)  # share of a table hidden from which merging is proposed
    beschermingsinterval: int = Field(5, ge=1)  # how wide an attacker's bounds on a hidden count must stay
    minimum_noemer: int = Field(25, ge=1)  # denominator of a share under beleid 'afronden'
    # Parts with at most so many cells to choose from get the exact choice of what to hide, in so many rounds of
    # cuts. No clock: two runs give the same.
    nauwkeurig_cellen: int = Field(400, ge=0)
    nauwkeurig_rondes: int = Field(6, ge=0)


class Rekenregels(Model):
    """Choices in the definitions that a region may make; design §4."""

    # 'cbs' counts a traject as CBS does and overrules the next two; see `effectief`.
    definitie: Literal["regionaal", "cbs"] = "regionaal"
    max_gat_dagen: int = Field(0, ge=-1)  # -1 is CBS-strict: only overlap merges
    administratief_doortellen: JaNee = True
    administratief_gat_dagen: int = Field(31, ge=0)
    terugblik_jaren: int = Field(5, ge=1)  # trajecten.herhaald
    instroom_vrije_dagen: int = Field(365, ge=1)  # jeugdigen.instroom
    verblijf_vrije_dagen: int = Field(90, ge=0)  # verblijf.nieuw (UHP-2)
    verblijf_vervolg_dagen: int = Field(30, ge=0)  # verblijf.naar_huis (UHP-5)
    langlopend_jaren: int = Field(2, ge=1)
    km_jaren: int = Field(2, ge=1)  # window of trajectduur.mediaan_km and verblijf.duur_km
    doorstroom_dagen: int = Field(30, ge=0)  # other help from so many days before an end to so many after it
    uitkomst_dagen: int = Field(31, ge=0)  # between the end of help and the end on a reported outcome
    uitloop_maanden: int = Field(3, ge=0)  # verzilvering: months until declarations are in
    voorlopig_maanden: int = Field(6, ge=0)  # periods that end later than this before the peildatum

    @property
    def effectief(self) -> Rekenregels:
        """The rules that are counted with: under `definitie: cbs` only overlap merges and nothing is bridged."""
        if self.definitie == "regionaal":
            return self
        return self.model_copy(update={"max_gat_dagen": -1, "administratief_doortellen": False})

    @property
    def definitie_tekst(self) -> str:
        """What a traject is under these rules, as a sentence for the reader."""
        if self.definitie == "cbs":
            return (
                "Een traject is geteld zoals het CBS dat doet: alleen perioden die elkaar overlappen, zijn samen "
                "één traject."
            )
        tussen = f"met hooguit {self.max_gat_dagen} dagen ertussen"
        perioden = {-1: "die elkaar overlappen,", 0: "die aansluiten,"}.get(self.max_gat_dagen, tussen)
        papier = " Een einde dat alleen op papier bestaat, telt niet als einde."
        return (
            f"Een traject is geteld volgens de regionale afspraak: perioden {perioden} zijn samen één "
            f"traject.{papier if self.administratief_doortellen else ''} Het CBS voegt alleen overlappende "
            "perioden samen en telt daardoor meer trajecten."
        )


class Breuk(Model):
    """A known break in the series, drawn in charts; `indicatoren` are id prefixes, empty means all."""

    datum: date
    naam: str
    uitleg: str
    indicatoren: tuple[str, ...] = ()


class Regio(Model):
    """params/regio.yaml."""

    code: str
    naam: str
    gemeenten: tuple[Gemeente, ...]
    eerste_periode: PeriodeVeld = Periode(2015, "H1")
    drempels: Drempels = Drempels()
    rekenregels: Rekenregels = Rekenregels()
    breuken: tuple[Breuk, ...] = ()

    @cached_property
    def namen(self) -> dict[str, str]:
        """Code to name of every gebied, the region and the country included."""
        eigen = {g.code: g.naam for g in self.gemeenten}
        return {**eigen, codes.REGIO: self.naam, codes.NEDERLAND: "Nederland"}

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the gemeenten, in the order of the file."""
        return tuple(g.code for g in self.gemeenten)

    def gebied(self, code: object) -> str:
        """A known gebied code; raises ParameterFout with the nearest known one."""
        if code in self.namen:
            return str(code)
        if re.fullmatch(r"\d{1,4}", str(code)):
            raise ParameterFout(
                'Een gebied is een code als "GM0200" of "REGIO"; een getal verliest zijn voorloopnullen.',
                ontvangen=repr(code),
                doe=f'Bedoelde u "GM{int(str(code)):04d}"? Kies uit: {", ".join(self.namen)}.',
            )
        op_naam = {naam.lower(): sleutel for sleutel, naam in self.namen.items()}
        bij = op_naam.get(str(code).lower()) or op_naam.get(dichtstbij(str(code).lower(), op_naam) or "")
        if bij:
            raise ParameterFout(
                "Een gebied schrijft u met zijn code.",
                ontvangen=repr(code),
                doe=f'Bedoelde u "{bij}" ({self.namen[bij]})?',
            )
        raise onbekend("Dit gebied", code, self.namen)


class EditieParams(Model):
    """params/edities/<periode>.yaml: what one edition reports on. `peildatum` is a day included."""

    periode: PeriodeVeld
    peildatum: date
    rapporten: tuple[str, ...] = ("halfjaar",)
    vanaf: PeriodeVeld = Periode(2021, "H1")  # first period shown in charts
    duiding: dict[str, str] = Field(default_factory=dict)


class Kaart(Model):
    """params/indicatoren/<id>.yaml: the definition card of one indicator."""

    id: str
    naam: str
    vraag: str
    teller: str
    noemer: str = ""
    waarom: str
    bewijst_niet: str
    eenheid: Literal["aantal", "procent", "dagen", "euro", "per_1000", "cijfer"]
    richting: Literal["hoger_is_beter", "lager_is_beter", "geen"]
    bron: str
    eigenaar: str
    herzien: date
    # Each entry is one table: the dimensions that it is split by ([] is the total only).
    splitsingen: tuple[tuple[str, ...], ...] = ((),)
    # The part of `splitsingen` that is published; the rest stays INTERN.
    publiceer: tuple[tuple[str, ...], ...] = ((),)

    @field_validator("splitsingen", "publiceer")
    @classmethod
    def _bekende_dimensies(cls, waarde: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        for dimensie in {d for splitsing in waarde for d in splitsing} - set(codes.DIMENSIES):
            raise ValueError(f"dimensie {dimensie!r} bestaat niet; kies uit {', '.join(codes.DIMENSIES)}")
        return waarde


class RapportParams(Model):
    """params/rapporten/<naam>.yaml: a report is an ordered list of chapters, for somebody."""

    naam: str
    titel: str
    voor: str
    gebieden: Literal["alle", "gemeenten", "regio"] = "alle"
    # 'intern': made from unprotected figures, watermarked, in a folder of its own and never in the index.
    publiek: Literal["bestuurlijk", "intern"] = "bestuurlijk"
    # One report per gebied, or per huisartspraktijk, aanbieder or team of the toegang within it.
    per: Literal["gebied", "praktijk", "aanbieder", "team"] = "gebied"
    xlsx: JaNee = False  # the tables of the report also as one workbook
    # 'blad': a single sheet, without cover, table of contents and annex.
    vorm: Literal["rapport", "blad"] = "rapport"
    hoofdstukken: tuple[str, ...]


M = TypeVar("M", bound=Model)


_RUST = 1e9  # nanoseconds that a file must be left alone before its time says whether it changed


def lees_model(model: type[M], pad: Path) -> M:
    """One YAML file as a model; raises ParameterFout that names every wrong key at once.

    Read once per process as long as the file doesn't change: every chapter of a report opens all cards.
    """
    try:
        stand = pad.stat()
    except OSError:
        return _lees_model(model, pad)
    if time.time_ns() - stand.st_mtime_ns < _RUST:
        return _lees_model(model, pad)
    return cast("M", _gelezen_model(model, pad, (stand.st_ino, stand.st_size, stand.st_mtime_ns)))


@lru_cache(maxsize=1024)
def _gelezen_model(model: type[Model], pad: Path, _stand: tuple[int, int, int]) -> Model:
    return _lees_model(model, pad)


def _lees_model(model: type[M], pad: Path) -> M:
    inhoud = lees_yaml(pad)
    try:
        return model.model_validate(inhoud, strict=False)
    except ValidationError as fout:
        raise ParameterFout(
            "Dit parameterbestand klopt niet.", waar=str(pad.name), doe=_uitleg(model, fout)
        ) from fout


def _uitleg(model: type[Model], fout: ValidationError) -> str:
    return " ".join(_een_fout(model, dict(deel)) for deel in fout.errors())


def _een_fout(model: type[Model], deel: dict[str, Any]) -> str:
    plek = ".".join(str(stap) for stap in deel["loc"])
    if deel["type"] == "extra_forbidden":
        bij = dichtstbij(str(deel["loc"][-1]), model.model_fields)
        return f"Sleutel {plek!r} bestaat niet" + (f"; bedoelde u {bij!r}?" if bij else ".")
    if deel["type"] == "missing":
        return f"Sleutel {plek!r} ontbreekt."
    reden = deel.get("ctx", {}).get("error") or deel["msg"]
    return f"Sleutel {plek!r}: {reden} (ontvangen: {deel.get('input')!r})."


def zoek_wortel(vanaf: Path | None = None) -> Path:
    """The folder of the kit: ANALYSE_MAP, else the nearest with params/regio.yaml upwards, else the checkout."""
    if os.environ.get("ANALYSE_MAP"):
        return Path(os.environ["ANALYSE_MAP"]).resolve()
    begin = (vanaf or Path.cwd()).resolve()
    kandidaten = [begin, *begin.parents, Path(__file__).resolve().parents[2]]
    for map_ in kandidaten:
        if (map_ / "params" / "regio.yaml").is_file():
            return map_
    raise ParameterFout(
        "De map van de kit is niet gevonden (params/regio.yaml ontbreekt).",
        waar=str(begin),
        doe="Start in de map van de kit, of zet ANALYSE_MAP op die map.",
    )


class Params:
    """All parameters of one checkout; every property reads its files once."""

    def __init__(self, wortel: Path) -> None:
        self.wortel = wortel
        self.map = wortel / "params"

    @classmethod
    def open(cls, wortel: Path | None = None) -> Params:
        """The parameters of the kit around `wortel` (default: the current folder)."""
        return cls(zoek_wortel(wortel))

    @cached_property
    def regio(self) -> Regio:
        """params/regio.yaml."""
        return lees_model(Regio, self.map / "regio.yaml")

    @cached_property
    def kaarten(self) -> dict[str, Kaart]:
        """Definition cards by indicator id, in file order; file name and id must be equal."""
        kaarten = {pad.stem: lees_model(Kaart, pad) for pad in sorted((self.map / "indicatoren").glob("*.yaml"))}
        for stam, kaart in kaarten.items():
            if stam != kaart.id:
                raise ParameterFout(
                    "De id van een definitiekaart is de naam van het bestand.",
                    ontvangen=kaart.id,
                    waar=f"{stam}.yaml",
                )
        return kaarten

    @cached_property
    def producten(self) -> pd.DataFrame:
        """params/producten.csv, all columns text; an empty productcode is the fallback of a whole categorie."""
        import pandas as pd  # a second of import time that most uses of the parameters don't need

        return pd.read_csv(self.map / "producten.csv", sep=";", dtype=str, keep_default_na=False)

    @property
    def edities(self) -> tuple[str, ...]:
        """The names of the editions, oldest first."""
        return tuple(sorted(pad.stem for pad in (self.map / "edities").glob("*.yaml")))

    def editie(self, naam: str) -> EditieParams:
        """One edition; raises ParameterFout with the nearest known name."""
        if naam not in self.edities:
            raise onbekend("Deze editie", naam, self.edities, waar="params/edities/")
        return lees_model(EditieParams, self.map / "edities" / f"{naam}.yaml")

    @property
    def rapporten(self) -> tuple[str, ...]:
        """The names of all reports, in order."""
        return tuple(sorted(pad.stem for pad in (self.map / "rapporten").glob("*.yaml")))

    def rapport(self, naam: str) -> RapportParams:
        """One report; raises ParameterFout with the nearest known name."""
        if naam not in self.rapporten:
            raise onbekend("Dit rapport", naam, self.rapporten, waar="params/rapporten/")
        return lees_model(RapportParams, self.map / "rapporten" / f"{naam}.yaml")
