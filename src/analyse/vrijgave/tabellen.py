"""Secondary suppression table by table: gemeente × category with the region, one table per period.

Totals of the categories are held as they are, so that what is proved for one table holds for all tables that
share those totals, and tables can be done one by one. What can't be protected so (hidden totals, counts tied by
flows over the periods) is left for `herstel`.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analyse.params import Drempels
from analyse.vrijgave.cellen import Blok, Cellen, Regel, Sleutel
from analyse.vrijgave.gewichten import prijzen
from analyse.vrijgave.kring import GEEN, Dekking, Net, Nummers, Staat, keer_regio_om
from analyse.vrijgave.primair import totaal_van
from analyse.vrijgave.ruimte import Ruimte, breedtes, gepubliceerd, ruimtes

# Attempts per table, and what makes them the same in every run.
_POGINGEN = 8
_ZAAD = 9


def bescherm_tabellen(cellen: Cellen, drempels: Drempels, *, gratis: bool) -> None:
    """Hide what is needed in every table that can be done by itself; sets `gedekt` where that is proved.

    `gratis`: only prove what is safe already.
    """
    ruimte = ruimtes(cellen, drempels)
    gebonden = _gebonden(cellen)
    for blok in cellen:
        los = len(blok.splitsing) == 1 or cellen.splitsingen(blok.grootheid.naam) == [()]
        if los and blok.sleutel not in gebonden and blok.verborgen.any():
            _bescherm(cellen, blok, ruimte[blok.sleutel], drempels, gratis=gratis)


def _gebonden(cellen: Cellen) -> set[Sleutel]:
    """Blocks that can't move by themselves: stocks, flows, parts of a sum or shorter periods are published too."""
    groepen: list[tuple[str, ...]] = [stroom.namen for stroom in cellen.families.stromen]
    groepen += [(som.geheel, *som.delen) for som in cellen.families.sommen]
    samen = [gepubliceerd(cellen, namen, blok.splitsing) for namen in groepen for blok in cellen]
    uit = {blok.sleutel for blokken in samen if len(blokken) > 1 for blok in blokken}
    return uit | {blok.sleutel for blok in cellen if _gelaagd(cellen, blok)}


def _gelaagd(cellen: Cellen, blok: Blok) -> bool:
    """Whether a block holds a period and a shorter one within it that tells something about it."""
    heeft = np.asarray(blok.bestaat.any(axis=tuple(a for a in range(blok.waarde.ndim) if a != 1)))
    lagen = cellen.tijd.lagen if blok.grootheid.perioden != "los" else ()
    return any(heeft[t] and heeft[kort].any() for t, kort, _ in lagen)


def _bescherm(cellen: Cellen, blok: Blok, ruimte: Ruimte, drempels: Drempels, *, gratis: bool) -> None:
    nummers = np.arange(blok.waarde.size).reshape(blok.waarde.shape)
    staat = Staat(
        prijs=prijzen(cellen, blok).ravel(),
        breedte=breedtes(blok, drempels).ravel(),
        vast=blok.verborgen.ravel(),
        verborgen=blok.verborgen.flatten(),
        gedekt=(blok.gedekt | blok.bekend).ravel(),
    )
    groot_eerst = np.argsort(-blok.waarde.ravel(), kind="stable")
    open_ = groot_eerst[(staat.vast & ~staat.gedekt)[groot_eerst]]
    rng = np.random.default_rng(_ZAAD)
    for t in range(len(cellen.perioden)):
        doelen = open_[np.isin(open_, nummers[:, t])]
        if len(doelen):
            net = _net(cellen, blok, ruimte, nummers, t)
            _neem_over(staat, _beste(net, staat, doelen, rng, pogingen=1 if gratis else _POGINGEN))
    blok.verberg(staat.verborgen.reshape(blok.waarde.shape), Regel.SECUNDAIR)
    blok.gedekt |= staat.gedekt.reshape(blok.waarde.shape) & ~blok.bekend


def _beste(net: Net, staat: Staat, doelen: Nummers, rng: np.random.Generator, *, pogingen: int) -> Staat:
    """The cheapest of some ways to protect a table: cells one after the other, in more than one order.

    With one attempt only what is safe already is proved. Later attempts also see somewhat different prices, so
    that they don't all fall for the same cheap cell.
    """
    beste, laagste = staat, (np.inf, np.inf)
    for poging in range(pogingen):
        prijs = staat.prijs * (rng.uniform(0.6, 1.6, len(staat.prijs)) if poging else 1.0)
        proef = replace(staat, prijs=prijs, verborgen=staat.verborgen.copy(), gedekt=staat.gedekt.copy())
        volgorde = rng.permutation(doelen) if poging else doelen
        Dekking([net], proef).dek([int(cel) for cel in volgorde], gratis=pogingen == 1)
        nieuw = proef.verborgen & ~staat.verborgen
        kosten = (float((~proef.gedekt[doelen]).sum()), float(staat.prijs[nieuw].sum()))
        if kosten < laagste:
            beste, laagste = proef, kosten
    return beste


def _neem_over(staat: Staat, ander: Staat) -> None:
    staat.verborgen[:] = ander.verborgen
    staat.gedekt[:] = ander.gedekt


def _net(cellen: Cellen, blok: Blok, ruimte: Ruimte, nummers: Nummers, t: int) -> Net:
    """One period as a net, with a row or column for what sums may exceed their total by."""
    waarde = _plat(blok.waarde, t)
    rijen, kolommen = waarde.shape
    speling = not blok.splitsing or blok.splitsing[0] in blok.grootheid.overlap
    vorm = (rijen + int(blok.grootheid.uniek), kolommen + int(speling))
    net = Net(np.full(vorm, np.inf), np.full(vorm, np.inf), np.full(vorm, GEEN))
    net.op[:rijen, :kolommen], net.neer[:rijen, :kolommen] = _plat(ruimte.op, t), _plat(ruimte.neer, t)
    net.cellen[:rijen, :kolommen] = _plat(nummers, t)
    # Nobody publishes what a sum exceeds its total by, so it moves freely, down to 0.
    if blok.grootheid.uniek:
        net.op[rijen, :kolommen] = np.nan_to_num(np.nansum(waarde[:-1], axis=0) - waarde[-1])
    if blok.splitsing and speling:
        totaal = totaal_van(cellen, blok, 0)[:, t, 0]
        net.op[:rijen, kolommen] = np.nan_to_num(np.nansum(waarde, axis=1) - totaal)
    keer_regio_om(net, rijen - 1)
    return net


def _plat(matrix: NDArray, t: int) -> NDArray:
    """One period as gebied × category; a block without split has one column."""
    return matrix[:, t].reshape(len(matrix), -1)
