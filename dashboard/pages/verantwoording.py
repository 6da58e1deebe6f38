"""Verantwoording: how the figures are made, in plain words, and how accessible the monitor is."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.components.shell import page
from dashboard.store import Publication

PATH, NAME, TITLE = "/verantwoording", "Verantwoording", "Verantwoording en toegankelijkheid · Monitor Sociaal Domein"

METHOD = (
    (
        "Verwachte uitkomst",
        "Wat er volgens de monitor aan het eind van het jaar is uitgegeven, ook de facturen die later komen. "
        "De monitor leert uit eerdere jaren hoeveel facturen na afloop van een maand nog binnenkomen, "
        "en hoe de uitgaven over het jaar lopen.",
    ),
    (
        "Band van 80 %",
        "De uitkomst ligt naar verwachting 8 van de 10 keer in de band. Hoe vaak dat eerder klopte, "
        "staat bij elk budget.",
    ),
    ("Kans boven", "De kans dat de uitkomst hoger is dan de begroting die nu geldt (de begroting na wijziging)."),
    (
        "Geld op",
        "De dag waarop het budget naar verwachting helemaal is uitgegeven. Staat er niets, dan is dat niet dit jaar.",
    ),
    (
        "Euro’s risico",
        "Wat er gemiddeld boven de begroting uitkomt, als we alle mogelijke uitkomsten meetellen. "
        "Meevallers tellen als nul. Deze volgorde staat op het overzicht.",
    ),
    ("Nog te ontvangen", "De facturen over de afgelopen maanden die er naar schatting nog aankomen."),
    (
        "Lineair",
        "Wat er geboekt is, rechtgetrokken naar twaalf maanden. Dat is een vergelijking en geen "
        "verwachting: facturen die nog komen tellen niet mee.",
    ),
    (
        "Terugtoets",
        "De prognose is opnieuw gemaakt voor eerdere jaren, met alleen wat toen bekend was, en "
        "vergeleken met de uitkomst.",
    ),
)


def layout(**_state: Any) -> html.Div:
    """Give the page; without a publication too."""
    return page(PATH, _content)


def _content(_pub: Publication, _about: Any) -> list[Any]:
    terms = [part for name, text in METHOD for part in (html.Dt(name), html.Dd(text))]
    return [
        html.H1("Zo komen de cijfers tot stand"),
        html.P(
            "De monitor leest de leveringen van de gemeente en open cijfers van het CBS. Wat niet "
            "zeker is, wordt geweigerd en niet geschat. "
            "Er staan geen gegevens over één persoon in.",
            className="intro",
        ),
        html.Section([html.H2("Wat de woorden betekenen"), html.Dl(terms)], className="figuur"),
        html.Section(
            [
                html.H2("Toegankelijkheid"),
                html.P(
                    "De monitor is gemaakt om te voldoen aan WCAG 2.2, niveau AA. Elke pagina wordt "
                    "bij elke wijziging automatisch getest, op een groot en een klein scherm."
                ),
                html.P(
                    "Alles werkt met het toetsenbord. Bij elke grafiek staat een beschrijving in "
                    "woorden en een tabel met dezelfde cijfers. Kleur zegt nooit iets alleen."
                ),
                html.P(
                    [
                        "Een handmatige toets door een onafhankelijke partij is nog niet gedaan. Wat "
                        "er is gelezen en geweigerd staat op de pagina ",
                        dcc.Link("Gegevens", href="/gegevens"),
                        ".",
                    ]
                ),
            ],
            className="figuur",
        ),
    ]
