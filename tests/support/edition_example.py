"""An invented edition with everything that a renderer may meet: all kinds of block, secrets, long names, odd signs."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from dashboard.edition.document import Alinea, Editie, Figuur, Getal, Hoofdstuk, Lijst, Tabel

BRON = "Bron: voorbeeld · peildatum 30 juni 2026"


def getal(tekst: str, waarde: float | None = None) -> Getal:
    return Getal(tekst, waarde, f"mart.v_voorbeeld|{tekst}")


GEHEIM = Getal("geheim", None, "mart.v_voorbeeld|geheim")


def euro(value: float) -> Getal:
    return getal(f"€\u00a0{value:,.0f}".replace(",", "."), value)


def balken() -> Figuur:
    rows = [
        ("Jeugdhulp met verblijf", 5.79e6, 5.77e6, 6.28e6, 6.83e6, 0.94, dt.date(2026, 11, 11)),
        ("Hulp bij het huishouden", 6.3e6, 6.31e6, 6.62e6, 6.99e6, 0.9, dt.date(2026, 12, 9)),
        (
            "Individuele begeleiding, dagbesteding en vervoer van en naar locaties",
            3.7e6,
            3.4e6,
            3.65e6,
            3.9e6,
            0.37,
            None,
        ),
        ("Inkomensregelingen", 28.0e6, 27.5e6, 28.1e6, 28.6e6, 0.56, None),
        ("Nieuwe regeling zonder begroting", None, 0.1e6, 0.2e6, 0.3e6, None, None),
        ("Beschermd wonen", 4.2e6, 3.0e6, 3.05e6, 3.1e6, 0.002, None),
        ("Energietoeslag & <noodfonds>", 0.2e6, 0.5e6, 0.61e6, 0.7e6, 0.999, dt.date(2026, 3, 2)),
    ]
    columns = ["naam", "begroting_eur", "p10_eur", "p50_eur", "p90_eur", "kans", "geld_op"]
    return Figuur(
        "budgetten-beeld",
        "Twee budgetten raken vrijwel zeker op voor het jaar om is",
        "Jeugdhulp met verblijf komt naar verwachting 0,5 mln boven de begroting uit, hulp bij het huishouden 0,3 mln.",
        "balken",
        pd.DataFrame(rows, columns=columns),
        BRON,
    )


def verloop() -> Figuur:
    months = [dt.date(2026, m, 1) for m in range(1, 13)]
    course = np.cumsum(np.full(12, 0.52e6))
    known = np.arange(12) < 6
    spread = np.linspace(0, 0.6e6, 12)
    rows = pd.DataFrame(
        {
            "maand": months,
            "geboekt_eur": np.where(known, course - 0.2e6, np.nan),
            "nog_te_ontvangen_eur": np.where(known, 0.2e6, np.nan),
            "p10_eur": course - spread,
            "p50_eur": course,
            "p90_eur": course + spread,
            "begroting_eur": 5.79e6,
            "primitief_eur": 5.6e6,
        }
    )
    return Figuur(
        "verloop-jeugd",
        "Het geld is op rond 11 november",
        "De lijn loopt op tot 6,2 mln; begroot is 5,8 mln.",
        "verloop",
        rows,
        BRON,
    )


def lijn(i: int, name: str, values: list[float | None], bounds: float = 0.0) -> Figuur:
    years = list(range(2026 - len(values), 2026))
    own = pd.DataFrame({"reeks": "eigen", "gebied": "Voorbeeldstad", "x": [y + 0.5 for y in years], "waarde": values})
    land = own.assign(reeks="land", gebied="Nederland", waarde=[None if v is None else v * 1.07 for v in values])
    rows = pd.concat([own, land], ignore_index=True).assign(naam=name)
    rows["periode"] = [f"{x:.0f}" for x in rows["x"] - 0.5]
    width = bounds if bounds else np.nan
    mine = rows["reeks"] == "eigen"
    rows["ondergrens"] = (rows["waarde"] - width).where(mine)
    rows["bovengrens"] = (rows["waarde"] + width).where(mine)
    rows["tekst"] = ["geheim" if pd.isna(v) else f"{v:.1f}\u00a0%".replace(".", ",") for v in rows["waarde"]]
    rows["breuk"] = (rows.index % 7) == 3
    words = f"{name}: de nieuwste waarde is {rows['tekst'][len(values) - 1]}."
    return Figuur(
        f"npg-{i}", "Het verschil met het jaar ervoor is te klein om iets te zeggen", words, "lijn", rows, BRON
    )


def npg() -> tuple[Figuur, ...]:
    names = (
        "Arbeidsparticipatie",
        "Besteedbaar inkomen",
        "Werkloosheidspercentage",
        "Sociaal-economische status",
        "Voortijdig schoolverlaten",
        "Huishoudens met problematische schulden",
        "Huishoudens met meerdere voorzieningen",
        "Langdurige werkloosheid",
        "Ervaren gezondheid",
        "Tevredenheid met het leven",
    )
    series: list[list[float | None]] = [
        [61.0, 62.1, 63.0, 64.2, 64.8],
        [31.0, 32.4, 33.1],
        [4.4, None, 4.9, 4.1],
        [-0.1, -0.12, -0.15],
        [2.1],
        [8.0, 8.2, 8.1, 7.9],
        [7.4, 7.3, 7.2, 7.1],
        [None, None],
        [71.0, 69.5, 67.4, 69.2],
        [84.0, 85.0, 84.4],
    ]
    return tuple(lijn(i, n, v, 3.9 if i == 8 else 0.0) for i, (n, v) in enumerate(zip(names, series, strict=True)))


def voortgang() -> Figuur:
    rows = pd.DataFrame(
        [("Jeugd", 1.0e6, 0.665e6, 0.755e6), ("Overig sociaal domein, waaronder de Wmo", 0.76e6, 0.57e6, None)],
        columns=["naam", "doel_eur", "gerealiseerd_eur", "prognose_eur"],
    )
    return Figuur(
        "taakstelling-beeld", "Drie kwart is gehaald", "Van 1,76 mln is 1,2 mln gehaald.", "voortgang", rows, BRON
    )


def terugblik() -> Figuur:
    rows = pd.DataFrame(
        [
            ("Totaal sociaal domein", 80e6, 78.8e6, 80.9e6, 82.1e6, 81.4e6),
            ("Jeugdhulp ambulant", 11.2e6, 10.8e6, 11.3e6, 11.9e6, 12.3e6),
            ("Wmo-vervoer", None, 0.9e6, 1.0e6, 1.1e6, 1.05e6),
        ],
        columns=["naam", "begroting_eur", "p10_eur", "p50_eur", "p90_eur", "uitkomst_eur"],
    )
    return Figuur(
        "terugblik-beeld",
        "Twee van drie lagen binnen de band",
        "Jeugdhulp ambulant viel erbuiten.",
        "terugblik",
        rows,
        BRON,
    )


def budgettabel(count: int = 34) -> Tabel:
    rows: list[tuple[str | Getal, ...]] = [("Jeugd", "", "", "", "", "", "")]
    for i in range(count):
        primitive, actual = 1e6 + i * 12345, 1.1e6 + i * 12000
        gap = (actual - primitive) * (1 if i % 3 else -1)
        side = "V" if gap < 0 else "N"
        rows.append(
            (
                f"Onderdeel met een vrij lange naam {i}",
                euro(primitive),
                euro(actual),
                euro(actual + gap),
                euro(abs(gap)),
                side,
                "I" if i % 2 else "?",
            )
        )
        if i == 14:
            rows.append(("Wmo", "", "", "", "", "", ""))
    rows.append(("Totaal", euro(3.9e7), euro(4.1e7), euro(4.2e7), euro(1e6), "N", ""))
    columns = ("Onderdeel", "Primitief", "Na wijziging", "Prognose", "Verschil", "V/N", "I/S")
    return Tabel(
        "budgetten", "Lasten 2026 in euro's; V is voordelig, N is nadelig", columns, tuple(rows), (1, 2, 3, 4), BRON
    )


def editie(voorbeelddata: bool = True, gemaakt_op: dt.date = dt.date(2026, 7, 14), rows: int = 34) -> Editie:
    boodschap = Alinea(
        (
            "Het doel was ",
            getal("350", 350.0),
            " gezinnen. Er deden er ",
            GEHEIM,
            " mee. Vorige keer zeiden we: ‘het gaat goed’.",
        ),
    )
    tien = Tabel(
        "npg-tabel",
        "De tien indicatoren met de cijfers",
        ("Indicator", "Waarde", "Grenzen", "Nederland", "Oordeel"),
        (
            (
                "Ervaren gezondheid",
                getal("69,2\u00a0%", 69.2),
                "65,2 – 72,9",
                getal("74,1\u00a0%", 74.1),
                "geen duidelijk verschil",
            ),
            ("Langdurige werkloosheid", GEHEIM, "", "", ""),
        ),
        (1, 3),
        BRON,
    )
    chapters = (
        Hoofdstuk(
            "samenvatting",
            "Samenvatting",
            (
                Alinea(
                    (
                        "Het sociaal domein komt dit jaar naar verwachting ",
                        getal("€\u00a00,9\u00a0miljoen", 912345.0),
                        " boven de begroting uit.",
                    ),
                    "conclusie",
                ),
                Alinea(
                    (
                        "Waarschijnlijk tussen ",
                        getal("€\u00a00,2\u00a0miljoen", -2e5),
                        " onder en ",
                        getal("€\u00a02,1\u00a0miljoen", 2.1e6),
                        " boven.",
                    ),
                ),
            ),
        ),
        Hoofdstuk(
            "b1",
            "Jeugdhulp met verblijf kost meer dan begroot",
            (boodschap, Alinea(("Klein gezegd.",), "toelichting")),
            2,
        ),
        Hoofdstuk(
            "b2",
            "De taakstelling Jeugd wordt niet gehaald",
            (Lijst((boodschap, Alinea(("Tweede punt met € & <tekens>",)))),),
            2,
        ),
        Hoofdstuk(
            "indicatoren",
            "Tien indicatoren op een rij",
            (Alinea(("Twee van de tien gaan vooruit.",), "conclusie"), *npg(), tien),
            1,
            True,
        ),
        Hoofdstuk("budgetten-h", "De budgetten", (balken(), budgettabel(rows), verloop()), 1, True),
        Hoofdstuk("taakstelling", "De taakstelling", (voortgang(), terugblik())),
        Hoofdstuk(
            "leeswijzer",
            "Leeswijzer en begrippen",
            (Lijst((Alinea(("Lasten: wat de gemeente uitgeeft.",)), Alinea(("Bron: https://www.cbs.nl/",)))),),
        ),
    )
    return Editie(
        "2026-H1",
        "Monitor Sociaal Domein, eerste halfjaar 2026",
        "Voorbeeldstad aan den Lange IJssel",
        dt.date(2026, 6, 30),
        gemaakt_op,
        voorbeelddata,
        "20260714T000000Z",
        chapters,
    )
