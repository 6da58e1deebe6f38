"""Verantwoording: how the figures are made, in plain words, and how accessible the monitor is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from dash import dcc, html

from dashboard import formatting as f
from dashboard import queries
from dashboard.components.figure import figure_block, source_line
from dashboard.components.help import glossary
from dashboard.components.shell import page
from dashboard.components.table import data_table, details
from dashboard.store import Publication

PATH, NAME, TITLE = "/verantwoording", "Verantwoording", "Verantwoording en toegankelijkheid · Monitor Sociaal Domein"

#: As pyproject.toml names the software.
PAKKET = "monitor-sociaal-domein"
METHOD = (
    (
        "Verwachte uitkomst",
        "Wat er volgens de monitor aan het eind van het jaar is uitgegeven, ook de facturen die later komen. "
        "De monitor leert uit eerdere jaren hoeveel facturen na afloop van een maand nog binnenkomen, "
        "en hoe de uitgaven over het jaar lopen. De hulp die nu is toegewezen en de verplichtingen die in K2F "
        "open staan tellen mee, voor zover eerdere verwachtingen daar beter van werden. Wat al is besloten, zoals "
        "een nieuw tarief, kan een gemeente opgeven.",
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
        "Waarom het afwijkt",
        "Het verschil tussen de verwachting en de begroting, verdeeld over oorzaken: meer of minder cliënten, prijs, "
        "duur, nieuwe en beëindigde hulp, facturen die nog komen, eenmalige boekingen en de begroting zelf. "
        "De oorzaken tellen tot op de cent op tot het verschil.",
    ),
    (
        "Kan toeval zijn",
        "Een verschil tussen twee cijfers heet alleen beter of slechter als het meer is dan toeval. Daarvoor gebruiken "
        "we een toets die past bij het cijfer: de marges van een enquête, een deel van een aantal mensen, of een "
        "aantal. We kijken naar veel cijfers tegelijk; daarom ligt de grens hoger dan bij één cijfer.",
    ),
    (
        "Geheim",
        "In een wijk is een aantal van 0 tot en met 7 geheim en is elk ander aantal afgerond op vijftallen. Soms is "
        "nog een aantal geheim, omdat het anders uit te rekenen is. Geheim is iets anders dan nul of onbekend.",
    ),
    (
        "Vergelijkbare gemeenten",
        "Gemeenten die op inwoners, leeftijd, inkomen en uitkeringen het meest op deze gemeente lijken. Bij elke "
        "gemeente staat waarom.",
    ),
    (
        "Geladen, geweigerd, buiten bereik",
        "Van elke levering telt de monitor alle regels die hij leest. Geladen: de regel telt mee in de cijfers. "
        "Geweigerd: er klopt iets niet, en de monitor raadt niet wat er had moeten staan. Buiten bereik: een "
        "totaal, of een onderwerp buiten het sociaal domein.",
    ),
    (
        "Terugtoets",
        "De prognose is opnieuw gemaakt voor eerdere jaren, met alleen wat toen bekend was, en "
        "vergeleken met de uitkomst.",
    ),
)


VERKLARINGEN = (
    (
        "privacy",
        "Privacy",
        (
            "De monitor toont nooit één persoon. Hij bewaart aantallen en bedragen. Waar gegevens over personen nodig "
            "zijn om te tellen, staat er een pseudoniem in plaats van een naam of nummer.",
            "Regels over personen ruimt de gemeente op met een opdracht van de monitor, standaard na vier jaar.",
            "Kleine aantallen in een wijk zijn geheim. Wat u meeneemt als bestand is op dezelfde manier beschermd.",
        ),
    ),
    (
        "colofon",
        "Colofon",
        (
            "De Monitor Sociaal Domein is open source, onder de licentie EUPL-1.2.",
            "Bronnen: de leveringen van de gemeente zelf, en open cijfers van CBS en RIVM.",
        ),
    ),
)


def layout(**_state: Any) -> html.Div:
    """Give the page; without a publication too."""
    return page(PATH, _content)


def _content(pub: Publication, about: Any) -> list[Any]:
    terms = [part for name, text in METHOD for part in (html.Dt(name), html.Dd(text))]
    return [
        html.H1("Zo komen de cijfers tot stand"),
        html.P(
            "De monitor leest de leveringen van de gemeente en open cijfers van het CBS. Wat niet "
            "zeker is, wordt geweigerd en niet geschat. "
            "Er staan geen gegevens over één persoon in.",
            className="intro",
        ),
        html.Section([html.H2("Hoe we rekenen"), html.Dl(terms)], className="figuur"),
        _rules(pub, about),
        glossary(),
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
                html.P("Kunt u iets niet lezen of bedienen? Meld het bij uw gemeente, met het adres van de pagina."),
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
            id="toegankelijkheid",
        ),
        *_statements(_editions(about)),
    ]


def _measured(rule: Any) -> Any:
    """How a rule was measured, closed: the whole text in a cell makes a wall of a table."""
    return None if f.missing(rule.meting) or not rule.meting else details("Lees hoe", html.P(f.keep(rule.meting)))


def _statements(editions: tuple[str, ...] = ()) -> list[html.Section]:
    """What the monitor says of privacy and of itself, with which edition of it this is."""
    said = {"colofon": editions}
    return [
        html.Section(
            [html.H2(title), *(html.P(text) for text in (*texts, *said.get(name, ())))], className="figuur", id=name
        )
        for name, title, texts in VERKLARINGEN
    ]


def _editions(about: Any) -> tuple[str, ...]:
    """Which software and which publication a reader has before him, to name in a question."""
    try:
        software = f"Versie van de monitor: {version(PAKKET)}."
    except PackageNotFoundError:
        # Run from its folder without being installed: then nobody gave it a version.
        software = "Versie van de monitor: onbekend, want hij draait zonder te zijn geïnstalleerd."
    made, day = f.as_date(about["gemaakt_op"]), f.as_date(about["peildatum"])
    return (
        software,
        f"Deze publicatie: {about['run']}, gemaakt op {f.datum(made)} met cijfers tot en met {f.datum(day)}.",
    )


def _rules(pub: Publication, about: Any) -> html.Section:
    """What raises a signal, and how often each rule is wrong."""
    rules = queries.signaalregels(pub)
    if rules.empty:
        return html.Section()
    cells = [
        [r.titel, r.vraag, f.number(r.vals_alarm_per_jaar, 2), f.number(r.vertraging_maanden, 1), _measured(r)]
        for r in rules.itertuples()
    ]
    heads = ["Regel", "Wat zij zoekt", "Vals alarm per jaar op tien budgetten", "Maanden tot gezien", "Hoe gemeten"]
    lead = (
        "Een signaal kan onterecht zijn. Hoe vaak, is gemeten op gesimuleerde rustige jaren; hoe snel een echte "
        "verandering wordt gezien ook. Een regel over een vaststaand feit heeft geen kans op vals alarm."
    )
    table = data_table("De regels achter de signalen", heads, cells, (2, 3))
    source = source_line(
        bron="simulaties van rustige jaren en van veranderingen, en wat eerder gezegd is in deze publicatie",
        peildatum=about["peildatum"],
        status="gemeten bij deze versie van de monitor",
        definitie=dcc.Link("wat een signaal is", href="#begrippen"),
    )
    return figure_block("Signalen", table, source, lead=lead, id="signalen")
