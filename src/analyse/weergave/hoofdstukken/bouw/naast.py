"""A gemeente beside the region, or a year beside another: is the difference more than chance?

The rule is plain and stands under the chart: the other figure lies outside the 95 % margin of this one. The margin
counts chance in the released count (Byar for counts and rates, Wilson for shares), and takes the other, which is
larger, as known. More than chance is not a signal: gemeenten differ for reasons that nobody chose, and of twenty
categories one lies outside by chance.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.statistiek import telling, wilson
from analyse.weergave import opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken.bouw.gemeen import eenheid, kort, op

_ZONDER_MARGE = "Er is geen marge te tonen. Of het verschil met de regio toeval is, is niet te zeggen."
_METHODE = {"per_1000": "Byar", "procent": "Wilson", "dagen": "Kaplan-Meier, log"}


def met_marge(rijen: pd.DataFrame) -> pd.DataFrame:
    """The same rows with a 95 % margin where there was none and a count and its whole stand beside the figure."""
    heeft = rijen["onder"].notna() & rijen["boven"].notna()
    telt = ~heeft & rijen["waarde"].notna() & rijen["teller"].notna() & rijen["noemer"].gt(0)
    teller, noemer = (rijen[naam].to_numpy(dtype=float) for naam in ("teller", "noemer"))
    onder, boven = (rijen[naam].to_numpy(dtype=float).copy() for naam in ("onder", "boven"))
    for soort in ("per_1000", "procent"):
        raak = (telt & rijen["eenheid"].eq(soort)).to_numpy(dtype=bool)
        onder[raak], boven[raak] = _marge(teller[raak], noemer[raak], soort)
    return rijen.assign(onder=onder, boven=boven)


def _marge(teller: np.ndarray, noemer: np.ndarray, soort: str) -> tuple[np.ndarray, np.ndarray]:
    if soort == "per_1000":
        onder, boven = telling(teller)
        return 1000 * onder / noemer, 1000 * boven / noemer
    # Rounded counts: a part can print as more than its whole.
    onder, boven = wilson(np.minimum(teller, noemer), noemer)
    return 100 * onder, 100 * boven


def naast_regio(beeld: Beeld, rijen: pd.DataFrame) -> tuple[str, ...]:
    """Of one figure in the newest half-year: the margin of this gemeente, and on which side the region lies."""
    if beeld.is_regio:
        return ()
    nu, regio = (op(rijen, gebied, beeld.periode) for gebied in (beeld.gebied, codes.REGIO))
    if nu is None or regio is None:
        return ()
    if pd.isna(nu["onder"]) or pd.isna(nu["boven"]):
        return (_ZONDER_MARGE,)
    soort = eenheid(rijen)
    onder, boven = (opmaak.waarde(nu[kant], soort) for kant in ("onder", "boven"))
    binnen = nu["onder"] <= regio["waarde"] <= nu["boven"]
    slot = (
        "De regio ligt daarbinnen: het verschil kan toeval zijn."
        if binnen
        else "De regio ligt daarbuiten: het verschil is meer dan toeval, maar nog geen signaal."
    )
    methode = _METHODE.get(soort, "")
    return (f"Marge in {kort(beeld, beeld.gebied)}: {onder} tot {boven} (95%-interval, {methode}). {slot}",)


def anders_dan(eigen: pd.DataFrame, ander: pd.DataFrame, per: str, *, wie: str) -> tuple[str, ...]:
    """Which categories differ more than chance from the same one elsewhere; `wie` reads after 'anders dan'."""
    marge = met_marge(eigen).set_index(per)
    naast = ander.set_index(per)["waarde"].reindex(marge.index)
    bekend = marge["onder"].notna() & naast.notna()
    if not bekend.any():
        return ()
    buiten = bekend & ((naast < marge["onder"]) | (naast > marge["boven"]))
    namen = [codes.NAMEN[per].get(str(code), str(code)).lower() for code in marge.index[buiten]]
    if not namen:
        return (f"Nergens anders dan {wie}, buiten toeval (95%-interval, Wilson).",)
    return (f"Anders dan {wie}, meer dan toeval (95%-interval, Wilson): {opmaak.opsomming(namen)}.",)
