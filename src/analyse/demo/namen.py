"""Invented personal strings: every name, street, note and address that the XML form holds.

Made so that nobody can have them and so that they are searchable: `DEMO_NAMEN` lists all of them, and no output
of the kit may contain even one.
"""

from __future__ import annotations

ACHTERNAMEN = (
    "Verzonnenberg", "Fantasiema", "Bedachtstra", "Demoveen", "Testerinck", "Nepveldhuis", "Schijnhof",
    "Voorbeeldsma", "Sprookjeszoon", "Luchtkasteelen", "Denkbeeldig", "Probeerstra", "Zogenaamdink",
    "Niemandsverdriet", "Papiermanshof", "Droombosch", "Verdichtsel", "Kunstmatigh", "Schertsema", "Onbestaanders",
    "Modelhuizen", "Simulatiema", "Dummyveld", "Steekproefstra", "Toevalshoek", "Willekeurinck", "Zaadgetalsma",
    "Nabootsinga", "Fictiehuis", "Spookregister", "Plaatsvervang", "Zandkasteelen",
)  # fmt: skip
VOORNAMEN = (
    "Demonique", "Testian", "Fictienne", "Verzinnie", "Probeerta", "Modellina", "Bedenkius", "Schijnella",
    "Nabootje", "Simulaasje", "Dummyke", "Toevalda", "Fantasietje", "Droomert", "Sprookjan", "Willekeurius",
)  # fmt: skip
STRATEN = (
    "Voorbeeldlaan", "Verzonnenpad", "Demodreef", "Fantasieweg", "Testplantsoen", "Nergensstraat", "Schijnsingel",
    "Bedachtehof",
)  # fmt: skip
PLAATSEN = ("Demodorp", "Verzinselstad", "Nergenshuizen")
POSTCODES = ("0999XQ", "0998QX")  # no real one begins with a zero
EMAILS = ("ouder@voorbeeld.invalid", "verzonnen@voorbeeld.invalid")
TELEFOON = "0990990990"  # a prefix that nobody has
TOELICHTINGEN = (
    "Verzonnen toelichting: ouders vragen om een gesprek op school.",
    "Verzonnen toelichting: graag bellen na vier uur.",
    "Verzonnen toelichting: broer krijgt ook hulp bij deze aanbieder.",
    "Verzonnen toelichting: verslag van de diagnostiek volgt.",
)
PRAKTIJKEN = (
    "Huisartsenpraktijk Verzinselhof", "Huisartsenpraktijk Schijnzicht", "Praktijk Luchtspiegeling",
    "Poli Denkbeeld",
)  # fmt: skip

DEMO_NAMEN: tuple[str, ...] = (
    *ACHTERNAMEN, *VOORNAMEN, *STRATEN, *PLAATSEN, *POSTCODES, *EMAILS, TELEFOON, *TOELICHTINGEN, *PRAKTIJKEN,
)  # fmt: skip
"""Every personal string of the XML form; search any output for these bytes (and for `bsn_reeks()`)."""
