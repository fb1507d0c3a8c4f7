"""The attack on one published edition, from its bytes: sums, texts, drawings, descriptions, PDF and what strays.

Judge of the gate and of everything behind it, so it shares nothing with what makes the reports: what it knows
comes from the files. `vrijgegeven` only tells what may be printed; without it less can be explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.fouten import DomeinFout
from analyse.kern.resultaat import Meting, Vrijgave
from analyse.kern.schema import MATEN, SLEUTEL
from analyse.params import Params
from analyse.vrijgave.aanvaller import aanval_op
from analyse.vrijgave.publiek import INTERN
from analyse.vrijgave.uitgave.bronnen import Bronnen, Vrijgegeven
from analyse.vrijgave.uitgave.dekking import Dekking
from analyse.vrijgave.uitgave.getallen import getallen
from analyse.vrijgave.uitgave.kennisname import neem_kennis
from analyse.vrijgave.uitgave.lezen import Rapport, Uitgave, lees_uitgave
from analyse.vrijgave.uitgave.naast import andere_tekeningen, extra_getallen
from analyse.vrijgave.uitgave.persoon import SLEUTELKOLOMMEN, zoek_nummers, zoek_persoonsgegevens
from analyse.vrijgave.uitgave.svg import lees_svg
from analyse.vrijgave.uitgave.tabellen import ZICHTBAAR, CsvTabel, voeg_samen
from analyse.vrijgave.uitgave.tekens import vergelijk
from analyse.vrijgave.uitgave.verslag import Verslag, Vondst

_WATERMERK = re.compile(rf"\b{INTERN}\b")


def val_aan(
    map_: Path,
    *,
    params: Params,
    vorige: Sequence[Path | Vrijgave] = (),
    meting: Meting | None = None,
    vrijgegeven: Vrijgegeven | None = None,
    met_pdf: bool = True,
) -> Verslag:
    """Attack the edition in a folder; `vorige` are folders or releases of earlier editions.

    With `meting` by the strict attacker, who has the shown counts unrounded. `vrijgegeven` is what the gate let
    through: with it a figure that was never released is named as such. `met_pdf=False` leaves the PDFs out.
    """
    uitgave = lees_uitgave(map_, met_pdf=met_pdf)
    return Aanval(uitgave, params, vrijgegeven or Vrijgegeven()).verslag(vorige, meting)


@dataclass(frozen=True)
class Aanval:
    """Everything that is known about one edition."""

    uitgave: Uitgave
    params: Params
    vrijgegeven: Vrijgegeven

    def verslag(self, vorige: Sequence[Path | Vrijgave], meting: Meting | None) -> Verslag:
        """All attacks, one after another."""
        oordeel, fout = self._reken(vorige, meting)
        niet: list[str] = []
        vondsten = [*fout, *self._sommen(oordeel), *self._tabellen(), *self._tegenspraak()]
        for rapport in self.uitgave.rapporten:
            vondsten += [*self._teksten(rapport), *self._tekeningen(rapport, niet), *self._pdf(rapport)]
        vondsten += [*self._intern(), *self._personen()]
        noten = [f"Niet op te meten grafieken: {', '.join(sorted(set(niet)))}."] if niet else []
        engste = _engste(oordeel)
        return Verslag(self.uitgave.naam, self._gelezen, len(oordeel), engste, tuple(vondsten), tuple(noten))

    @property
    def _gelezen(self) -> dict[str, int]:
        rapporten = self.uitgave.rapporten
        return {
            "rapporten": len(rapporten),
            "PDF's": sum(r.pdf is not None for r in rapporten),
            "tabellen": len(self.uitgave.tabellen),
            "grafieken": sum(len(r.pagina.beelden) for r in rapporten),
            "stukken tekst": sum(len(r.pagina.stukken) for r in rapporten),
            "cijfers": len(self._cijfers),
        }

    # Sums

    @cached_property
    def _samen(self) -> tuple[pd.DataFrame, list[Vondst]]:
        tabel, botsingen = voeg_samen(self.uitgave.tabellen, self.params.kaarten)
        return tabel, [_botsing(b.cel, b.plek, lek=b.lek) for b in botsingen]

    @property
    def _cijfers(self) -> pd.DataFrame:
        """Every published figure once."""
        return self._samen[0]

    def _tegenspraak(self) -> list[Vondst]:
        return self._samen[1]

    def _reken(
        self, vorige: Sequence[Path | Vrijgave], meting: Meting | None
    ) -> tuple[pd.DataFrame, list[Vondst]]:
        """The bounds of every hidden cell; a contradiction is a finding and leaves nothing to compute."""
        eerder = [deel if isinstance(deel, Vrijgave) else self._eerder(deel) for deel in vorige]
        if self._cijfers.empty:
            return pd.DataFrame(columns=["lek"]), []
        try:
            return aanval_op(neem_kennis(self._cijfers, self.params, meting=meting, vorige=eerder)), []
        except DomeinFout as fout:
            return pd.DataFrame(columns=["lek"]), [Vondst("tegenspraak", fout.tekst, "alle tabellen samen")]

    def _eerder(self, map_: Path) -> Vrijgave:
        return Vrijgave(voeg_samen(lees_uitgave(map_, met_pdf=False).tabellen, self.params.kaarten)[0])

    def _sommen(self, oordeel: pd.DataFrame) -> Iterator[Vondst]:
        for rij in oordeel[oordeel["lek"].astype(bool)].to_dict("records"):
            cel = tuple(str(rij[naam]) for naam in ("grootheid", *SLEUTEL[1:]))
            bekend = rij["onder"] == rij["onder"]
            grens = f"ligt tussen {rij['onder']:.0f} en {rij['boven']:.0f}" if bekend else "was eerder verborgen"
            yield Vondst("som", f"{_naam(cel)} {grens}", self._waar(cel), str(rij["weg"]))

    def _waar(self, cel: tuple[str, ...]) -> str:
        """The files in which a cell stands."""
        raak = [t.pad for t in self.uitgave.tabellen if _staat_in(t, cel)]
        return " en ".join(raak[:2]) or "alle tabellen samen"

    # Tables

    def _tabellen(self) -> Iterator[Vondst]:
        for tabel in self.uitgave.tabellen:
            sleutels = [k for k in tabel.rijen.columns if k.lower() in SLEUTELKOLOMMEN]
            for kolom in dict.fromkeys((*tabel.vreemd, *sleutels)):
                yield Vondst("tabel", f"de kolom {kolom!r} hoort niet in een gepubliceerde tabel", tabel.pad)
            yield from self._rijen(tabel)
        yield from self._niet_vrij()

    def _rijen(self, tabel: CsvTabel) -> Iterator[Vondst]:
        for _, rij in tabel.verborgen.iterrows():
            if rij[["teller", "waarde", "onder", "boven"]].notna().any():
                yield Vondst("cel", f"{_naam(_cel(rij))} is verborgen, maar het getal staat erbij", tabel.pad)
        veelvoud = self.params.regio.drempels.afronding
        euro = {naam for naam, kaart in self.params.kaarten.items() if kaart.eenheid == "euro"}
        telling = tabel.zichtbaar[tabel.zichtbaar["eenheid"].isin(("aantal", "procent", "per_1000"))]
        telling = telling[~telling["indicator"].isin(euro)]
        scheef = telling["teller"].mod(veelvoud).gt(1e-6) & telling["teller"].notna()
        for _, rij in telling[scheef].iterrows():
            yield Vondst("cel", f"{_naam(_cel(rij))} is niet afgerond op {veelvoud}", tabel.pad)

    def _niet_vrij(self) -> Iterator[Vondst]:
        """Figures that the gate released otherwise, or not at all; those of others beside ours aren't its own."""
        vrij = self.vrijgegeven.cijfers
        if vrij is None:
            return
        bekend = {*self.params.kaarten, *vrij["indicator"].map(_soort)}
        sleutel = list(SLEUTEL)
        samen = self._cijfers.merge(vrij, on=sleutel, how="left", suffixes=("", "_vrij"), indicator=True)
        eigen = samen[samen["status"].isin(ZICHTBAAR) & samen["indicator"].map(_soort).isin(bekend)]
        anders = eigen["_merge"].eq("left_only") | eigen["status_vrij"].eq("verborgen")
        anders |= (eigen["waarde"] - eigen["waarde_vrij"]).abs().gt(1e-4)
        for _, rij in eigen[anders].iterrows():
            cel = _cel(rij)
            yield Vondst("tabel", f"{_naam(cel)} is zo niet vrijgegeven", self._waar(cel))

    # Pages

    @cached_property
    def _bronnen(self) -> Bronnen:
        return Bronnen(self.params, self.vrijgegeven)

    def _teksten(self, rapport: Rapport) -> Iterator[Vondst]:
        for raak in Dekking(rapport.pagina, rapport.tabellen, self._bronnen, rapport.gebied).onverklaard():
            soort = "cel" if raak.verborgen else "onverklaard"
            yield Vondst(soort, f"{raak.getal} in “{raak.zin}”", f"{rapport.pad}, {raak.plek}")

    def _tekeningen(self, rapport: Rapport, niet: list[str]) -> Iterator[Vondst]:
        for beeld in rapport.pagina.beelden:
            if beeld.object not in rapport.tabellen:
                niet.append(beeld.object)
                continue
            raak = vergelijk(lees_svg(beeld.svg), rapport.tabellen[beeld.object].rijen)
            if raak is None:
                niet.append(beeld.object)
            for punt in raak or ():
                wat = f"{punt.wanneer} staat iets op ongeveer {punt.waarde:.4g}, zonder vrijgegeven cijfer"
                yield Vondst("tekening", wat, f"{rapport.pad}, {beeld.object} (grafiek)")

    # PDF

    def _pdf(self, rapport: Rapport) -> Iterator[Vondst]:
        if rapport.pdf is None:
            return
        waar = rapport.pad.replace(".html", ".pdf")
        yield from (Vondst("pdf", wat, waar) for wat in extra_getallen(rapport))
        bekend = {beeld.alt for beeld in rapport.pagina.beelden}
        for tekst in rapport.pdf.beschrijvingen:
            if tekst not in bekend and getallen(tekst):
                yield Vondst("pdf", f"de beschrijving “{tekst[:120]}” staat niet in de webpagina", waar)
        yield from (Vondst("pdf", wat, waar) for wat in andere_tekeningen(rapport))

    # What strays

    def _intern(self) -> Iterator[Vondst]:
        for rapport in self.uitgave.rapporten:
            pdf = " ".join([*rapport.pdf.loopkoppen, *rapport.pdf.bladen]) if rapport.pdf else ""
            tekst = " ".join(stuk.tekst for stuk in rapport.pagina.stukken)
            if rapport.pagina.rubricering == INTERN or _WATERMERK.search(tekst):
                yield Vondst("intern", "de webpagina draagt het merk INTERN", rapport.pad)
            if _WATERMERK.search(pdf):
                yield Vondst("intern", "de PDF draagt het merk INTERN", rapport.pad.replace(".html", ".pdf"))
            for adres in rapport.pagina.adressen:
                if f"{INTERN}/" in adres:
                    yield Vondst("intern", f"verwijst naar {adres}", rapport.pad)
        for pad, tekst in self.uitgave.overig.items():
            if f"{INTERN}/" in tekst or _WATERMERK.search(tekst):
                yield Vondst("intern", "noemt een bestand van INTERN", pad)

    def _personen(self) -> Iterator[Vondst]:
        for rapport in self.uitgave.rapporten:
            pdf = (
                " ".join([*rapport.pdf.bladen, *rapport.pdf.overig, *rapport.pdf.adressen]) if rapport.pdf else ""
            )
            pagina = " ".join([*(s.tekst for s in rapport.pagina.stukken), *rapport.pagina.adressen])
            for waar, tekst in ((rapport.pad, pagina), (rapport.pad.replace(".html", ".pdf"), pdf)):
                for wat, wie in (*zoek_persoonsgegevens(tekst), *zoek_nummers(tekst)):
                    yield Vondst("persoon", f"{wat}: {wie}", waar)
        for tabel in self.uitgave.tabellen:
            tekstkolommen = [k for k in tabel.rijen.columns if k not in MATEN]
            tekst = " ".join(str(w) for k in tekstkolommen for w in dict.fromkeys(tabel.rijen[k]))
            yield from (Vondst("persoon", f"{wat}: {wie}", tabel.pad) for wat, wie in zoek_persoonsgegevens(tekst))
        for pad, tekst in self.uitgave.overig.items():
            yield from (Vondst("persoon", f"{wat}: {wie}", pad) for wat, wie in zoek_persoonsgegevens(tekst))


def _soort(indicator: str) -> str:
    """What kind of figure an id is of: every path has an id of its own, 'kind: path'."""
    return indicator.partition(": ")[0]


def _engste(oordeel: pd.DataFrame) -> str:
    if not len(oordeel):
        return "Er was niets te berekenen."
    breed = (oordeel["boven"] - oordeel["onder"]).astype(float)
    # What is narrower and yet no leak needs no room: it is hidden because its whole is, not for itself.
    telt = breed.ge(oordeel["nodig"].astype(float) - 1e-6) | oordeel["lek"].astype(bool)
    oordeel, breed = oordeel[telt & breed.notna()], breed[telt & breed.notna()]
    if not len(oordeel):
        return "Niets daarvan heeft ruimte nodig."
    rij = oordeel.iloc[int(breed.to_numpy().argmin())]
    cel = _naam(tuple(str(rij[naam]) for naam in ("grootheid", *SLEUTEL[1:])))
    wijd = "onbegrensd" if np.isinf(breed.min()) else f"van minstens {breed.min():.0f} breed"
    return f"De smalste ruimte is {wijd} ({cel}; nodig: {rij['nodig']:.0f})."


def _cel(rij: pd.Series) -> tuple[str, ...]:
    return tuple(str(rij[naam]) for naam in SLEUTEL)


def _naam(cel: tuple[str, ...]) -> str:
    """A cell in words: what, where, when, and its categories by name."""
    namen = [
        codes.NAMEN.get(dimensie, {}).get(code, code)
        for dimensie, code in zip(codes.DIMENSIES, cel[3:], strict=True)
        if code != codes.TOTAAL
    ]
    return " · ".join([*cel[:3], *namen])


def _staat_in(tabel: CsvTabel, cel: tuple[str, ...]) -> bool:
    raak = tabel.rijen["gebied"].eq(cel[1]) & tabel.rijen["periode"].eq(cel[2])
    raak &= tabel.rijen["indicator"].eq(cel[0].split(" ")[0])
    for dimensie, code in zip(codes.DIMENSIES, cel[3:], strict=True):
        raak &= tabel.rijen[dimensie].eq(code)
    return bool(raak.any())


def _botsing(cel: tuple[str, ...], plek: str, *, lek: bool) -> Vondst:
    wat = "is elders verborgen, maar hier te zien" if lek else "heeft in twee bestanden een andere waarde"
    return Vondst("tegenspraak", f"{_naam(cel)} {wat}", plek)
