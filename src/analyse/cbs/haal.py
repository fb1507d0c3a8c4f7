"""`analyse cbs`: fetch the tables and put them beside the other reference figures.

Per table two files: `cbs_<tabel>.csv` with the region and the country (small, can be read and compared by eye),
and `cbs_<tabel>_overig.csv.gz` with all other gemeenten, for funnels and neighbours. Half-years are kept for the
region and the country only. Single years of age go to `bevolking_leeftijd.csv.gz`, and `bevolking.csv` takes
over the number of 0-22 for the gemeenten it holds. Figures of earlier years that CBS no longer sends stay.

A table that fails keeps its old files, and the others go on; when nothing answers at all we stop at once.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analyse.cbs.klant import CbsFout, Klant, ODataKlant, Onbereikbaar
from analyse.cbs.lezen import KOLOMMEN, LAND, LEEFTIJD, SLEUTEL, Gelezen, lees
from analyse.cbs.tabellen import TABELLEN
from analyse.kern.bestanden import schrijf_bytes
from analyse.kern.fouten import onbekend

JAREN = 3
OVERIG = "_overig.csv.gz"
LEEFTIJDEN_BESTAND, BEVOLKING_BESTAND, NAMEN_BESTAND = (
    "bevolking_leeftijd.csv.gz",
    "bevolking.csv",
    "gemeenten.csv",
)


@dataclass(frozen=True)
class Verslag:
    """What a fetch did: table to a sentence (`gehaald`) or an error (`mislukt`); `gebleven`: what is there."""

    gehaald: dict[str, str]
    mislukt: dict[str, str]
    gebleven: tuple[str, ...]

    @property
    def exitcode(self) -> int:
        """0, or 11 when any table failed."""
        return CbsFout.exitcode if self.mislukt else 0

    @property
    def tekst(self) -> str:
        """The report in Dutch, one line per table; tables that failed in the same way share theirs."""
        regels = [f"{tabel}: {zin}" for tabel, zin in self.gehaald.items()]
        for zin in dict.fromkeys(self.mislukt.values()):
            samen = ", ".join(tabel for tabel, reden in self.mislukt.items() if reden == zin)
            regels.append(f"{samen}: niet gehaald. {zin}")
        if self.mislukt:
            namen = ", ".join(self.gebleven) or "geen enkele"
            regels.append(f"Er is niets weggegooid. De rapporten rekenen met wat er al was: {namen}.")
        return "\n".join(regels)


def haal(
    map_: Path, *, klant: Klant | None = None, tabellen: Iterable[str] | None = None, jaren: int = JAREN
) -> Verslag:
    """Fetch `tabellen` (default: all of `TABELLEN`) into `map_`, the last `jaren` years of each.

    Raises ParameterFout for an unknown table; failures of CBS are in the report, never raised.
    """
    namen = list(TABELLEN) if tabellen is None else list(tabellen)
    for naam in namen:
        if naam not in TABELLEN:
            raise onbekend("Deze tabel van CBS", naam, TABELLEN)
    bron, eigen = klant or ODataKlant(), _eigen(map_)
    gehaald: dict[str, str] = {}
    mislukt: dict[str, str] = {}
    for naam in namen:
        try:
            gehaald[naam] = _schrijf(map_, naam, lees(bron, TABELLEN[naam], jaren=jaren), eigen)
        except Onbereikbaar as fout:
            mislukt |= dict.fromkeys(namen[namen.index(naam) :], fout.tekst)
            break
        except CbsFout as fout:
            mislukt[naam] = fout.tekst
        except (KeyError, TypeError, ValueError) as fout:
            mislukt[naam] = CbsFout(
                "Deze tabel van CBS heeft een andere vorm dan wij kennen.", waar=repr(fout)
            ).tekst
    return Verslag(gehaald, mislukt, tuple(sorted(pad.name for pad in map_.glob("cbs_*.csv*"))))


def _eigen(map_: Path) -> frozenset[str]:
    """The gemeenten of the region: those whose inhabitants we count with."""
    pad = map_ / BEVOLKING_BESTAND
    return frozenset(_lees(pad)["gebied"]) if pad.is_file() else frozenset()


def _schrijf(map_: Path, naam: str, gelezen: Gelezen, eigen: frozenset[str]) -> str:
    """Write what one table gives; returns a sentence about it."""
    rijen = gelezen.rijen
    leeftijd = rijen["maat"].str.startswith(LEEFTIJD)
    dichtbij = rijen["gebied"].isin(eigen | {LAND})
    heel_jaar = ~rijen["periode"].str.contains("-H")
    _voeg_samen(map_ / f"cbs_{naam}.csv", rijen[dichtbij & ~leeftijd])
    _voeg_samen(map_ / f"cbs_{naam}{OVERIG}", rijen[~dichtbij & ~leeftijd & heel_jaar])
    if leeftijd.any():
        _voeg_samen(map_ / LEEFTIJDEN_BESTAND, rijen[leeftijd])
        _werk_bevolking_bij(map_ / BEVOLKING_BESTAND, rijen)
    if gelezen.namen:
        _werk_namen_bij(map_ / NAMEN_BESTAND, gelezen.namen, naam)
    return _zin(gelezen)


def _zin(gelezen: Gelezen) -> str:
    rijen = gelezen.rijen
    perioden = sorted(set(rijen["periode"]))
    zin = (
        f"{len(rijen)} cijfers van {rijen['gebied'].nunique()} gebieden, {perioden[0]} tot en met {perioden[-1]}, "
        f"bijgewerkt door CBS op {rijen['datum'].iloc[0] or 'onbekende datum'}."
    )
    if not gelezen.onbekend:
        return zin
    voorbeeld = "; ".join(gelezen.onbekend[:3])
    return f"{zin} {len(gelezen.onbekend)} titels kennen wij niet en zijn overgeslagen, zoals: {voorbeeld}."


def _voeg_samen(pad: Path, nieuw: pd.DataFrame) -> None:
    """New rows over old ones with the same key; nothing is written when there is nothing new."""
    if nieuw.empty:
        return
    nieuw = nieuw.assign(waarde=[_getal(waarde) for waarde in nieuw["waarde"]])
    oud = _lees(pad) if pad.is_file() else nieuw.iloc[:0]
    alles = pd.concat([nieuw, oud[KOLOMMEN]]).drop_duplicates(SLEUTEL).sort_values(SLEUTEL)
    _bewaar(pad, alles[KOLOMMEN])


def _werk_bevolking_bij(pad: Path, rijen: pd.DataFrame) -> None:
    """Counts of CBS in the place of estimates, for the gebieden that the file holds."""
    if not pad.is_file():
        return
    oud = _lees(pad)
    som = rijen[rijen["maat"].eq("inwoners") & rijen["categorie"].eq("0-22") & rijen["gebied"].isin(oud["gebied"])]
    nieuw = pd.DataFrame(
        {
            "gebied": som["gebied"],
            "jaar": som["periode"],
            "leeftijd": som["categorie"],
            "aantal": [_getal(waarde) for waarde in som["waarde"]],
            "bron": som["bron"],
            "status": som["status"],
        }
    )
    sleutel = ["gebied", "jaar", "leeftijd"]
    alles = pd.concat([nieuw, oud]).drop_duplicates(sleutel)
    _bewaar(pad, alles.sort_values(["jaar", "gebied", "leeftijd"])[list(oud.columns)])


def _werk_namen_bij(pad: Path, namen: dict[str, str], tabel: str) -> None:
    nieuw = pd.DataFrame({"gebied": list(namen), "naam": list(namen.values()), "bron": f"CBS StatLine {tabel}"})
    oud = _lees(pad) if pad.is_file() else nieuw.iloc[:0]
    _bewaar(pad, pd.concat([nieuw, oud]).drop_duplicates("gebied").sort_values("gebied"))


def _getal(waarde: float) -> str:
    """Shortest exact text; empty for what CBS doesn't give."""
    if pd.isna(waarde):
        return ""
    return str(int(waarde)) if float(waarde).is_integer() else repr(float(waarde))


def _lees(pad: Path) -> pd.DataFrame:
    return pd.read_csv(pad, sep=";", dtype=str, keep_default_na=False)


def _bewaar(pad: Path, tabel: pd.DataFrame) -> None:
    """Whole or not at all; the same rows give the same bytes."""
    tekst = tabel.to_csv(None, sep=";", index=False, lineterminator="\n").encode("utf-8")
    schrijf_bytes(pad, gzip.compress(tekst, mtime=0) if pad.suffix == ".gz" else tekst)
