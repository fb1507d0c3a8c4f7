"""Who may receive which report: the rules of the two audiences, in one place.

BESTUURLIJK holds protected figures and is for everybody in the region. INTERN holds unprotected ones: it stays
within the gemeente that the figures are about, and of the whole region only the regional team may have it. A
report about one huisartspraktijk or aanbieder is for that one only, whatever is in it: a mirror, not a ranking;
one about a team of the toegang is for the gemeente of that team.
Jeugdwet 7.4.4 (only who needs it) and the agreement that each gemeente sees only its own data about persons.
"""

from __future__ import annotations

from dataclasses import dataclass

from analyse.kern import codes
from analyse.params import RapportParams

# Folder and watermark of reports with unprotected figures.
INTERN = "INTERN"
BESTUURLIJK = "BESTUURLIJK"


@dataclass(frozen=True)
class Ontvanger:
    """Who asks: somebody of a gemeente, of the regional team, or of one practice or aanbieder; else anybody.

    `gebied` is a gemeente or REGIO, `code` the AGB code of a practice or aanbieder.
    """

    gebied: str = ""
    code: str = ""


@dataclass(frozen=True)
class Besluit:
    """Whether a report may go to somebody, and why (Dutch, for whoever hands it out)."""

    mag: bool
    reden: str


def mag(rapport: RapportParams, gebied: str, ontvanger: Ontvanger, *, over: str = "") -> Besluit:
    """Whether `ontvanger` may have this report about `gebied`; `over` is the practice or aanbieder it is about."""
    if rapport.per != "gebied":
        return _spiegel(rapport, gebied, ontvanger, over)
    if rapport.publiek == "intern":
        return _intern(gebied, ontvanger)
    return Besluit(True, "Dit rapport bevat alleen cijfers die voor iedereen zijn vrijgegeven.")


def _intern(gebied: str, ontvanger: Ontvanger) -> Besluit:
    if gebied == codes.REGIO:
        eigen = ontvanger == Ontvanger(codes.REGIO)
        return Besluit(eigen, "Interne cijfers van de hele regio zijn alleen voor het regionale team.")
    eigen = ontvanger == Ontvanger(gebied)
    return Besluit(eigen, f"Interne cijfers van {gebied} blijven binnen die gemeente.")


def _spiegel(rapport: RapportParams, gebied: str, ontvanger: Ontvanger, over: str) -> Besluit:
    """A practice gets its own mirror, and a gemeente those of the teams of its own toegang."""
    if rapport.per == "team":
        eigen = gebied != codes.REGIO and ontvanger == Ontvanger(gebied)
        return Besluit(eigen, f"Een spiegelrapport van een team is alleen voor de gemeente zelf ({gebied}).")
    soort = "huisartspraktijk" if rapport.per == "praktijk" else "aanbieder"
    if over and ontvanger.code == over:
        return Besluit(True, f"Een spiegelrapport is voor de {soort} zelf.")
    return Besluit(False, f"Een spiegelrapport is alleen voor de {soort} over wie het gaat.")


def map_van(rapport: RapportParams, gebied: str) -> str:
    """The folder of a report within the edition: everything that is not for everybody lies under INTERN."""
    return f"{INTERN}/{gebied}" if is_besloten(rapport) else gebied


def is_besloten(rapport: RapportParams) -> bool:
    """Whether a report stays out of the index: internal, or about one practice or aanbieder."""
    return rapport.publiek == "intern" or rapport.per != "gebied"
