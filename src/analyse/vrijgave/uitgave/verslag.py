"""What the attacker on the published bytes found, in Dutch, for whoever has to repair it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

SOORTEN = {
    "som": "Een verborgen cijfer is uit te rekenen",
    "tegenspraak": "Een cijfer is op de ene plek verborgen en op de andere te zien",
    "cel": "Een getal staat waar het cijfer verborgen is",
    "tekening": "Een grafiek tekent iets dat niet is vrijgegeven",
    "tabel": "Een bestand zegt meer dan is vrijgegeven",
    "intern": "Iets van INTERN staat tussen wat gepubliceerd is",
    "persoon": "Er staat iets in dat van één persoon is, of dat naar buiten verwijst",
    "onverklaard": "Van een getal is niet te zeggen waar het vandaan komt",
    "pdf": "De PDF zegt iets anders dan de webpagina",
}
_MEEST = 40  # of one kind in the report; the rest is counted


@dataclass(frozen=True)
class Vondst:
    """One thing that is wrong: which kind (a key of SOORTEN), what, where it stands, and how it leaks."""

    soort: str
    wat: str
    waar: str
    weg: str = ""

    @property
    def tekst(self) -> str:
        """One line."""
        return f"{self.waar}: {self.wat}" + (f" [via {self.weg}]" if self.weg else "")


@dataclass(frozen=True)
class Verslag:
    """What was read, how many hidden cells were attacked, the narrowest interval, and everything that is wrong."""

    naam: str
    gelezen: dict[str, int]
    verborgen: int
    engste: str
    vondsten: tuple[Vondst, ...]
    noten: tuple[str, ...] = ()

    @property
    def lek(self) -> bool:
        """Whether the edition may not go out: a leak, or a number that nobody can explain."""
        return bool(self.vondsten)

    @property
    def tekst(self) -> str:
        """The whole report in Dutch."""
        telling = ", ".join(f"{aantal} {naam}" for naam, aantal in self.gelezen.items())
        regels = [
            f"Aanval op de gepubliceerde bestanden van {self.naam}",
            f"Gelezen: {telling}.",
            f"Aangevallen: {self.verborgen} verborgen cellen. {self.engste}",
            *self.noten,
        ]
        for soort, kop in SOORTEN.items():
            regels += self._van(soort, kop)
        return "\n".join([*regels, self._slot])

    def _van(self, soort: str, kop: str) -> list[str]:
        eigen = [vondst.tekst for vondst in self.vondsten if vondst.soort == soort]
        rest = [f"  … en nog {len(eigen) - _MEEST}"] if len(eigen) > _MEEST else []
        return [f"{kop} ({len(eigen)}):", *(f"  {regel}" for regel in eigen[:_MEEST]), *rest] if eigen else []

    @property
    def _slot(self) -> str:
        if not self.lek:
            return "Er is niets gevonden: deze editie verraadt geen verborgen cijfer."
        telling = Counter(vondst.soort for vondst in self.vondsten)
        som = ", ".join(f"{telling[soort]}× {soort}" for soort in SOORTEN if telling[soort])
        return f"Publiceer deze editie niet ({som}). Herstel wat hierboven staat en maak de rapporten opnieuw."
