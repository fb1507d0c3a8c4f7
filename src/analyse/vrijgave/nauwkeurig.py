"""Hide the least that is safe, per small part of the system: before the heuristic, and again where it hid more.

A part is a set of cells that can move together while totals and zeros stay as they are, so that what is hidden
in one part says nothing about the proof in another. Parts with too many cells are left as the heuristic made
them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analyse.params import Drempels
from analyse.vrijgave.cellen import Cellen, Masker, Regel, Sleutel
from analyse.vrijgave.snede import Snijder
from analyse.vrijgave.stelsel import Bouw
from analyse.vrijgave.tijd import Nummers
from analyse.vrijgave.vergelijkingen import Stelsel

# Per block the cells of parts in which the least is hidden already.
Gekozen = dict[Sleutel, Masker]

# With fewer cells hidden for others there is nothing to choose.
_MINSTENS = 2


def kies(cellen: Cellen, drempels: Drempels) -> Gekozen:
    """Hide the least that is safe in parts that are small enough, before anything else is hidden for others.

    Sets `gedekt` where that is enough; what needs totals or zeros, or is in a large part, is left to the
    heuristic.
    Returns the cells of the parts in which nothing is left to do.
    """
    if not drempels.nauwkeurig_rondes:
        return {}
    s = Bouw(cellen, drempels, opnieuw=True).stelsel()
    mag = np.isfinite(s.prijs) & ~s.vrij & ~s.totaal & ~s.nul
    verborgen, gedekt, klaar = np.zeros_like(mag), np.zeros_like(mag), np.zeros_like(mag)
    for deel in delen(s, mag, s.vrij & (s.breedte > 0)):
        if 0 < mag[deel].sum() <= drempels.nauwkeurig_cellen:
            snijder = Snijder(deelstelsel(s, deel), s.vrij[deel], mag[deel])
            keuze = snijder.van_niets(rondes=drempels.nauwkeurig_rondes)
            if keuze is not None:
                verborgen[deel], te_eng = keuze.verborgen, snijder.te_eng()
                gedekt[deel] = (s.vrij[deel] | keuze.verborgen) & ~te_eng
                klaar[deel] = not te_eng.any()
    _schrijf_nieuw(cellen, s, verborgen, gedekt)
    return {blok.sleutel: klaar[s.kolommen[blok.sleutel]] & blok.bestaat for blok in cellen}


def _schrijf_nieuw(cellen: Cellen, s: Stelsel, verborgen: Masker, gedekt: Masker) -> None:
    cel, rest = s.resten
    gedekt[cel[~gedekt[rest]]] = False  # so that the remainder is asked for again
    for blok in cellen:
        kolommen = s.kolommen[blok.sleutel]
        blok.verberg(verborgen[kolommen], Regel.SECUNDAIR)
        blok.gedekt |= gedekt[kolommen] & blok.verborgen & ~blok.bekend


def bespaar(cellen: Cellen, drempels: Drempels, gekozen: Gekozen) -> None:
    """Hide less where that is as safe; nothing that a rule hides is shown again.

    `gekozen`: what `kies` gave; where nothing was hidden since, nothing is to be won.
    """
    s = Bouw(cellen, drempels, opnieuw=True).stelsel()
    secundair, klaar = _kolommen(cellen, s, Regel.SECUNDAIR), np.zeros(len(s.op), dtype=bool)
    for blok in cellen:
        klaar[s.kolommen[blok.sleutel][gekozen.get(blok.sleutel, np.zeros_like(blok.bestaat))]] = True
    verborgen = secundair.copy()
    mag = secundair | (np.isfinite(s.prijs) & ~s.vrij & ~s.totaal & ~s.nul)
    for deel in delen(s, mag, secundair & ~klaar):
        if secundair[deel].sum() >= _MINSTENS and mag[deel].sum() <= drempels.nauwkeurig_cellen:
            snijder = Snijder(deelstelsel(s, deel), s.vrij[deel] & ~secundair[deel], mag[deel])
            keuze = snijder.beste(secundair[deel], rondes=drempels.nauwkeurig_rondes)
            verborgen[deel] = keuze.verborgen
    _schrijf(cellen, s, verborgen)


def delen(s: Stelsel, mag: Masker, doel: Masker) -> Iterator[Nummers]:
    """The columns of every part that holds one of `doel`."""
    kolommen = np.flatnonzero(s.vrij | mag)
    matrix = coo_array(s.matrix[:, kolommen])
    n = matrix.shape[0]
    graaf = coo_array((np.ones(matrix.nnz), (matrix.row, matrix.col + n)), shape=(n + len(kolommen),) * 2)
    label = connected_components(graaf, directed=False)[1][n:]
    for deel in np.unique(label[doel[kolommen]]):
        yield kolommen[label == deel]


def deelstelsel(s: Stelsel, kolommen: Nummers) -> Stelsel:
    """Only these columns and their equations, with everything still to be proved."""
    matrix = s.matrix[:, kolommen]
    matrix = matrix[np.diff(matrix.indptr) > 0]
    kolom = {
        naam: getattr(s, naam)[kolommen]
        for naam in ("op", "neer", "prijs", "vrij", "breedte", "totaal", "nul", "periode")
    }
    geen = np.zeros(0, dtype=np.intp)
    return Stelsel(
        matrix=matrix, gedekt=np.zeros(len(kolommen), dtype=bool), kolommen={}, resten=(geen, geen), **kolom
    )


def _kolommen(cellen: Cellen, s: Stelsel, regel: Regel) -> Masker:
    uit = np.zeros(len(s.op), dtype=bool)
    for blok in cellen:
        uit[s.kolommen[blok.sleutel][blok.regel == regel]] = True
    return uit & s.vrij


def _schrijf(cellen: Cellen, s: Stelsel, verborgen: Masker) -> None:
    for blok in cellen:
        kies = verborgen[s.kolommen[blok.sleutel]] & blok.bestaat
        weer = (blok.regel == Regel.SECUNDAIR) & ~kies & ~blok.bekend
        blok.regel[weer] = Regel.GETOOND
        blok.verberg(kies, Regel.SECUNDAIR)
        blok.gedekt &= ~weer
