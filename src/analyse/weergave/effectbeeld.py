"""One measure in full, for an analyst: all designs, checks and counts. INTERN, and watermarked as such.

Beside the chapter and not in it: a chapter takes a Beeld and can't see these figures. Takes what
`Editie.effecten.kies(maatregel)` gives; a measure on several indicators shows them under each other.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from analyse.kern.effecten import Effectmeting, met_euros, per_halfjaar
from analyse.weergave import Figuur, Tabel, Tekst, grafiek, opmaak

_BRON = "effectmeting van deze editie, vóór de privacyregels"


def oordeel(meting: Effectmeting) -> Tekst:
    """The whole verdict in words, and why this design was chosen."""
    delen = [
        f"**{rij['naam']}**, {rij['indicator']}\n\n{rij['tekst']}\n\n*{rij['ontwerp']}.* {rij['waarom_ontwerp']}"
        for rij in meting["maatregelen"].to_dict("records")
    ]
    return Tekst("\n\n".join(delen), intern=True)


def methoden(meting: Effectmeting) -> Tabel:
    """Every method with its effect, interval, p-value and counts; the first rows decide."""
    rijen = meting["schattingen"]
    procenten = {naam: [opmaak.procent(w) for w in rijen[naam]] for naam in ("effect_procent", "onder", "boven")}
    tabel = pd.DataFrame(
        {
            "Methode": rijen["methode"],
            "Effect": procenten["effect_procent"],
            "Van": procenten["onder"],
            "Tot": procenten["boven"],
            "p": [opmaak.getal(p, 3) for p in rijen["p"]],
            "Geteld": [opmaak.getal(n) for n in rijen["werkelijk"]],
            "Verwacht": [opmaak.getal(n, 1) for n in rijen["verwacht"]],
            "Opmerking": rijen["opmerking"],
        }
    )
    return Tabel(id="effect-methoden", titel="Alle methoden", tabel=tabel, bron=_BRON, intern=True)


def controles(meting: Effectmeting) -> Tabel:
    """Every check with its outcome and number."""
    rijen = meting["controles"]
    tabel = pd.DataFrame({"Controle": rijen["controle"], "Uitslag": rijen["uitslag"], "Wat": rijen["tekst"]})
    return Tabel(id="effect-controles", titel="Alle controles", tabel=tabel, bron=_BRON, intern=True)


def verloop(meting: Effectmeting) -> Figuur | Tekst:
    """Counts per half-year against what was expected; a sentence when there is nothing to draw."""
    delen = [
        per_halfjaar(deel).reset_index(names="periode").assign(paneel=f"{namen[0]}, {namen[1]}")
        for namen, deel in meting["verloop"].groupby(["maatregel", "indicator"], sort=False)
    ]
    if not delen:
        return Tekst("Er is geen verloop om te tekenen.", intern=True)
    rijen = pd.concat(delen, ignore_index=True).assign(waarde=lambda tabel: tabel["werkelijk"])
    starts = tuple(date.fromisoformat(dag) for dag in sorted(set(meting["gemeenten"]["sinds"])))
    return Figuur(
        id="effect-verloop",
        titel="Geteld naast verwacht",
        ondertitel="Aantal per halfjaar in de gemeenten met de maatregel",
        bron=_BRON,
        grafiek=grafiek.tegen_verwacht(rijen, eenheid="aantal", starts=dict.fromkeys(rijen["paneel"], starts)),
        intern=True,
    )


def kwartalen(meting: Effectmeting) -> Tabel:
    """The course per quarter, as the designs see it."""
    rijen = meting["verloop"]
    tabel = pd.DataFrame(
        {
            "Kwartaal": rijen["periode"],
            "Geteld": [opmaak.getal(n) for n in rijen["werkelijk"]],
            **{
                naam.capitalize(): [opmaak.getal(n, 1) for n in rijen[naam]]
                for naam in ("verwacht", "onder", "boven")
            },
            "Na de start": ["ja" if na else "nee" for na in rijen["na"]],
        }
    )
    return Tabel(id="effect-kwartalen", titel="Verloop per kwartaal", tabel=tabel, bron=_BRON, intern=True)


def businesscase(meting: Effectmeting) -> Tabel:
    """Euros per year: expected by the assumptions, and realised where the verdict allows it."""
    eerste = meting["maatregelen"].iloc[0]
    jaren = met_euros(meting["geld"], *(float(eerste[naam]) for naam in ("effect", "onder", "boven")))
    koppen = {
        "investering": "Investering",
        "beloofd": "Beloofd",
        "laag": "Voorzichtig",
        "verwacht": "Verwacht",
        "hoog": "Hoopvol",
        "gerealiseerd": "Gerealiseerd",
        "onder": "Van",
        "boven": "Tot",
        "netto_gerealiseerd": "Netto",
        "cumulatief_verwacht": "Verwacht, opgeteld",
        "cumulatief_gerealiseerd": "Netto, opgeteld",
    }
    euros = {kop: [opmaak.cel(w, "euro") for w in jaren[naam]] for naam, kop in koppen.items()}
    tabel = pd.DataFrame({"Jaar": [str(jaar) for jaar in jaren["jaar"]], **euros})
    return Tabel(id="effect-geld", titel="Businesscase per jaar", tabel=tabel, bron=_BRON, intern=True)


def aannames(meting: Effectmeting) -> Tabel:
    """What the euros were made from."""
    rijen = meting["aannames"]
    getallen = {
        naam: [opmaak.getal(w, 3 if w < 1 else 0) for w in rijen[naam]] for naam in ("laag", "waarde", "hoog")
    }
    tabel = pd.DataFrame(
        {
            "Aanname": rijen["naam"],
            **{naam.capitalize(): cellen for naam, cellen in getallen.items()},
            "Eenheid": rijen["eenheid"],
            "Bron": rijen["bron"],
        }
    )
    return Tabel(id="effect-aannames", titel="Aannames van het register", tabel=tabel, bron=_BRON, intern=True)
