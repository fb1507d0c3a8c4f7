"""Cycles in one table: the cheapest, no wider than the room, and shown again when not needed."""

from __future__ import annotations

import numpy as np
import pytest

from analyse.vrijgave.kring import GEEN, Dekking, Net, Staat, goedkoopste, keer_regio_om

INF = np.inf


def _net(op, neer=None):
    op = np.array(op, dtype=float)
    neer = op if neer is None else np.array(neer, dtype=float)
    return Net(op.copy(), neer.copy(), np.arange(op.size).reshape(op.shape))


def _staat(net, prijs, vast=()):
    n = net.cellen.size
    verborgen = np.isin(np.arange(n), vast)
    return Staat(
        np.array(prijs, dtype=float), np.full(n, 5.0), verborgen, verborgen.copy(), np.zeros(n, dtype=bool)
    )


def test_de_goedkoopste_rechthoek():
    net = _net(np.full((3, 3), 9.0))
    prijs = np.array([[1, 5, 1], [5, 9, 5], [2, 5, 1]], dtype=float)
    kosten, pad = goedkoopste(net, prijs, (0, 0), np.array([[5.0, 0.0]]))
    assert sorted(pad) == [(0, 2), (2, 0), (2, 2)]
    assert kosten == pytest.approx(4, abs=0.01)


def test_zonder_ruimte_geen_kring():
    net = _net(np.full((2, 2), 9.0), np.full((2, 2), 0.0))
    # One up means the other down, and nothing can go down.
    assert goedkoopste(net, np.zeros((2, 2)), (0, 0), np.array([[5.0, 0.0]])) == (INF, [])


def test_een_kring_mag_heen_en_terug_samen_breed_genoeg_zijn():
    net = _net([[3, 9], [9, 9]], [[2, 9], [9, 9]])
    dekking = Dekking([net], _staat(net, [1, 1, 1, 1], vast=[0]))
    assert dekking.probeer(0, gratis=False)
    assert dekking.staat.verborgen.all()


def test_een_langere_kring_als_die_niets_kost():
    """Hidden cells that touch corner to corner protect each other without a rectangle."""
    net = _net(np.full((3, 3), 9.0))
    vast = [0, 1, 4, 5, 8, 6]  # (0,0) (0,1) (1,1) (1,2) (2,2) (2,0)
    dekking = Dekking([net], _staat(net, np.ones(9), vast=vast))
    dekking.dek(vast, gratis=True)
    assert set(np.flatnonzero(dekking.staat.gedekt)) == set(vast)
    assert set(np.flatnonzero(dekking.staat.verborgen)) == set(vast)


def test_wat_niet_nodig_blijkt_wordt_weer_getoond():
    net = _net(np.full((3, 2), 9.0))
    dekking = Dekking([net], _staat(net, [1, 1, 1, 1, 1, 1], vast=[0, 2]))
    dekking.staat.verborgen[[4, 5]] = True
    dekking.bewijs = {4: (0, 4, 1, 5), 5: (0, 4, 1, 5)}
    dekking.dek([0, 2], gratis=False)
    assert set(np.flatnonzero(dekking.staat.verborgen)) == {0, 1, 2, 3}


def test_de_regio_beweegt_de_andere_kant_op():
    net = _net([[1, 2], [3, 4]], [[5, 6], [7, 8]])
    keer_regio_om(net, 1)
    assert net.op.tolist() == [[1, 2], [7, 8]]
    assert net.neer.tolist() == [[5, 6], [3, 4]]


def test_een_plek_zonder_cel_beweegt_vrij():
    net = _net(np.full((2, 2), 9.0))
    net.cellen[:, 1] = GEEN
    dekking = Dekking([net], _staat(net, [1, 1, 1, 1], vast=[0]))
    dekking.dek([0], gratis=False)
    assert set(np.flatnonzero(dekking.staat.verborgen)) == {0, 2}
