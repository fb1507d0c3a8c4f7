"""Chapter gespreksblad: one sheet per gemeente, what stands out as questions for three conversations."""

from __future__ import annotations

from analyse.weergave import Boodschap, Boodschappen, Tekst, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.gesprek import BELEID, CONTRACT, TOEGANG, Gespreksvraag, gespreksvragen


def leeswijzer(beeld: Beeld) -> Tekst:
    """What the sheet is, and that a question isn't an answer."""
    return Tekst(
        f"Deze vragen volgen uit de cijfers van {beeld.waar} over het {beeld.periode.naam}, "
        f"met gegevens tot {opmaak.datum(beeld.editie.peildatum)}. Vaste regels kiezen ze: een signaal gaat voor. "
        "Een cijfer zegt niet waarom iets zo is. Dat weten de mensen in het gesprek.",
        intern=beeld.intern,
    )


def contractmanagers(beeld: Beeld) -> Boodschappen | Tekst:
    """Questions for the talk with contractmanagers: duration, waiting, costs, drop-out."""
    return _vragen(beeld, CONTRACT)


def toegang(beeld: Beeld) -> Boodschappen | Tekst:
    """Questions for the talk with the toegang: inflow, referral, coming back, stepping up."""
    return _vragen(beeld, TOEGANG)


def beleid(beeld: Beeld) -> Boodschappen | Tekst:
    """Questions for the talk about policy: reach, living away from home, specialist care, money."""
    return _vragen(beeld, BELEID)


def _vragen(beeld: Beeld, aan: str) -> Boodschappen | Tekst:
    vragen = gespreksvragen(beeld, aan)
    if not vragen:
        tekst = "Voor dit gesprek is geen cijfer te zien: de aantallen zijn te klein of er is niets geleverd."
        return Tekst(tekst, intern=beeld.intern)
    return Boodschappen([_boodschap(vraag) for vraag in vragen], intern=beeld.intern)


def _boodschap(vraag: Gespreksvraag) -> Boodschap:
    bericht = vraag.bericht
    return Boodschap(
        tekst=bericht.tekst,
        cijfer=bericht.cijfer,
        richting=bericht.richting,
        soort=bericht.oordeel.value,
        toelichting=f"**Vraag:** {vraag.vraag}",
    )
