"""Hop 3: the only way from INTERN to BESTUURLIJK, and the attacker that proves it."""

from analyse.vrijgave.aanvaller import aanval
from analyse.vrijgave.poort import Audit, geef_vrij, geef_vrij_met_audit

__all__ = ["Audit", "aanval", "geef_vrij", "geef_vrij_met_audit"]
