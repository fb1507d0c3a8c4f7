"""Which tables of StatLine we take, and what their columns and rows are called here.

Columns and rows are known by their title and not by their key: CBS renumbers keys (`JongerenMetJeugdzorg_1`) when
it adds a column, while titles stay. A title that no pattern fits is left out and named in the report of the fetch;
a table of which nothing fits is an error, and then the old file stays.

The words (`maat`, `categorie`) are those of the other files in data/referentie.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# A pattern on the title, with what it means.
Patronen = tuple[tuple[str, str], ...]

_VERWIJZERS: Patronen = (
    (r"totaal", "totaal"),
    (r"gecertificeerde instelling", "04"),
    (r"medisch specialist", "05"),
    (r"huisarts", "02"),
    (r"jeugdarts", "03"),
    (r"geen verwijzer|vrij toegankelijk", "06"),
    (r"rechter|officier|justiti", "08"),
    (r"onbekend", "onbekend"),
    (r"gemeente", "01"),
)
# The code in front of the title is CBS's own ordering of the forms of jeugdzorg.
_VORMEN: Patronen = (
    (r"^jz\b.*natura", "jeugdzorg_in_natura:totaal"),
    (r"^jz\b.*totaal jeugdzorg$", "jeugdzorg:totaal"),
    (r"^jh 1211\b|^uitgevoerd door wijk", "jeugdhulp:01"),
    (r"^jh 12121\b", "jeugdhulp:02"),
    (r"^jh 12122\b", "jeugdhulp:03"),
    (r"^jh 12123\b", "jeugdhulp:04"),
    (r"^jh 1221\b", "jeugdhulp:11"),
    (r"^jh 1222\b", "jeugdhulp:12"),
    (r"^jh 1223\b", "jeugdhulp:13"),
    (r"^jh 1224\b", "jeugdhulp:14"),
    (r"^jh 121\b|^jh zonder verblijf", "jeugdhulp_zonder_verblijf:totaal"),
    (r"^jh 122\b|^jh met verblijf", "jeugdhulp_met_verblijf:totaal"),
    (r"^jh 12\b", "jeugdhulp:totaal"),
    (r"^jh 1\b", "jeugdhulp_met_pgb:totaal"),
    (r"^jb 1\b", "jeugdbescherming:totaal"),
    (r"^jr 1\b", "jeugdreclassering:totaal"),
)
_PROCENT = r"%|procent|relatief|aandeel"


@dataclass(frozen=True)
class Kolom:
    """A column: the pattern on its title, the `maat` it becomes, and a pattern that the title must not have.

    `maat` may hold `{}`: then the row of the dimension `vormen` fills it in.
    """

    patroon: str
    maat: str
    eenheid: str = "aantal"
    niet: str = ""

    def past(self, titel: str) -> bool:
        """Whether a column with this title is meant; case doesn't count."""
        laag = titel.lower()
        return bool(re.search(self.patroon, laag)) and not (self.niet and re.search(self.niet, laag))


@dataclass(frozen=True)
class Tabel:
    """One table: its columns, and the dimension (start of its name) whose rows become the categorie.

    The rows of the dimension `soort` become a suffix of the maat; those of `vast` are one row, their total.
    """

    id: str
    naam: str
    kolommen: tuple[Kolom, ...]
    indeling: str = ""
    rijen: Patronen = ()
    soort: str = ""
    soorten: Patronen = ()
    vast: Patronen = ()
    # The titles of its regions are the names of the gemeenten as they are now.
    namen: bool = False
    # A wide table of which we want little: what we don't take is not worth a word.
    ruim: bool = False


def betekenis(patronen: Patronen, titel: str) -> str | None:
    """What a row of a dimension means, None when we don't take it."""
    laag = titel.lower().strip()
    return next((woord for patroon, woord in patronen if re.search(patroon, laag)), None)


_LEEFTIJDEN: Patronen = tuple((rf"^{jaar} jaar$", f"{jaar:02d}") for jaar in range(23))

TABELLEN = {
    tabel.id: tabel
    for tabel in (
        Tabel(
            "85097NED",
            "Jeugdhulptrajecten naar verwijzer",
            (
                Kolom(r"herhaald", "verwijzer_herhaald", niet=_PROCENT),
                Kolom(r"begonnen", "verwijzer_begonnen", niet=_PROCENT + "|herhaald|nieuw|geen"),
                Kolom(r"beëindigd", "verwijzer_beeindigd", niet=_PROCENT + "|duur|reden|volgens|voortijdig"),
                Kolom(
                    r"totaal.*trajecten|^trajecten", "verwijzer", niet=_PROCENT + "|begonnen|beëindigd|herhaald"
                ),
            ),
            indeling="Verwijzer",
            rijen=_VERWIJZERS,
        ),
        Tabel(
            "85099NED",
            "Jongeren en trajecten naar vorm van jeugdzorg",
            (
                Kolom(r"jongeren", "jongeren_{}", niet=_PROCENT),
                Kolom(r"jongeren", "jongeren_{}_procent", "procent"),
                Kolom(r"trajecten", "trajecten_{}", niet=_PROCENT + "|begonnen|beëindigd"),
            ),
            indeling="Vormen",
            rijen=_VORMEN,
        ),
        Tabel(
            "85098NED",
            "Indicatoren jeugdzorg per gemeente",
            (
                # CBS shortens these titles: "Jeugdbesch. en jeugdh. met verbl. in nat."
                Kolom(r"jeugdbesch.*verbl", "jeugdbescherming_verblijf_procent", "procent"),
                Kolom(r"jeugdh.*verbl", "verblijf_procent", "procent", niet="jeugdbesch"),
                Kolom(r"jeugdhulp", "jeugdhulp_procent", "procent", niet="verbl|jeugdbesch"),
                Kolom(r"jeugdbesch", "jeugdbescherming_procent", "procent", niet="verbl"),
                Kolom(r"jeugdreclass", "jeugdreclassering_procent", "procent"),
            ),
        ),
        Tabel(
            "85094NED",
            "Trajecten op de peildatum",
            (
                Kolom(r"pleegzorg", "stand_pleegzorg", niet=_PROCENT),
                Kolom(r"totaal jeugdzorg|trajecten jeugdzorg", "stand_jeugdzorg", niet=_PROCENT),
                Kolom(r"totaal jeugdhulp|trajecten jeugdhulp", "stand_jeugdhulp", niet=_PROCENT + "|verblijf"),
                Kolom(r"totaal jeugdbescherming", "stand_jeugdbescherming", niet=_PROCENT),
            ),
        ),
        Tabel(
            "83454NED",
            "Gemeentelijke kosten van jeugdzorg",
            (
                Kolom(r"gerealiseerd", "kosten_{}", "euro"),
                Kolom(r"begroot|begrote", "begroot_{}", "euro"),
            ),
            indeling="Vormen",
            rijen=_VORMEN,
        ),
        Tabel(
            "03759ned",
            "Inwoners naar leeftijd",
            (Kolom(r"bevolking op 1 januari", "inwoners_leeftijd"),),
            indeling="Leeftijd",
            rijen=_LEEFTIJDEN,
            soort="Geslacht",
            soorten=((r"^totaal", ""), (r"^mannen", "_jongens"), (r"^vrouwen", "_meisjes")),
            vast=(("BurgerlijkeStaat", r"^totaal"),),
            ruim=True,
        ),
        Tabel(
            "70072ned",
            "Inwoners en stedelijkheid",
            (
                Kolom(r"^totale bevolking", "inwoners"),
                Kolom(r"stedelijkheid", "stedelijkheid", "klasse", niet=r"zeer|sterk|matig|weinig|niet|inwoners"),
                Kolom(r"omgevingsadressendichtheid", "adressendichtheid", "per_km2"),
            ),
            namen=True,
            ruim=True,
        ),
    )
}
