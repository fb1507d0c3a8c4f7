"""Colours are chosen by measuring: contrast on white, and distance under colour blindness."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from analyse.weergave import palet

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
BLINDHEID = {
    "geen": np.eye(3),
    "protanopie": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopie": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritanopie": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)
LIJNEN = (*palet.REEKSEN, palet.VERGELIJKING)


def lab(kleur: str, blindheid: str) -> np.ndarray:
    """CIELAB of a colour as somebody with that colour blindness sees it."""
    rgb = np.array([int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    lineair = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = XYZ @ np.clip(BLINDHEID[blindheid] @ lineair, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_contrast_van_bekende_paren():
    assert palet.contrast("#000000") == pytest.approx(21)
    assert palet.contrast("#ffffff") == pytest.approx(1)
    assert palet.contrast("#767676") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("kleur", LIJNEN)
def test_lijnen_hebben_contrast_op_wit(kleur):
    assert palet.contrast(kleur) >= 3


@pytest.mark.parametrize("kleur", [palet.INKT, palet.GRIJS_TEKST, palet.ACCENT])
def test_tekst_heeft_contrast_op_wit(kleur):
    assert palet.contrast(kleur) >= 4.5


@pytest.mark.parametrize("blindheid", BLINDHEID)
def test_reeksen_blijven_uit_elkaar_bij_kleurenblindheid(blindheid):
    afstanden = [
        float(np.linalg.norm(lab(een, blindheid) - lab(ander, blindheid)))
        for een, ander in itertools.combinations(LIJNEN, 2)
    ]
    assert min(afstanden) >= 12


def test_vorm_en_streep_verschillen_ook():
    assert len(set(palet.VORMEN)) == len(set(map(str, palet.STREPEN))) == len(palet.REEKSEN)
