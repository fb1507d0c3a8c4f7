"""From what a supplier exports to the neutral tables: mapping, recognition, repair, proposal."""

from analyse.inname.vertaling.bronnen import Vertalingen
from analyse.inname.vertaling.lezen import Deel, lees_delen
from analyse.inname.vertaling.toepassen import met_nummers
from analyse.inname.vertaling.voorstel import Voorstel, stel_voor

__all__ = ["Deel", "Vertalingen", "Voorstel", "lees_delen", "met_nummers", "stel_voor"]
