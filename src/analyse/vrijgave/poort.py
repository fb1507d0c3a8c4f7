"""The gate: the only way from a Meting (INTERN) to a Vrijgave (BESTUURLIJK), for the whole region at once.

Never per report: eight reports that each show their own figure beside the total of the region allow subtraction.
In order: what may be published at all, primary rules, the exact choice in parts that are small enough, secondary
suppression of the rest table by table, repair of what tables can't see, the exact choice where that hid more,
rounding. Everything is deterministic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.kern.fouten import DomeinFout
from analyse.kern.resultaat import Meting, Vrijgave, orden
from analyse.kern.schema import MATEN, SLEUTEL
from analyse.params import Drempels, Kaart, Params
from analyse.vrijgave import afgeleid, afronden, eerder, euro, herstel, nauwkeurig, primair, tabellen
from analyse.vrijgave.cellen import Bouwer, Cellen, Masker, Reeks, Regel, Sleutel, bits, splitsing_van
from analyse.vrijgave.families import families_van
from analyse.vrijgave.kwaliteit import geef_kwaliteit_vrij
from analyse.vrijgave.samenvoegen import Voorstel, met_voorstellen, voorstellen
from analyse.vrijgave.uitvoer import KOLOMMEN, Uitgever

# Above this share of hidden cells a mean isn't worth hiding counts for.
_VEEL = 0.6
# How often closing one table may ask for closing another.
_SLUITINGEN = 3


@dataclass(frozen=True)
class Audit:
    """Every hidden figure with the rule that hides it and what it was. INTERN.

    `tabel`: the key of the result table, `regel`, and the true `teller`, `noemer` and `waarde`. `voorstellen`: for
    tables of which much is hidden the merge that keeps the most; `onverklaard`: published figures that
    `params/families.yaml` doesn't name, which got the strictest reading.
    """

    tabel: pd.DataFrame
    voorstellen: tuple[Voorstel, ...] = ()
    onverklaard: tuple[str, ...] = ()

    @property
    def telling(self) -> pd.DataFrame:
        """How many figures each rule hides: indicator × regel."""
        return self.tabel.pivot_table(index="indicator", columns="regel", aggfunc="size", fill_value=0)


def geef_vrij(
    meting: Meting, *, params: Params, basis_kwaliteit: pd.DataFrame, vorige: Sequence[Vrijgave] = ()
) -> Vrijgave:
    """Release a Meting: what the cards publish, hidden and rounded so that nobody can be recognised.

    `basis_kwaliteit` has the columns of `kern.schema.BASIS['bevindingen']`; `vorige` are earlier releases, which
    an attacker has too. Raises DomeinFout when the figures contradict each other or can't be protected.
    """
    return geef_vrij_met_audit(meting, params=params, basis_kwaliteit=basis_kwaliteit, vorige=vorige)[0]


def geef_vrij_met_audit(
    meting: Meting, *, params: Params, basis_kwaliteit: pd.DataFrame, vorige: Sequence[Vrijgave] = ()
) -> tuple[Vrijgave, Audit]:
    """As `geef_vrij`, with the list of what was hidden and why (INTERN)."""
    drempels = params.regio.drempels
    families = families_van(params)
    alles = te_publiceren(meting.tabel, params.kaarten)
    tabel = families.zelfstandig(alles)
    vorige = [replace(eerdere, tabel=families.zelfstandig(eerdere.tabel)) for eerdere in vorige]
    breed = eerder.aangevuld(tabel, meting.tabel, vorige)
    cellen, reeksen = Bouwer(breed, params.regio.codes, families).cellen()
    eerder_verborgen = eerder.verwerk(breed, reeksen, vorige, drempels)
    # Under `afronden` small counts stay: rounding protects them, and only amounts are hidden.
    if drempels.beleid == "onderdrukken":
        primair.markeer(cellen, drempels)
    euro.markeer_euro(cellen, meting.tabel, drempels)
    eerder.markeer(cellen, reeksen, eerder_verborgen, vorige)
    cellen = bescherm(cellen, drempels) if reeksen else cellen
    uitgever = Uitgever(cellen, drempels, afronden.druk(cellen, drempels) if reeksen else {}, eerder_verborgen)
    uit, audit = _geef_uit(uitgever, reeksen, breed)
    if len(breed) > len(tabel):
        nu = pd.MultiIndex.from_frame(tabel[list(SLEUTEL)])
        uit, audit = (deel[pd.MultiIndex.from_frame(deel[list(SLEUTEL)]).isin(nu)] for deel in (uit, audit))
    uit, weg = afgeleid.voeg_toe(uit, alles, meting.tabel, families=families, drempels=drempels)
    audit = pd.concat([audit, weg], ignore_index=True) if len(weg) else audit
    samen = voorstellen(cellen, params)
    onverklaard = tuple(families_van(params).onbekend(params.kaarten))
    kwaliteit = met_voorstellen(geef_kwaliteit_vrij(basis_kwaliteit, drempels), samen)
    return Vrijgave(uit, kwaliteit=kwaliteit), Audit(audit, samen, onverklaard)


def te_publiceren(tabel: pd.DataFrame, kaarten: dict[str, Kaart]) -> pd.DataFrame:
    """The rows that a card publishes; everything else stays INTERN."""
    nummer, namen = pd.factorize(tabel["indicator"])
    mag = np.zeros((len(namen), 1 << len(codes.DIMENSIES)), dtype=bool)
    for rij, naam in enumerate(namen):
        if naam in kaarten:
            mag[rij, [bits(splitsing) for splitsing in kaarten[naam].publiceer]] = True
    return orden(tabel[mag[nummer, splitsing_van(tabel)]])


def bescherm(cellen: Cellen, drempels: Drempels) -> Cellen:
    """Hide what the marked cells need; afterwards each hidden cell keeps its interval.

    Gives the cells back, without `maten` when means are hidden with the counts around them rather than the other
    way round.
    """
    if _meest_verborgen(cellen):
        cellen = replace(cellen, maten=())
    gekozen = nauwkeurig.kies(cellen, drempels)
    tabellen.bescherm_tabellen(cellen, drempels, gratis=True)
    herstel.bewijs_vrij(cellen, drempels)
    tabellen.bescherm_tabellen(cellen, drempels, gratis=False)
    mislukt = herstel.herstel(cellen, drempels)
    if mislukt and cellen.maten:
        cellen = replace(cellen, maten=())
        mislukt = herstel.herstel(cellen, drempels)
    if mislukt:
        mislukt = _ondanks_eerder(cellen, drempels, mislukt)
    else:
        nauwkeurig.bespaar(cellen, drempels, gekozen)
    if mislukt:
        raise DomeinFout(
            "Niet alle kleine aantallen zijn te beschermen.",
            ontvangen=f"{len(mislukt)} cijfers",
            waar="vrijgave",
            doe="Publiceer minder uitsplitsingen (publiceer in de definitiekaart) of voeg categorieën samen.",
        )
    return cellen


def _ondanks_eerder(cellen: Cellen, drempels: Drempels, mislukt: list[herstel.Tafel]) -> list[herstel.Tafel]:
    """Close the tables that earlier editions give away; all others stay protected against who kept those.

    The closed ones are protected against who has only this edition. Returns what can't be protected even so.
    """
    if not any(blok.bekend.any() for blok in cellen):
        return mislukt
    met = {blok.sleutel: (blok.bekend, blok.gedekt) for blok in cellen}
    zonder = {blok.sleutel: (np.zeros_like(blok.bekend), np.zeros_like(blok.gedekt)) for blok in cellen}
    for _ in range(_SLUITINGEN):
        eerder.sluit(cellen, mislukt)
        verborgen = _aantal_verborgen(cellen)
        toch_bekend = _herstel_als(cellen, drempels, met)
        mislukt = _herstel_als(cellen, drempels, zonder)
        if not mislukt and _aantal_verborgen(cellen) == verborgen:
            break
        mislukt = [*mislukt, *toch_bekend]
    mislukt = _herstel_als(cellen, drempels, zonder)
    for blok in cellen:
        blok.bekend, blok.gedekt = met[blok.sleutel]
    return mislukt


def _herstel_als(
    cellen: Cellen, drempels: Drempels, kennis: dict[Sleutel, tuple[Masker, Masker]]
) -> list[herstel.Tafel]:
    """Repair against somebody with this knowledge: per block what is known, and what is proved against it."""
    for blok in cellen:
        blok.bekend, blok.gedekt = kennis[blok.sleutel]
    mislukt = herstel.herstel(cellen, drempels)
    for blok in cellen:
        kennis[blok.sleutel] = (blok.bekend, blok.gedekt)
    return mislukt


def _aantal_verborgen(cellen: Cellen) -> int:
    return sum(int(blok.verborgen.sum()) for blok in cellen)


def _meest_verborgen(cellen: Cellen) -> bool:
    """Whether so much is hidden already that means are better hidden along."""
    iets = sum(int((blok.waarde > 0).sum()) for blok in cellen)
    return _aantal_verborgen(cellen) > _VEEL * iets


def _geef_uit(uitgever: Uitgever, reeksen: list[Reeks], tabel: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    kolommen = {naam: tabel[naam].to_numpy(dtype=float if naam in MATEN else object) for naam in KOLOMMEN}
    regel = np.zeros(len(tabel), dtype=np.int8)
    uit = {naam: kolom.copy() for naam, kolom in kolommen.items()}
    for reeks in reeksen:
        rijen = uitgever.geef_uit(reeks, kolommen)
        regel[reeks.rijen] = rijen.regel
        for naam, kolom in rijen.klaar().items():
            uit[naam][reeks.rijen] = kolom
    tekst = {naam: pd.Series(uit[naam], index=tabel.index, dtype="str") for naam in ("methode", "status")}
    return tabel.assign(**{maat: uit[maat] for maat in MATEN}, **tekst), _audit(tabel, regel)


def _audit(echt: pd.DataFrame, regel: NDArray[np.int8]) -> pd.DataFrame:
    verborgen = echt[regel > 0][[*SLEUTEL, "teller", "noemer", "waarde"]]
    namen = [Regel(nummer).naam for nummer in regel[regel > 0]]
    return verborgen.assign(regel=pd.Series(namen, index=verborgen.index, dtype="str")).reset_index(drop=True)
