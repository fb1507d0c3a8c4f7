"""The truth about two measures: what they really do to the inflow of the demo region.

Constants and not parameters, so that an effect estimate can be checked against something that nobody tuned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analyse.demo.aanbod import Zorgsoort


@dataclass(frozen=True)
class WaarEffect:
    """One measure: `factor` on the inflow of `verwijzer` into matching help, in each gemeente from its date on."""

    naam: str
    omschrijving: str
    verwijzer: str
    hulpvorm: str
    alleen_sggz: bool
    vanaf: dict[str, date]
    factor: float

    def raakt(self, soort: Zorgsoort, verwijzer: str) -> bool:
        """True when this measure works on this kind of help and verwijzer."""
        raak = soort.sggz if self.alleen_sggz else soort.hulpvorm == self.hulpvorm
        return raak and verwijzer == self.verwijzer


WARE_EFFECTEN: tuple[WaarEffect, ...] = (
    WaarEffect(
        "poh-jeugd",
        "Praktijkondersteuner jeugd bij de huisarts: minder verwijzingen van huisartsen naar s-GGZ.",
        verwijzer="02",
        hulpvorm="02",
        alleen_sggz=True,
        vanaf={"GM0200": date(2023, 7, 1), "GM0301": date(2024, 1, 1)},
        factor=0.80,
    ),
    WaarEffect(
        "schoolmaatschappelijk-werk",
        "Schoolmaatschappelijk werk: minder instroom van ambulante hulp (02) via de gemeentelijke toegang.",
        verwijzer="01",
        hulpvorm="02",
        alleen_sggz=False,
        vanaf={"GM0232": date(2023, 1, 1), "GM0246": date(2023, 1, 1)},
        factor=0.85,
    ),
)
