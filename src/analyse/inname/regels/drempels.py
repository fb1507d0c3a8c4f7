"""Where a rule draws its line, each with its source. "iJw" are the operational rules (OP, TR, CD, IV) of iJw 3.2.

`keuze` marks a choice of this kit: no standard gives a number, and the one here keeps ordinary deliveries quiet.
"""

from __future__ import annotations

AANDEEL_ONBRUIKBAAR = 0.05  # of the rows of a table, keuze: as for products
AANDEEL_ONBEKEND_PRODUCT = 0.05  # of euros, or of toewijzingen where no euros were delivered; BIJ instruction
AANDEEL_ONBEKENDE_VERWIJZER = 0.10  # keuze
AANDEEL_OMGEKEERD = 0.05  # of versions that end before they begin, keuze
DAGEN_TOEKOMST = 365  # ingangsdatum after the peildatum, keuze
MAANDEN_SLAPEND = 6  # no declaration, while a declaration may come in for some months; keuze
DAGEN_ZONDER_START = 28  # keuze; a start is to follow a toewijzing at once (OP271)
DAGEN_ZONDER_START_LANG = 90
WERKDAGEN_START = 5  # a start is reported within five working days: OP271, which is silent on holidays
DAGEN_TIJDELIJK = 90  # a temporary stop (20) that isn't followed by anything; TR413-415 set no end to it
DAGEN_ZONDER_STOP = 30  # a stop is reported within five working days: OP272; a month of grace
DAGEN_TERUG = 30  # toewijzingsdatum after ingangsdatum, keuze
PIEK = 3.0  # times a mean day: CBS, quality remarks with the first deliveries of Beleidsinformatie Jeugd
MINIMUM_PIEK = 10  # toewijzingen on that day, keuze: less is no spike
BULK = 25  # toewijzingen changed on one day, keuze
KINDEREN_OVERNAME = 10  # that change aanbieder overnight, keuze
REGELS_PRIJS = 10  # declarations behind a median price, keuze
# Euro per hour in eurocents. Rates lie between some 40 and 200 euro; euros read as cents are 100 times less.
CENT_PER_UUR = (1000, 50000)
CENT_VERSCHIL = 1  # rounding of hours out of minutes: IV081
LEEFTIJD_MAX = 23  # jeugdhulp ends at 23 at the latest: Jeugdwet 1.1
LEEFTIJD_VOLWASSEN = 19  # in years of birth: surely 18 on the first day
JAAR_PLAATSVERVANGER = 1901  # 1900-01-01 stands for an unknown date of birth: COD170
UREN_PER_WEEK = 40  # of ambulant help for one child, keuze
KINDEREN_GEZIN = (2, 6)  # same postcode, aanbieder, product and dates, keuze
MAAND_VOL = 10  # records in both months around an empty one, keuze
MARGE_VOLUME = 1.01  # delivered over allocated; rounding of minutes to hours
