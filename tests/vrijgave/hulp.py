"""Small Metingen written out by hand, and the gate and the attacker around them."""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.kern.resultaat import Meting, Vrijgave
from analyse.kern.schema import BASIS
from analyse.vrijgave import Audit, aanval, geef_vrij_met_audit
from vrijgave.kunst import maak_kaart, maak_params

GEEN_BEVINDINGEN = pd.DataFrame(columns=list(BASIS["bevindingen"]))
GEMEENTEN = ("GM0200", "GM0213", "GM0232", "GM0244")
PERIODE = "2024-H1"


def rij(indicator, gebied, waarde, *, periode=PERIODE, eenheid="aantal", teller=None, noemer=None, **delen):
    """One row of a result table; a count when no numerator is given."""
    return {
        "indicator": indicator,
        "gebied": gebied,
        "periode": periode,
        **{dimensie: delen.get(dimensie, codes.TOTAAL) for dimensie in codes.DIMENSIES},
        "teller": waarde if teller is None and eenheid == "aantal" else teller,
        "noemer": noemer,
        "waarde": waarde,
        "eenheid": eenheid,
        "methode": "telling",
        "status": "definitief",
    }


def telling(indicator, waarden, dimensie=None, **meer):
    """Rows of a count: per gemeente a number, or with `dimensie` a dict per category; with totals and region."""
    rijen = []
    for gemeente, waarde in waarden.items():
        delen = waarde if dimensie else {None: waarde}
        for categorie, aantal in delen.items():
            extra = {dimensie: categorie} if dimensie else {}
            rijen.append(rij(indicator, gemeente, aantal, **extra, **meer))
        if dimensie:
            rijen.append(rij(indicator, gemeente, sum(delen.values()), **meer))
    return [*rijen, *regio(rijen)]


def regio(rijen):
    """The region as the sum of its gemeenten."""
    tabel = pd.DataFrame(rijen)
    sleutel = [naam for naam in tabel.columns if naam not in ("gebied", "teller", "noemer", "waarde")]
    som = tabel.groupby(sleutel, sort=False)["waarde"].sum().reset_index()
    return som.assign(gebied=codes.REGIO, teller=som["waarde"]).to_dict("records")


def meting(*rijen):
    """A Meting of rows or lists of rows."""
    vlak = [r for deel in rijen for r in (deel if isinstance(deel, list) else [deel])]
    return Meting(pd.DataFrame(vlak))


def params_voor(bron, *, gemeenten=GEMEENTEN, **drempels):
    """Parameters with a card that publishes every split of every indicator in a Meting."""
    params = maak_params(gemeenten, splitsingen={}, **drempels)
    for naam, deel in bron.tabel.groupby("indicator"):
        splitsingen = {
            tuple(d for d in codes.DIMENSIES if getattr(r, d) != codes.TOTAAL) for r in deel.itertuples()
        }
        params.kaarten[naam] = maak_kaart(naam, tuple(sorted(splitsingen)), deel["eenheid"].iloc[0])
    return params


def publiceer(bron, *, vorige=(), **drempels) -> tuple[Vrijgave, Audit]:
    """Release a Meting with all its splits."""
    params = params_voor(bron, **drempels)
    return geef_vrij_met_audit(bron, params=params, basis_kwaliteit=GEEN_BEVINDINGEN, vorige=vorige)


def lekken(vrijgave, bron, *, vorige=(), **drempels):
    """What the strict attacker and the one with only the printed table find."""
    params = params_voor(bron, **drempels)
    oordelen = [aanval(vrijgave, params=params, meting=m, vorige=vorige) for m in (bron, None)]
    return pd.concat([oordeel[oordeel["lek"]] for oordeel in oordelen], ignore_index=True)


def cel(vrijgave, indicator, gebied, **delen):
    """One row of a release as a Series."""
    tabel = vrijgave.tabel[vrijgave.tabel["indicator"].eq(indicator) & vrijgave.tabel["gebied"].eq(gebied)]
    for dimensie in (*codes.DIMENSIES, "periode"):
        standaard = PERIODE if dimensie == "periode" else codes.TOTAAL
        tabel = tabel[tabel[dimensie].eq(delen.get(dimensie, standaard))]
    assert len(tabel) == 1
    return tabel.iloc[0]
