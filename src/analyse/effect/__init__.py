"""Did a measure work? Register, series, designs, checks and a verdict that is no stronger than its evidence.

`schat(maatregel, reeks, donoren)` is the whole measurement; each design and check is there to use by hand as well.
"""

from analyse.effect.businesscase import REKENREGELS, businesscase, geldzin, omslagpunt, per_jaar, scenarios
from analyse.effect.controles import CheckResult
from analyse.effect.detecteerbaar import kleinste_effect
from analyse.effect.donoren import lees_donoren, lees_paneel, maak_donorpanel, schrijf_donorpanel
from analyse.effect.duurverschil import Duurverschil, duurverschil
from analyse.effect.effect import Effect
from analyse.effect.gepaard import Gepaard, gepaarde_toets
from analyse.effect.groeptijd import GroepTijd, Samenvatting, groep_tijd
from analyse.effect.its import Onderbreking, onderbroken_reeks
from analyse.effect.keten import Keten, leg_vast
from analyse.effect.ontwerp import Ontwerp, kies_ontwerp
from analyse.effect.oordeel import Bewijs, Oordeel, holm, oordeel, regels_tabel
from analyse.effect.opzet import Opzet, maak_opzet
from analyse.effect.quickwins import lees_quickwins, tel_quickwins
from analyse.effect.reeks import Niveaubreuk, Reeks, Uitsluiting, lees_reeks
from analyse.effect.register import Maatregel, lees_register, samenloop
from analyse.effect.schat import corrigeer, niet_meetbaar, schat, schat_alle, schat_duur, schat_scores
from analyse.effect.schatting import Schatting
from analyse.effect.synthetisch import Rang, Synthetisch, placeborang, synthetische_controle, synthetische_did
from analyse.effect.twee_bij_twee import Blok, twee_bij_twee
from analyse.effect.verslag import verslag

__all__ = [
    "REKENREGELS",
    "Bewijs",
    "Blok",
    "CheckResult",
    "Duurverschil",
    "Effect",
    "Gepaard",
    "GroepTijd",
    "Keten",
    "Maatregel",
    "Niveaubreuk",
    "Onderbreking",
    "Ontwerp",
    "Oordeel",
    "Opzet",
    "Rang",
    "Reeks",
    "Samenvatting",
    "Schatting",
    "Synthetisch",
    "Uitsluiting",
    "businesscase",
    "corrigeer",
    "duurverschil",
    "geldzin",
    "gepaarde_toets",
    "groep_tijd",
    "holm",
    "kies_ontwerp",
    "kleinste_effect",
    "lees_donoren",
    "lees_paneel",
    "lees_quickwins",
    "lees_reeks",
    "lees_register",
    "leg_vast",
    "maak_donorpanel",
    "maak_opzet",
    "niet_meetbaar",
    "omslagpunt",
    "onderbroken_reeks",
    "oordeel",
    "per_jaar",
    "placeborang",
    "regels_tabel",
    "samenloop",
    "scenarios",
    "schat",
    "schat_alle",
    "schat_duur",
    "schat_scores",
    "schrijf_donorpanel",
    "synthetische_controle",
    "synthetische_did",
    "tel_quickwins",
    "twee_bij_twee",
    "verslag",
]
