"""What came of the help: dropout, satisfaction, going on without help, goals, and no new start.

Every figure is of ended trajecten and stands beside the share that nothing is known of, because the ends that are
reported are not a sample of all. Outcomes come from the table uitkomsten and belong to all help that the aanbieder
ended for the person about that day. When child and parent both answer, the mean grade counts, and for the rest the
more careful answer. Gemeenten that delivered no outcomes have no figure.
"""

from __future__ import annotations

from dataclasses import replace

import ibis
from ibis.expr.types import BooleanColumn, Table

from analyse.kern.motor import bewaar
from analyse.meten import cijfers
from analyse.meten.bron import ASSEN, Bron
from analyse.meten.doorstroom import NIEUWE_START_MAANDEN, Einden
from analyse.meten.indicator import Indicator, Telling

STRIKT, BREED, ZONDER_REDEN = "uitval.strikt", "uitval.breed", "uitval.zonder_reden"
CIJFER, ACHT, CIJFER_RESPONS = "tevredenheid.gemiddeld", "tevredenheid.acht_of_hoger", "tevredenheid.respons"
VERDER, VERDER_RESPONS = "zonder_hulp.verder", "zonder_hulp.respons"
DOEL, DOEL_RESPONS = "doelrealisatie.behaald", "doelrealisatie.respons"
GEEN_NIEUWE_START = {n: f"geen_nieuwe_start.{n}_maanden" for n in NIEUWE_START_MAANDEN}
_UITKOMSTEN = (CIJFER, ACHT, CIJFER_RESPONS, VERDER, VERDER_RESPONS, DOEL, DOEL_RESPONS)
INDICATOREN = (STRIKT, BREED, ZONDER_REDEN, *_UITKOMSTEN, *GEEN_NIEUWE_START.values())

# iJw JZ588. 02, 20 and 36 to 39 say nothing about how the help itself ended.
INHOUDELIJK = ("31", "32", "33", "34", "35")
EENZIJDIG, VOORTIJDIG = ("32", "33"), ("32", "33", "34", "35")
# CBS protocol v7 par. 4.4: no further help for now, or none any more; 01 and 02 still need help.
ZONDER_HULP = ("03", "04")
HOOG_CIJFER = 8
DOEL_BEHAALD, DOEL_ONBEHAALD = ("ja", "geheel", "grotendeels"), ("nee", "niet", "deels", "gedeeltelijk")
_EINDE = (*ASSEN, "gemeente", "slot")


def resultaat(einden: Einden) -> list[Indicator]:
    """The indicators of this family."""
    return [*_uitval(einden), *_geen_nieuwe_start(einden), *_uitkomsten(einden.bron, einden.in_periode)]


def _uitval(einden: Einden) -> list[Indicator]:
    t = einden.in_periode
    inhoudelijk = t.reden.fill_null("").isin(INHOUDELIJK)
    delen = {STRIKT: t.reden.isin(EENZIJDIG), BREED: t.reden.isin(VOORTIJDIG)}
    return [
        *(_aandeel(naam, t, inhoudelijk & uit, inhoudelijk) for naam, uit in delen.items()),
        _aandeel(ZONDER_REDEN, t, ~inhoudelijk, t.slot.notnull()),
    ]


def _geen_nieuwe_start(einden: Einden) -> list[Indicator]:
    """Ends after which the whole window has been seen; help that went on anyway is no new start."""
    t = einden.in_periode
    uit = []
    for maanden, naam in GEEN_NIEUWE_START.items():
        tot = (t.slot + ibis.interval(months=maanden)).cast("date")
        gezien = tot <= t.peildatum
        uit.append(_aandeel(naam, t, gezien & (t.nieuwe_start.isnull() | (t.nieuwe_start > tot)), gezien))
    return uit


def _aandeel(naam: str, tabel: Table, teller: BooleanColumn, noemer: BooleanColumn) -> Indicator:
    return Indicator(naam, tabel, {"x": teller.sum(), "n": noemer.sum()}, cijfers.telling_aandeel)


def _uitkomsten(bron: Bron, einden: Table) -> list[Indicator]:
    """Outcomes of ended trajecten, in gemeenten that delivered any."""
    geleverd = set(bron.basis.pandas("uitkomsten")["gemeente"])
    # Never empty, because Ibis can't ask for nothing.
    nummers = [-1, *(nr for nr, code in enumerate(bron.params.regio.codes) if code in geleverd)]
    t = met_uitkomst(bron, einden.filter(einden.gemeente.isin(nummers)))
    alle, cijfer, verder, doel = t.slot.notnull(), t.cijfer.notnull(), t.verder.notnull(), t.doel.notnull()
    delen = {
        ACHT: (t.cijfer >= HOOG_CIJFER, cijfer),
        CIJFER_RESPONS: (cijfer, alle),
        VERDER: (t.verder, verder),
        VERDER_RESPONS: (verder, alle),
        DOEL: (t.doel, doel),
        DOEL_RESPONS: (doel, alle),
    }
    gemiddelde = Indicator(CIJFER, t, {"som": t.cijfer.sum(), "n": cijfer.sum()}, _gemiddelde)
    rooster = bron.rooster.beperkt(geleverd)
    indicatoren = [gemiddelde, *(_aandeel(naam, t, *deel) for naam, deel in delen.items())]
    return [replace(indicator, rooster=rooster) for indicator in indicatoren]


def met_uitkomst(bron: Bron, einden: Table) -> Table:
    """Ends with `cijfer`, `verder` (goes on without help) and `doel` (reached); null where nobody said; stored."""
    u = bron.basis.tabel("uitkomsten").rename(code="gemeente", agb="aanbieder", wie="persoon_nr")
    u = u.inner_join(bron.gemeenten.select("code", waar="gemeente"), "code")
    u = u.inner_join(bron.aanbieders.select("agb", bij="aanbieder"), "agb")
    speling = ibis.interval(days=bron.params.regio.rekenregels.uitkomst_dagen)
    t = einden.select(*_EINDE)
    zelfde = [t.persoon_nr == u.wie, t.gemeente == u.waar, t.aanbieder == u.bij]
    samen = t.left_join(u, [*zelfde, u.einddatum >= t.slot - speling, u.einddatum <= t.slot + speling])
    antwoord, doel = samen.zonder_hulp_verder, samen.doelrealisatie
    per_einde = samen.group_by(list(_EINDE)).agg(
        cijfer=samen.rapportcijfer.mean(),
        verder=antwoord.isin(ZONDER_HULP).all(where=antwoord.notnull()),
        doel=doel.isin(DOEL_BEHAALD).all(where=doel.isin([*DOEL_BEHAALD, *DOEL_ONBEHAALD])),
    )
    return per_einde.pipe(bewaar)


def _gemiddelde(telling: Telling) -> cijfers.Cijfers:
    som, n = telling.kolom("som"), telling.kolom("n")
    return cijfers.Cijfers(som, n, cijfers.deel(som, n), methode="gemiddelde", geen=n == 0)
