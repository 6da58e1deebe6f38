"""The chapter that says how right earlier expectations were: those of closed years, and the edition before."""

from __future__ import annotations

import pandas as pd

from dashboard import formatting as f
from dashboard.edition import facts
from dashboard.edition.document import Blok, Deel, Figuur, Hoofdstuk, Tabel
from dashboard.edition.messages import messages
from dashboard.edition.posts import TOTAAL
from dashboard.edition.quote import quoted
from dashboard.edition.words import paragraph
from dashboard.edition.world import Earlier, World
from dashboard.findings import coverage_sentence, track_record, track_sentence
from indicators.core.period import MAANDEN

_TERUGBLIK = ("naam", "begroting_eur", "p10_eur", "p50_eur", "p90_eur", "uitkomst_eur")
HEADS = ("Jaar", "Gezegd", "Laag", "Hoog", "Uitkomst", "Gezegd min uitkomst", "Binnen de band")


def chapters(world: World) -> tuple[Hoofdstuk, ...]:
    """Give the chapter about closed years, and the section about the edition before."""
    month = MAANDEN[world.peildatum.month - 1]
    rows = _years(world)
    if rows.empty:
        blocks: tuple[Blok, ...] = (
            paragraph("Er zijn nog te weinig afgesloten jaren om te zeggen hoe goed de verwachting eerder was."),
        )
        title = "Hoe goed de verwachting eerder was, is nog niet te zeggen"
    else:
        blocks, title = _closed(world, rows), f"Wat we in {month} van eerdere jaren zeiden"
    first = Hoofdstuk("terugblik", title, blocks, nieuwe_pagina=True)
    return (first, *_earlier(world))


def _years(world: World) -> pd.DataFrame:
    of = world.terugtoets
    return of[(of["onderdeel"] == TOTAAL) & (of["methode"] == "model") & of["uitkomst_eur"].notna()]


def _closed(world: World, rows: pd.DataFrame) -> tuple[Blok, ...]:
    record = track_record(world.terugtoets[world.terugtoets["onderdeel"] == TOTAAL])
    month = world.peildatum.month
    said = paragraph(track_sentence(record, month), " ", coverage_sentence(record), soort="conclusie")
    if not f.missing(record.lineair):
        said = paragraph(
            *said.delen, f" Wie de lijn van de uitgaven doortrok, zat er {f.percent(record.lineair, 1)} naast.",
            soort="conclusie",
        )  # fmt: skip
    source = f"Bron: terugtoets van de monitor; {MAANDEN[month - 1]} van elk jaar, met alleen wat toen bekend was"
    title = "Lasten van het sociaal domein: gezegd en geworden, × € 1.000"
    table = Tabel("terugblik-jaren", title, HEADS, tuple(_year(r) for _, r in rows.iterrows()), (1, 2, 3, 4, 5), source)
    return (said, _picture(rows, month, source), table)


def _year(row: pd.Series) -> tuple[Deel, ...]:
    keys = {"onderdeel": TOTAAL, "boekjaar": row["boekjaar"], "peilmaand": row["peilmaand"], "methode": "model"}

    def bron(column: str) -> str:
        return facts.source("mart.fct_terugtoets", column, **keys)

    columns = ("voorspeld_eur", "p10_eur", "p90_eur", "uitkomst_eur")
    inside = f.LEEG
    if not f.missing(row["p10_eur"]) and not f.missing(row["p90_eur"]):
        inside = "ja" if row["p10_eur"] <= row["uitkomst_eur"] <= row["p90_eur"] else "nee"
    gap = facts.thousands(
        row["voorspeld_eur"] - row["uitkomst_eur"], facts.less(bron("voorspeld_eur"), bron("uitkomst_eur")), sign=True
    )
    return (str(row["boekjaar"]), *(facts.thousands(row[c], bron(c)) for c in columns), gap, inside)


def _picture(rows: pd.DataFrame, month: int, source: str) -> Figuur:
    names = {"voorspeld_eur": "p50_eur"}
    frame = rows.rename(columns=names).assign(naam=rows["boekjaar"].astype(str), begroting_eur=None)
    frame = frame[list(_TERUGBLIK)].reset_index(drop=True)
    frame = frame.assign(uitkomst="uitkomst")
    inside = ((frame["p10_eur"] <= frame["uitkomst_eur"]) & (frame["uitkomst_eur"] <= frame["p90_eur"])).sum()
    banded = int((frame["p10_eur"].notna() & frame["p90_eur"].notna()).sum())
    told = [
        f"{r.naam}: gezegd {f.euro_text(r.p50_eur)}, geworden {f.euro_text(r.uitkomst_eur)}" for r in frame.itertuples()
    ]
    title = f"De uitkomst lag {inside} van de {banded} keer binnen de band die we in {MAANDEN[month - 1]} gaven"
    return Figuur("terugblik-figuur", title, "; ".join(told) + ".", "terugblik", frame, source)


def _earlier(world: World) -> tuple[Hoofdstuk, ...]:
    """What the edition before said, and what is known now; a message without a place in the summary is quoted here."""
    earlier = world.eerder
    if earlier is None:
        text = "Dit is de eerste editie. In de volgende staat hier wat er van deze berichten is geworden."
        return (Hoofdstuk("vorige-editie", "Wat we vorige keer zeiden", (paragraph(text),), niveau=2),)
    now = {m.id for m in messages(world)}
    rest = [a for name in earlier.berichten if name not in now for a in quoted(world, name, soort="gewoon")]
    said = "Bij elk bericht in de samenvatting staat wat we vorige keer zeiden en wat daarvan is geworden."
    picture = _then_and_now(world, earlier)
    blocks: tuple[Blok, ...] = (paragraph(said), *rest, *((picture,) if picture is not None else ()))
    return (Hoofdstuk("vorige-editie", f"Wat we zeiden over het {earlier.naam}", blocks, niveau=2),)


def _then_and_now(world: World, earlier: Earlier) -> Figuur | None:
    """Draw what was expected then beside what is expected now, of the same year."""
    if earlier.peildatum.year != world.boekjaar:
        return None
    rows = []
    for name, values in earlier.waarden.items():
        post = world.posten.get((name, "L"))
        if "verwacht_eur" in values and post is not None and post.verwacht is not None:
            then = (values.get("actueel_eur"), values.get("laag_eur"), values["verwacht_eur"], values.get("hoog_eur"))
            rows.append((post.naam, *then, post.verwacht, "nu verwacht"))
    if not rows:
        return None
    frame = pd.DataFrame(rows, columns=[*_TERUGBLIK, "uitkomst"]).astype(dict.fromkeys(_TERUGBLIK[1:], "float64"))
    inside = int(((frame["p10_eur"] <= frame["uitkomst_eur"]) & (frame["uitkomst_eur"] <= frame["p90_eur"])).sum())
    verb = "ligt" if inside == 1 else "liggen"
    title = f"{inside} van de {len(frame)} verwachtingen {verb} nu nog binnen de band van toen"
    told = [f"{r[0]}: toen {f.euro_text(r[3])}, nu {f.euro_text(r[5])}" for r in rows]
    day = f.datum(earlier.peildatum)
    source = f"Bron: editie {earlier.code}, peildatum {day}, en de prognose van {f.datum(world.peildatum)}"
    return Figuur("vorige-editie-figuur", title, "; ".join(told) + ".", "terugblik", frame, source)
