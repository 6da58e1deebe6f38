"""The last chapter: how to read the edition, what its words mean, and where the figures come from."""

from __future__ import annotations

from dashboard import formatting as f
from dashboard.edition.document import Alinea, Hoofdstuk, Lijst, Tabel
from dashboard.edition.effect import npg
from dashboard.edition.words import paragraph
from dashboard.edition.world import World

WOORDEN = (
    ("Primitief", "de begroting zoals de raad die voor het begin van het jaar vaststelde"),
    ("Na wijziging", "de begroting met alle besluiten die de raad daarna nam"),
    ("Rekening-prognose", "wat we aan het eind van het jaar verwachten uit te geven of te ontvangen"),
    ("V en N", "voordeel en nadeel voor de gemeente"),
    ("I en S", "incidenteel (eenmalig) en structureel (blijft); een vraagteken als de cijfers dat niet zeggen"),
    ("Waarschijnlijk (80 %)", "in acht van de tien gevallen komt de uitkomst tussen deze twee bedragen"),
    ("Kan toeval zijn", "het verschil is zo klein dat het ook zonder oorzaak kan ontstaan"),
    ("Geheim", "het gaat om zeven mensen of minder; zo is niemand herkenbaar"),
)

#: Folders of the inbox, as a council would call them; another one is called by its name.
_BRONNEN = {
    "cbs_maatwerk": "Maatwerk van het CBS",
    "clientervaring": "Onderzoek naar de ervaring van cliënten",
    "jeugd": "Registratie van de jeugdhulp",
    "k2f": "Financiële administratie (K2F)",
    "participatiewet": "Registratie van de Participatiewet",
    "programmas": "Programmalijst",
    "schuldhulp": "Registratie van de schuldhulp",
    "wmo": "Registratie van de Wmo",
}


def chapters(world: World, edited: bool = False) -> tuple[Hoofdstuk, ...]:
    """Give the chapter with its sections.

    Args:
        world: The data.
        edited: The text was changed by the gemeente before it was frozen.
    """
    return (
        Hoofdstuk("leeswijzer", "Zo leest u deze editie", _guide(world, edited), nieuwe_pagina=True),
        Hoofdstuk("woorden", "Wat de woorden betekenen", (Lijst(tuple(_word(*w) for w in WOORDEN)),), niveau=2),
        Hoofdstuk("definities", "De tien indicatoren", (_definitions(),), niveau=2),
        Hoofdstuk("bronnen", "Waar de cijfers vandaan komen", _sources(world), niveau=2),
    )


def _guide(world: World, edited: bool) -> tuple[Alinea, ...]:
    day = f.datum(world.peildatum)
    said = [
        f"Deze editie gaat over het {world.halfjaar.naam} en gebruikt wat op {day} bekend was over het geld. Van "
        "andere cijfers is het nieuwste genomen over een periode die toen voorbij was. Staat ergens een latere datum "
        "bij, dan kende de monitor de stand van toen niet meer.",
        "Een verwachting is geen zekerheid. Daarom staat in de samenvatting hoe ver de uitkomst kan afwijken, en staat "
        "in de terugblik hoe goed eerdere verwachtingen waren.",
        "Een cijfer naast geld bewijst niet dat het geld dit effect heeft.",
        "Aantallen mensen zijn afgerond op vijf en tot en met zeven geheim. In de tekst staan bedragen afgerond; de "
        "bijlage in Excel geeft ze precies.",
    ]
    said.append(
        "De gemeente heeft de tekst van de berichten of toelichtingen aangepast. De monitor heeft gecontroleerd dat "
        "elk getal erin uit de publicatie komt."
        if edited
        else "De tekst is door de monitor uit de cijfers geschreven."
    )
    said.append("Deze editie is vastgesteld en verandert niet meer. Een verbetering krijgt een nieuw nummer.")
    return tuple(paragraph(text) for text in said)


def _word(word: str, meaning: str) -> Alinea:
    return paragraph(f"{word}: {meaning}.")


def _definitions() -> Tabel:
    rows = tuple((i.titel, i.definitie, ", ".join(i.bron)) for i in npg())
    return Tabel("definities-tabel", "Wat de indicatoren meten", ("Indicator", "Definitie", "Bron"), rows)


def _sources(world: World) -> tuple[Tabel | Alinea, ...]:
    used = " ".join(" ".join(i.bron) for i in npg())
    delivered = tuple(
        (_BRONNEN.get(str(r["bron"]), str(r["bron"])), f.datum(f.as_date(r["peildatum"])))
        for _, r in world.leveringen.iterrows()
    )
    tables = tuple(
        (str(r["titel"]), str(r["tabel"]), f.datum(f.as_date(r["opgehaald_op"])))
        for _, r in world.cbs.iterrows()
        if str(r["tabel"]) in used
    )
    goals = sorted({d.bron for d in world.doelen.values() if (d.onderdeel, "L") in world.posten})
    blocks: list[Tabel | Alinea] = [paragraph(f"De doelen komen uit: {'; '.join(goals)}.") if goals else paragraph()]
    if delivered:
        blocks.append(Tabel("leveringen", "Leveringen van de gemeente", ("Bron", "Nieuwste peildatum"), delivered))
    if tables:
        blocks.append(Tabel("cbs-tabellen", "Tabellen van het CBS", ("Titel", "Tabel", "Opgehaald op"), tables))
    blocks.append(paragraph(f"Publicatie van de monitor: {world.run}.", soort="toelichting"))
    return tuple(b for b in blocks if not isinstance(b, Alinea) or b.delen)
