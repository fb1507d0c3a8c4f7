"""Reads what was published, as an attacker would, and attacks it."""

from analyse.vrijgave.uitgave.aanvallen import val_aan
from analyse.vrijgave.uitgave.bronnen import Vrijgegeven
from analyse.vrijgave.uitgave.lezen import Rapport, Uitgave, lees_uitgave
from analyse.vrijgave.uitgave.verslag import Verslag, Vondst

__all__ = ["Rapport", "Uitgave", "Verslag", "Vondst", "Vrijgegeven", "lees_uitgave", "val_aan"]
