"""From what a supplier exports to the neutral tables: mapping, recognition, repair, proposal."""

from analyse.inname.vertaling.bronnen import Vertalingen
from analyse.inname.vertaling.lezen import Deel, lees_delen
from analyse.inname.vertaling.toepassen import met_nummers

__all__ = ["Deel", "Vertalingen", "lees_delen", "met_nummers"]
