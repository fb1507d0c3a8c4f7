"""Hop 3: the only way from INTERN to BESTUURLIJK, and the attacker that proves it."""

from analyse.vrijgave.aanvaller import aanval, aanval_op, kennis_van
from analyse.vrijgave.kennis import Kennis
from analyse.vrijgave.poort import Audit, geef_vrij, geef_vrij_met_audit

__all__ = ["Audit", "Kennis", "aanval", "aanval_op", "geef_vrij", "geef_vrij_met_audit", "kennis_van"]
