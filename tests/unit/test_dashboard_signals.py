"""Signals and explanation on screens: what stands there is what was published, with what it is not."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from dashboard import findings
from dashboard.charts.waterfall import waterfall
from dashboard.components.explanation import title
from dashboard.components.signals import signal_list, target
from dashboard.markup import to_html


def signal(**changes: object) -> dict[str, object]:
    return {
        "signaal": "a", "regel": "budget_in_gevaar", "onderdeel": "begeleiding", "ernst": "hoog",
        "effect_eur": 120_000.0,
        "titel": "Begeleiding loopt uit", "toelichting": "Er is meer nodig.", "sinds": pd.Timestamp("2026-05-01"),
        "zekerheid": 0.9, "wat_het_niet_is": "Dit zegt niets over kwaliteit.", "cijfers": "[]",
        "vals_alarm_per_jaar": 0.4, "vertraging_maanden": 3.0, "volgorde": 1,
    } | changes  # fmt: skip


def rows(*signals: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(signals))


def test_six_signals_are_shown_and_the_rest_opens() -> None:
    text = to_html(signal_list(rows(*[signal(signaal=str(i)) for i in range(8)]), 2026))
    before, after = text.split("Nog twee signalen")
    assert before.count("<h3") == 6 and after.count("<h3") == 2


def test_a_signal_says_how_sure_since_when_and_what_it_is_not() -> None:
    text = to_html(signal_list(rows(signal()), 2026)).replace("\u00a0", " ")
    for words in ("Ernst hoog", "+0,1 mln", "Sinds mei 2026", "zekerheid 90 %", "Dit zegt niets over kwaliteit",
                  "0,4 keer per jaar vals alarm"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("cijfers", [None, "", "geen json", "{}", '["los"]', '[{"naam": "x"}]'])
def test_figures_that_cannot_be_read_leave_the_signal_readable(cijfers: str | None) -> None:
    assert "Begeleiding loopt uit" in to_html(signal_list(rows(signal(cijfers=cijfers)), 2026))


def test_a_signal_without_euros_shows_no_amount() -> None:
    assert "mln" not in to_html(signal_list(rows(signal(effect_eur=float("nan"))), 2026))


@pytest.mark.parametrize(
    ("changes", "href"),
    [
        ({}, "/budget?onderdeel=begeleiding&boekjaar=2026"),
        ({"regel": "levering_ontbreekt"}, "/gegevens"),
        ({"cijfers": '[{"naam": "a", "indicator": "ervaren_gezondheid"}]'}, "/indicator?indicator=ervaren_gezondheid"),
    ],
)
def test_every_signal_leads_to_its_explanation(changes: dict[str, object], href: str) -> None:
    assert target(signal(**changes), 2026)[0] == href


def test_the_heading_never_adds_effects_that_may_overlap() -> None:
    found = findings.attention(rows(signal(effect_eur=500_000.0), signal(effect_eur=250_000.0)))
    assert found.replace("\u00a0", " ") == "Twee signalen: het grootste is € 0,5 miljoen dit jaar"
    assert findings.attention(rows(signal(effect_eur=None))) == "Één signaal"


CAUSES = pd.DataFrame({"oorzaak": ["prijs", "beeindigd"], "effect_eur": [310_000.0, -40_000.0], "zin": ["a", "b"]})


def test_the_waterfall_goes_from_budget_to_expectation() -> None:
    bars = waterfall(1_000_000.0, CAUSES).data[0]
    ends = [base + size for base, size in zip(bars["base"], bars["x"], strict=True)]
    assert ends == pytest.approx([1.0, 1.31, 1.27, 1.27])
    assert bars["base"][1:3] == pytest.approx((1.0, 1.31))


def test_the_heading_names_the_largest_cause() -> None:
    assert (
        title(CAUSES).replace("\u00a0", " ") == "Het verschil met de begroting komt vooral door prijs: +€ 0,31 miljoen"
    )


@pytest.mark.parametrize(
    ("cause", "effect", "other", "said"),
    [
        ("prijs", 310_000.0, -200_000.0, "Het verschil met de begroting komt vooral door prijs: +€ 0,31 miljoen"),
        ("prijs", 310_000.0, -900_000.0,
         "Het verschil met de begroting komt vooral door beëindigde hulp: −€ 0,90 miljoen"),
        ("begroting", 500_000.0, -90_000.0,
         "De begroting is € 0,50 miljoen lager dan op grond van vorig jaar te verwachten was"),
        ("begroting", -500_000.0, 90_000.0,
         "De begroting is € 0,50 miljoen hoger dan op grond van vorig jaar te verwachten was"),
        ("begroting", -500_000.0, 600_000.0,
         "Het verschil met de begroting komt vooral door beëindigde hulp: +€ 0,60 miljoen"),
        ("overig", 70_000.0, 9_000.0,
         "Van het verschil met de begroting is het grootste deel niet te verklaren: +€ 0,07 miljoen"),
        ("prijs", 10_000.0, -10_000.0, "Er is geen verschil met de begroting te verklaren"),
        ("overig", 0.0, 0.0, "Er is geen verschil met de begroting te verklaren"),
    ],
)  # fmt: skip
def test_the_heading_names_a_cause_in_the_direction_of_the_difference(
    cause: str, effect: float, other: float, said: str
) -> None:
    causes = CAUSES.assign(oorzaak=[cause, "beeindigd"], effect_eur=[effect, other])
    assert title(causes).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("months", "words"), [(1.0, "binnen 1 maand."), (4.0, "binnen 4 maanden."), (2.5, "binnen 2,5")]
)
def test_how_soon_a_change_is_seen_is_a_median_and_no_mean(months: float, words: str) -> None:
    text = to_html(signal_list(rows(signal(vals_alarm_per_jaar=0.4, vertraging_maanden=months)), 2026))
    assert f"ziet een verandering meestal {words}" in text.replace("\u00a0", " ") and "na gemiddeld" not in text


def test_the_figures_of_a_signal_are_words_for_a_reader() -> None:
    figures = [
        {"naam": "kans", "waarde": 100.0, "eenheid": "procent", "maand": None},
        {"naam": "budget op", "waarde": "2026-12-14", "eenheid": "", "maand": None},
        {"naam": "geboekt", "waarde": 2_072_791.04, "eenheid": "euro", "maand": "2026-04-01"},
        {"naam": "vervangt signaal", "waarde": "budget:begeleiding:L:2026", "eenheid": "", "maand": None},
        {
            "naam": "hangt samen met signaal",
            "waarde": "grote_boeking:begeleiding:2026-09",
            "eenheid": "",
            "maand": None,
        },
    ]
    text = to_html(signal_list(rows(signal(cijfers=json.dumps(figures))), 2026)).replace("\u00a0", " ")
    for words in ("meer dan 99 %", "14 december 2026", "€ 2.072.791", "april 2026"):
        assert words in text
    for code in ("100 procent", "2026-12-14", "2026-04-01", "vervangt", "budget:begeleiding", "grote_boeking"):
        assert code not in text


def test_a_small_effect_is_not_shown_as_nothing() -> None:
    text = to_html(signal_list(rows(signal(effect_eur=34_123.0)), 2026)).replace("\u00a0", " ")
    assert "+0,03 mln" in text and "0,0 mln" not in text
