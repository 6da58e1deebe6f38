"""The words of the field and of the monitor, each in one plain sentence; help, page and docs read them here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Begrip:
    """A word and what it means.

    Attributes:
        naam: As it stands on screens.
        zin: One plain Dutch sentence.
        groep: Under which heading it stands.
    """

    naam: str
    zin: str
    groep: str


MONITOR, GELD, WETTEN, CIJFERS = "De prognose", "Begroting en verantwoording", "Wetten en hulp", "Cijfers en privacy"

_ROWS = (
    ("Verwachte uitkomst", "Wat er volgens de monitor op het eind van het jaar is uitgegeven.", MONITOR),
    ("Band van 80 %", "De uitkomst ligt naar verwachting 8 van de 10 keer in dit gebied.", MONITOR),
    ("Kans boven", "Hoe waarschijnlijk het is dat de uitkomst hoger is dan de begroting die nu geldt.", MONITOR),
    ("Geld op", "De dag waarop het budget naar verwachting helemaal is uitgegeven.", MONITOR),
    ("Euro’s risico", "Wat er gemiddeld boven de begroting uitkomt; meevallers tellen als nul.", MONITOR),
    ("Nog te ontvangen", "Facturen over de afgelopen maanden die naar schatting nog komen.", MONITOR),
    ("Prognose van de budgethouder", "Wat de verantwoordelijke medewerker zelf verwacht voor het hele jaar.", MONITOR),
    ("Lineair", "Wat er nu geboekt is, rechtgetrokken naar twaalf maanden.", MONITOR),
    ("Terugtoets", "De prognose opnieuw gemaakt voor eerdere jaren en vergeleken met wat het werd.", MONITOR),
    ("Scenario", "Een berekening van wat er gebeurt als u iets anders aanneemt, zoals een hogere prijs.", MONITOR),
    ("Signaal", "Een opvallende verandering die de monitor zelf heeft gevonden en die onterecht kan zijn.", MONITOR),
    ("Begroting", "Wat de gemeente in een jaar mag uitgeven en verwacht te ontvangen.", GELD),
    ("Primitieve begroting", "De begroting zoals de raad die voor het jaar vaststelde, zonder wijzigingen.", GELD),
    ("Begroting na wijziging", "De begroting die nu geldt, met alle wijzigingen van dit jaar.", GELD),
    ("Verplichting", "Geld dat de gemeente al heeft toegezegd, terwijl de rekening nog moet komen.", GELD),
    ("Lasten", "Wat de gemeente uitgeeft of moet betalen.", GELD),
    ("Baten", "Wat de gemeente ontvangt.", GELD),
    ("Saldo", "Het verschil tussen baten en lasten.", GELD),
    ("Bestuursrapportage", "Een bericht aan de raad, in het jaar zelf, over het geld en de plannen.", GELD),
    ("Jaarrekening", "Het verslag na het jaar van wat er echt is uitgegeven en ontvangen.", GELD),
    ("Kadernota", "Het stuk waarin de raad bepaalt waar de volgende begroting over gaat.", GELD),
    ("P&C-cyclus", "De vaste stukken en momenten in een jaar waarop over geld wordt besloten.", GELD),
    ("Taakveld", "De vaste indeling van het Rijk voor waar een gemeente geld aan uitgeeft.", GELD),
    ("Taakstelling", "Een bedrag dat bespaard moet worden, vastgesteld door de raad.", GELD),
    ("Boekjaar", "Het jaar waar een bedrag bij hoort, ook als het later wordt betaald.", GELD),
    ("K2F", "Het financiële systeem waaruit de begroting en de boekingen komen.", GELD),
    ("Wmo", "De wet die hulp en ondersteuning thuis regelt, zoals hulp in het huishouden.", WETTEN),
    ("Jeugdwet", "De wet die hulp voor kinderen, jongeren en hun ouders regelt.", WETTEN),
    ("Participatiewet", "De wet die bijstand en hulp bij het vinden van werk regelt.", WETTEN),
    ("Maatwerkvoorziening", "Hulp die iemand na een onderzoek persoonlijk krijgt.", WETTEN),
    ("Toewijzing", "De opdracht aan een aanbieder om iemand een soort hulp te geven.", WETTEN),
    ("Declaratie", "De rekening die een aanbieder stuurt voor gegeven hulp.", WETTEN),
    ("Zorg in natura", "Hulp van een aanbieder die de gemeente zelf betaalt.", WETTEN),
    ("Pgb", "Een budget waarmee iemand zelf hulp inkoopt.", WETTEN),
    ("Peildatum", "De dag waarop de cijfers gelden.", CIJFERS),
    ("Voorlopig", "Het cijfer kan nog veranderen, omdat er nog gegevens bij komen.", CIJFERS),
    ("Geheim", "Een klein aantal dat niet wordt getoond, zodat niemand te herkennen is.", CIJFERS),
    ("Te weinig gegevens", "Er zijn te weinig eerdere cijfers om iets zekers te zeggen.", CIJFERS),
    ("Pseudoniem", "Een code in plaats van een naam of nummer van een persoon.", CIJFERS),
    ("Kan toeval zijn", "Het verschil is te klein om te zeggen dat er echt iets is veranderd.", CIJFERS),
)  # fmt: skip

#: Every word by its name, in the order of the page.
BEGRIPPEN: dict[str, Begrip] = {naam: Begrip(naam, zin, groep) for naam, zin, groep in _ROWS}
