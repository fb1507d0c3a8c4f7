"""Where units go: bands from what they were to what came next, each as wide as its count.

Only transitions that may be seen are drawn. What is hidden is left out and said in a note: a band for "the rest"
would be the difference with a total, and so give away what was hidden. The places have no numbers of their own,
because the sum of what is drawn isn't the published total; a mark shows how wide a round number is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from analyse.kern.fouten import ParameterFout
from analyse.weergave import opmaak, palet
from analyse.weergave.grafiek import assen, noten
from analyse.weergave.grafiek.gegevens import gereed
from analyse.weergave.grafiek.uitkomst import Grafiek
from analyse.weergave.thema import KLEIN, REGEL, TEKST, thema

_BANDEN = 190.0  # room for the bands beside what the names ask for, in points
_TUSSEN = 4.0  # between two places, at least
_BLOK = 6.0  # width of a place
_TEKENS = 15
_KOP = 18.0
_VOET = 22.0
_VERTELD = 3  # bands that the alt text tells
# Light for who goes nowhere new, dark for the others: apart in grey print as well.
_RUSTIG, _NIEUW = palet.RASTER, "#7fa3b8"


@dataclass(frozen=True)
class _Kant:
    """The places on one side: their names, and from where to where each lies (points from the top)."""

    namen: tuple[str, ...]
    boven: np.ndarray
    onder: np.ndarray


def stroom(
    data: pd.DataFrame, *, koppen: tuple[str, str], wat: str, rustig: Collection[str] = (), eenheid: str = "aantal"
) -> Grafiek:
    """Bands from `van` to `naar`; columns `van, naar, aantal` and when there `status`.

    Places stand in order of first appearance. `koppen` name the two sides, `wat` says what is counted ('beëindigde
    trajecten'); `rustig` are places on the right that are drawn lightly. Raises ParameterFout without a band.
    """
    rijen = gereed(data.assign(waarde=data.get("aantal")), ("van", "naar", "waarde"), grafiek="stroom")
    getekend = rijen[rijen["waarde"].gt(0)].reset_index(drop=True)
    if getekend.empty:
        raise ParameterFout(
            "De stroomgrafiek heeft minstens een overgang nodig die te zien is.",
            ontvangen=f"{len(rijen)} overgangen zonder cijfer",
            doe="Toon in plaats daarvan waarom er niets te zien is.",
        )
    sommen = [_sommen(rijen, getekend, kant) for kant in ("van", "naar")]
    with thema():
        figuur = _teken(getekend, sommen, (koppen, wat), rustig)
    return Grafiek(
        figuur=figuur,
        tabel=_tabel(getekend, koppen, eenheid),
        alt=_alt(getekend, wat, eenheid),
        noten=_noten(rijen),
    )


def _sommen(rijen: pd.DataFrame, getekend: pd.DataFrame, kolom: str) -> pd.Series:
    """What is drawn per place, in order of first appearance among all rows."""
    som = getekend.groupby(kolom)["waarde"].sum()
    return som.loc[[naam for naam in dict.fromkeys(rijen[kolom]) if naam in som.index]]


def _op_grootte(rijen: pd.DataFrame) -> pd.DataFrame:
    return rijen.sort_values("waarde", ascending=False, kind="stable")


def _tabel(rijen: pd.DataFrame, koppen: tuple[str, str], eenheid: str) -> pd.DataFrame:
    """The drawn bands, the widest first: a list reads better aloud than a matrix."""
    op = _op_grootte(rijen)
    cellen = [opmaak.cel(w, eenheid, s) for w, s in zip(op["waarde"], op["status"], strict=True)]
    van, naar = (op[kolom].astype(str).to_list() for kolom in ("van", "naar"))
    return pd.DataFrame({koppen[0]: van, koppen[1]: naar, _kop(eenheid): cellen})


def _kop(eenheid: str) -> str:
    return "Aantal" if eenheid == "aantal" else "Aandeel"


def _alt(rijen: pd.DataFrame, wat: str, eenheid: str) -> str:
    eerste = _op_grootte(rijen).head(_VERTELD)
    delen = [
        f"van {van} naar {naar}: {opmaak.waarde(waarde, eenheid)}"
        for van, naar, waarde in zip(eerste["van"], eerste["naar"], eerste["waarde"], strict=True)
    ]
    return f"Stroomgrafiek van {wat}. De grootste overgangen: {'; '.join(delen)}."


def _noten(rijen: pd.DataFrame) -> tuple[str, ...]:
    weg = int(rijen["status"].eq("verborgen").sum())
    gemist = ("Overgangen die te klein zijn om te tonen, staan niet in de grafiek.",) if weg else ()
    return (*gemist, *noten.tekens(set(rijen["status"]) - {"verborgen", "geen_waarneming", "niet_leverbaar"}))


def _teken(
    rijen: pd.DataFrame,
    sommen: Sequence[pd.Series],
    teksten: tuple[tuple[str, str], str],
    rustig: Collection[str],
) -> Figure:
    koppen, wat = teksten
    labels = [[assen.afbreken(str(naam), _TEKENS) for naam in som.index] for som in sommen]
    regels = [_labelhoogten(eigen) for eigen in labels]
    hoog = max(float(eigen.sum()) for eigen in regels) + _BANDEN
    schaal = min(_per_eenheid(som.to_numpy(), eigen, hoog) for som, eigen in zip(sommen, regels, strict=True))
    links, rechts = (_kant(som, eigen, (schaal, hoog)) for som, eigen in zip(sommen, regels, strict=True))
    marges = (assen.breedste(labels[0], TEKST) + 10, assen.breedste(labels[1], TEKST) + 10, _KOP, _VOET)
    figuur, as_ = assen.doek(hoog + _KOP + _VOET, marges)
    breed, _ = assen.maten(as_)
    as_.set_xlim(0, breed)
    as_.set_ylim(hoog, 0)
    _teken_banden(as_, rijen, (links, rechts), schaal, rustig)
    for kant, x, tekst in ((links, 0.0, labels[0]), (rechts, breed - _BLOK, labels[1])):
        _teken_plekken(as_, kant, x, tekst)
    for x, kop, plaats in ((0.0, koppen[0], "left"), (breed, koppen[1], "right")):
        as_.text(x, -6, kop, ha=plaats, va="bottom", fontsize=KLEIN, color=palet.GRIJS_TEKST)
    _teken_maat(as_, schaal, wat)
    return figuur


def _labelhoogten(labels: Sequence[str]) -> np.ndarray:
    return np.array([TEKST * REGEL * (label.count("\n") + 1) + _TUSSEN for label in labels])


def _per_eenheid(aantallen: np.ndarray, regels: np.ndarray, hoog: float) -> float:
    """Points per unit so that every place has room for its name and all fit: halved in until it does."""
    laag, boven = 0.0, hoog / float(aantallen.sum())
    for _ in range(40):
        midden = (laag + boven) / 2
        past = np.maximum(aantallen * midden + _TUSSEN, regels).sum() <= hoog
        laag, boven = (midden, boven) if past else (laag, midden)
    return laag


def _kant(som: pd.Series, regels: np.ndarray, maat: tuple[float, float]) -> _Kant:
    """The places of one side, each in the middle of its room; what is over goes between them."""
    schaal, hoog = maat
    dikte = som.to_numpy(dtype=float) * schaal
    vak = np.maximum(dikte + _TUSSEN, regels)
    vak += (hoog - float(vak.sum())) / len(vak)
    boven = np.concatenate([[0.0], np.cumsum(vak)[:-1]]) + (vak - dikte) / 2
    return _Kant(tuple(map(str, som.index)), boven, boven + dikte)


def _teken_banden(
    as_: Axes, rijen: pd.DataFrame, kanten: tuple[_Kant, _Kant], schaal: float, rustig: Collection[str]
) -> None:
    links, rechts = kanten
    vrij = {
        0: dict(zip(links.namen, links.boven, strict=True)),
        1: dict(zip(rechts.namen, rechts.boven, strict=True)),
    }
    volgorde = {naam: plek for plek, naam in enumerate(rechts.namen)}
    breed = as_.get_xlim()[1]
    for van in links.namen:
        eigen = rijen[rijen["van"].eq(van)]
        for naar, aantal in sorted(
            zip(eigen["naar"].astype(str), eigen["waarde"], strict=True), key=lambda paar: volgorde[paar[0]]
        ):
            dikte = float(aantal) * schaal
            y = (float(vrij[0][van]), float(vrij[1][naar]))
            vrij[0][van] += dikte
            vrij[1][naar] += dikte
            kleur = _RUSTIG if naar in rustig else _NIEUW
            as_.add_patch(PathPatch(_band(y, dikte, breed), facecolor=kleur, edgecolor=palet.WIT, linewidth=0.5))


def _band(y: tuple[float, float], dikte: float, breed: float) -> Path:
    """A band of even height from the left place to the right one."""
    a, b, midden = _BLOK, breed - _BLOK, breed / 2
    punten = [
        (a, y[0]), (midden, y[0]), (midden, y[1]), (b, y[1]),
        (b, y[1] + dikte), (midden, y[1] + dikte), (midden, y[0] + dikte), (a, y[0] + dikte), (a, y[0]),
    ]  # fmt: skip
    stappen = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    return Path(punten, stappen)


def _teken_plekken(as_: Axes, kant: _Kant, x: float, labels: Sequence[str]) -> None:
    rechts = x > 0
    buiten = x + _BLOK + 6 if rechts else x - 6
    for boven, onder, label in zip(kant.boven, kant.onder, labels, strict=True):
        as_.add_patch(Rectangle((x, boven), _BLOK, onder - boven, color=palet.INKT, linewidth=0, zorder=3))
        as_.text(
            buiten,
            (boven + onder) / 2,
            label,
            ha="left" if rechts else "right",
            va="center",
            linespacing=assen.REGELAFSTAND,
        )


def _teken_maat(as_: Axes, schaal: float, wat: str) -> None:
    """A mark as wide as a round number of units."""
    aantal = next((n for n in (1000, 500, 100, 50, 10) if n * schaal <= _VOET - 6), 10)
    hoog = aantal * schaal
    y = as_.get_ylim()[0] + 8
    as_.add_patch(Rectangle((0, y), _BLOK, hoog, color=palet.INKT, linewidth=0, clip_on=False))
    tekst = f"deze hoogte: {opmaak.getal(aantal)} {wat}"
    as_.text(_BLOK + 5, y + hoog / 2, tekst, va="center", fontsize=KLEIN, color=palet.GRIJS_TEKST)
