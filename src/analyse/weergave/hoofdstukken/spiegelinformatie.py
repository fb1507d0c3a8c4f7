"""Report spiegelinformatie: one huisartspraktijk sees its own referrals beside the region, to talk about.

Exact figures and no watermark, because they are of the praktijk's own patients and go to nobody else. Of other
praktijken only sums and limits are used, and only where enough of them make these up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.statistiek import Keuze, trechter_verhouding
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, grafiek, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken.bouw.gemeen import bron

LIJST = "praktijken"
MINIMUM_PRAKTIJKEN = 5  # others that a comparison must be made of
_JAAR = 2  # half-years that a rate is made of
_PUNTEN = 60  # of the limits drawn


@dataclass(frozen=True)
class _Spiegel:
    """The rows of one praktijk and of all, up to the half-year of the edition."""

    eigen: pd.DataFrame
    alle: pd.DataFrame
    perioden: tuple[str, ...]

    @classmethod
    def van(cls, beeld: Beeld, praktijk: str) -> _Spiegel:
        """Of one AGB code; empty when that praktijk referred nobody."""
        alle = beeld.lijst(LIJST)
        perioden = tuple(str(periode) for periode in beeld.periodes)
        alle = alle[alle["periode"].isin(perioden)]
        return cls(alle[alle["praktijk"].eq(praktijk)], alle, perioden)

    @property
    def anderen(self) -> int:
        """How many other praktijken referred in the last year."""
        return self._laatste(self.alle)["praktijk"].nunique() - (not self._laatste(self.eigen).empty)

    def _laatste(self, rijen: pd.DataFrame) -> pd.DataFrame:
        totalen = rijen[rijen["hulpvorm"].eq(codes.TOTAAL)]
        return totalen[totalen["periode"].isin(self.perioden[-_JAAR:])]

    @property
    def per_praktijk(self) -> pd.DataFrame:
        """Referrals and enrolled children of the last year per praktijk whose enrolment is known."""
        per = self._laatste(self.alle).groupby("praktijk")
        samen = per.agg(verwijzingen=("verwijzingen", "sum"), ingeschreven=("ingeschreven", "last"))
        return samen[samen["ingeschreven"].gt(0)]

    def som(self, rijen: pd.DataFrame) -> pd.Series:
        """Referrals, those to specialist mental care and euros of the last year together."""
        return self._laatste(rijen)[["verwijzingen", "sggz", "euro"]].sum()


def leeswijzer(beeld: Beeld, praktijk: str) -> Waarschuwing:
    """For whom this is, and that it is meant to start a conversation."""
    demo = " De praktijk en de kinderen zijn verzonnen." if beeld.demo else ""
    return Waarschuwing(
        titel=f"Alleen voor de praktijk met AGB-code {praktijk}",
        tekst=(
            "U ziet hier de verwijzingen van uw eigen praktijk naar jeugdhulp, naast de regio. Niemand anders "
            f"krijgt deze cijfers. Geef ze niet door.{demo} Meer of minder verwijzen is niet goed of fout. Het "
            "hangt af van de kinderen in uw praktijk en van het aanbod dichtbij. We praten er graag met u over."
        ),
        soort="uitleg",
    )


def verloop(beeld: Beeld, praktijk: str) -> Figuur | Waarschuwing:
    """Own referrals per half-year, and those to specialist mental care."""
    spiegel = _Spiegel.van(beeld, praktijk)
    if spiegel.eigen.empty:
        return _niets(beeld)
    totalen = spiegel.eigen[spiegel.eigen["hulpvorm"].eq(codes.TOTAAL)].set_index("periode")
    rijen = pd.concat([_reeks(totalen, spiegel.perioden, *maat) for maat in _LIJNEN], ignore_index=True)
    nu = int(totalen["verwijzingen"].get(spiegel.perioden[-1], 0))
    return Figuur(
        id="spiegelinformatie-verloop",
        titel=f"Uw praktijk verwees {_keer(nu)} naar jeugdhulp in het {beeld.periode.naam}",
        ondertitel="Verwijzingen van uw praktijk per halfjaar",
        bron=bron(beeld),
        grafiek=grafiek.lijn(rijen, eenheid="aantal"),
        data=rijen.drop(columns="reeks"),
    )


_LIJNEN = (("Alle verwijzingen", "verwijzingen"), ("Specialistische ggz", "sggz"))


def _reeks(totalen: pd.DataFrame, perioden: tuple[str, ...], naam: str, kolom: str) -> pd.DataFrame:
    waarden = [float(totalen[kolom].get(periode, 0)) for periode in perioden]
    return pd.DataFrame({"reeks": naam, "maat": kolom, "periode": perioden, "waarde": waarden})


def _keer(aantal: int) -> str:
    return "één keer" if aantal == 1 else f"{opmaak.getal(aantal)} keer"


def _niets(beeld: Beeld) -> Waarschuwing:
    return Waarschuwing(
        titel="Geen verwijzingen van deze praktijk gevonden",
        tekst="In de leveringen staat deze praktijk niet als verwijzer. Controleer de AGB-code.",
    )


def naast_de_regio(beeld: Beeld, praktijk: str) -> Figuur | Waarschuwing:
    """Referrals per 1,000 enrolled children beside what is ordinary for a praktijk of this size."""
    per = _Spiegel.van(beeld, praktijk).per_praktijk
    if praktijk not in per.index or len(per) <= MINIMUM_PRAKTIJKEN:
        return _niet_te_vergelijken(beeld)
    doel = float(per["verwijzingen"].sum() / per["ingeschreven"].sum())
    oordeel = trechter_verhouding(
        per["verwijzingen"], doel * per["ingeschreven"], keuze=Keuze(spreiding="optellend")
    ).tabel
    schaal = 1000 * doel
    eigen = oordeel[oordeel.index == praktijk].iloc[0]
    data = _punt(eigen, float(per["ingeschreven"][praktijk]), schaal)
    return Figuur(
        id="spiegelinformatie-trechter",
        titel=_zin(str(eigen["oordeel"]), str(eigen["kant"])),
        ondertitel=f"Verwijzingen per 1.000 ingeschreven kinderen, laatste jaar; {len(per)} praktijken",
        bron=bron(beeld),
        grafiek=grafiek.trechter(
            data, _grenzen(per, oordeel, schaal), eenheid="per_1000", doel=schaal, langs="Ingeschreven kinderen"
        ),
        data=data,
    )


def _punt(eigen: pd.Series, grootte: float, schaal: float) -> pd.DataFrame:
    grenzen = {naam: [eigen[naam] * schaal] for naam in eigen.index if str(naam).startswith(("onder", "boven"))}
    return pd.DataFrame(
        {"naam": ["Uw praktijk"], "grootte": [grootte], "waarde": [eigen["waarde"] * schaal], **grenzen}
    )


def _grenzen(per: pd.DataFrame, oordeel: pd.DataFrame, schaal: float) -> pd.DataFrame:
    """The limits on an even grid, so that the bends of a line don't give the sizes of others away."""
    op_grootte = per["ingeschreven"].sort_values(kind="stable")
    rooster = np.linspace(float(op_grootte.iloc[0]), float(op_grootte.iloc[-1]), _PUNTEN)
    lijnen = [naam for naam in oordeel.columns if naam.startswith(("onder", "boven"))]
    gesorteerd = oordeel.loc[op_grootte.index]
    waarden = {naam: schaal * np.interp(rooster, op_grootte, gesorteerd[naam]) for naam in lijnen}
    return pd.DataFrame({"grootte": rooster, **waarden})


def _zin(oordeel: str, kant: str) -> str:
    if oordeel == "buiten_998":
        anders = "meer" if kant == "hoger" else "minder"
        return f"Uw praktijk verwijst duidelijk {anders} dan gewoon voor deze grootte"
    if oordeel == "buiten_95":
        return "Uw praktijk ligt aan de rand van wat gewoon is voor deze grootte; dat kan toeval zijn"
    return "Uw praktijk verwijst niet opvallend meer of minder dan andere praktijken van deze grootte"


def _niet_te_vergelijken(beeld: Beeld) -> Waarschuwing:
    return Waarschuwing(
        titel="Uw praktijk is niet te vergelijken",
        tekst=(
            "Van uw praktijk of van te weinig andere praktijken weten we hoeveel kinderen er zijn ingeschreven. "
            "Zonder dat aantal zou een vergelijking alleen laten zien hoe groot een praktijk is."
        ),
        soort="uitleg",
    )


def hulp(beeld: Beeld, praktijk: str) -> Tabel | Waarschuwing:
    """For which help: own referrals of the last year per hulpvorm, and the shares beside the region."""
    spiegel = _Spiegel.van(beeld, praktijk)
    eigen, regio = (_per_hulpvorm(spiegel, rijen) for rijen in (spiegel.eigen, spiegel.alle))
    if not eigen.sum():
        return _niets(beeld)
    vergelijk = spiegel.anderen >= MINIMUM_PRAKTIJKEN
    rijen = pd.DataFrame(
        {
            "hulpvorm": eigen.index,
            "aantal": eigen.to_numpy(),
            "waarde": 100 * eigen.to_numpy() / eigen.sum(),
            "regio": 100 * regio.to_numpy() / regio.sum() if vergelijk else np.nan,
        }
    )
    tabel = pd.DataFrame(
        {
            "Hulp": [codes.HULPVORM[code] for code in rijen["hulpvorm"]],
            "Uw praktijk": [opmaak.getal(aantal) for aantal in rijen["aantal"]],
            "Aandeel": [opmaak.procent(deel) for deel in rijen["waarde"]],
            "Aandeel in de regio": [opmaak.cel(deel, "procent") for deel in rijen["regio"]],
        }
    )
    return Tabel(
        id="spiegelinformatie-hulp",
        titel="Waarvoor uw praktijk verwees",
        ondertitel="Verwijzingen in het laatste jaar, per soort hulp",
        tabel=tabel,
        bron=bron(beeld),
        data=rijen,
    )


def _per_hulpvorm(spiegel: _Spiegel, rijen: pd.DataFrame) -> pd.Series:
    """Referrals of the last year per hulpvorm, in the order of the code list."""
    recent = rijen[rijen["periode"].isin(spiegel.perioden[-_JAAR:]) & rijen["hulpvorm"].ne(codes.TOTAAL)]
    return recent.groupby("hulpvorm")["verwijzingen"].sum().reindex(list(codes.HULPVORM), fill_value=0)


def geld(beeld: Beeld, praktijk: str) -> Tabel | Waarschuwing:
    """Referrals, share to specialist mental care and euros of the last year, beside the region."""
    spiegel = _Spiegel.van(beeld, praktijk)
    eigen, regio = spiegel.som(spiegel.eigen), spiegel.som(spiegel.alle)
    if not eigen["verwijzingen"]:
        return _niets(beeld)
    vergelijk = spiegel.anderen >= MINIMUM_PRAKTIJKEN
    rijen = pd.DataFrame(
        [
            ("Verwijzingen", opmaak.getal(eigen["verwijzingen"]), ""),
            ("Naar specialistische ggz", _deel(eigen), _deel(regio) if vergelijk else opmaak.VERBORGEN),
            ("Uitgaven aan hulp na verwijzing door uw praktijk", opmaak.euro(eigen["euro"]), ""),
            ("Uitgaven per verwijzing", _per_stuk(eigen), _per_stuk(regio) if vergelijk else opmaak.VERBORGEN),
        ],
        columns=["Maat", "Uw praktijk", "Regio"],
    )
    return Tabel(
        id="spiegelinformatie-geld",
        titel="Specialistische ggz en uitgaven",
        ondertitel="Laatste jaar; ook uitgaven aan hulp die eerder begon",
        tabel=rijen,
        bron=bron(beeld),
        noten=("Uitgaven van de laatste maanden zijn nog niet compleet: er komen declaraties na.",),
        data=rijen.rename(columns=str.lower),
    )


def _deel(som: pd.Series) -> str:
    return opmaak.procent(100 * som["sggz"] / som["verwijzingen"])


def _per_stuk(som: pd.Series) -> str:
    return opmaak.euro(som["euro"] / som["verwijzingen"])


def gesprek(beeld: Beeld, praktijk: str) -> Tekst:
    """The invitation: questions to talk about, none of them a verdict."""
    return Tekst(
        "* Herkent u deze cijfers? Welke kinderen ziet u voor u?\n"
        "* Voor welke kinderen zoekt u hulp die u dichtbij niet vindt?\n"
        "* Hoe werkt u samen met de toegang van de gemeente, de school en de jeugdarts?\n"
        "* Zou een jeugdhulpverlener in uw praktijk kinderen eerder of lichter kunnen helpen?",
    )
