"""The words of the council: V and N, singular and plural, and every way of writing a number."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.edition import facts
from dashboard.edition.document import Getal
from dashboard.edition.half_year import EditionRefused, HalfYear
from dashboard.edition.numbers import Allowed, numbers, pieces
from dashboard.edition.posts import sign
from dashboard.edition.words import OORZAKEN, above_or_below, cause, counts, listed, lower_first, paragraph

EUROS = st.integers(min_value=-500_000_000, max_value=500_000_000)


@settings(max_examples=40)
@given(EUROS)
def test_voordeel_is_money_left_and_nadeel_is_money_short(difference: int) -> None:
    assert sign(difference) == ("" if abs(difference) < 500 else "V" if difference > 0 else "N")
    assert {sign(difference), sign(-difference)} in ({""}, {"V", "N"})


@settings(max_examples=40)
@given(EUROS)
def test_above_and_below_are_never_confused(over: int) -> None:
    said = "".join(p if isinstance(p, str) else p.tekst for p in above_or_below(over, facts.euro(over, "x")))
    assert ("boven" in said) == (over >= 50_000)
    assert ("onder" in said) == (over <= -50_000)


@pytest.mark.parametrize("name", [*OORZAKEN, "iets_nieuws"])
def test_a_cause_reads_as_a_clause_in_both_directions(name: str) -> None:
    for effect in (1.0, -1.0):
        assert re.fullmatch(r"[a-zé][^._]*", cause(name, effect))


def test_a_list_reads_as_dutch() -> None:
    assert "".join(map(str, listed(["a"]))) == "a"
    assert "".join(map(str, listed(["a", "b"]))) == "a en b"
    assert "".join(map(str, listed(["a", "b", "c"]))) == "a, b en c"


@pytest.mark.parametrize(
    ("name", "inside"), [("WSW en beschut werk", "WSW en beschut werk"), ("Wmo", "Wmo"), ("Jeugd", "jeugd"), ("", "")]
)
def test_a_name_inside_a_sentence_keeps_the_capital_of_an_abbreviation(name: str, inside: str) -> None:
    assert lower_first(name) == inside


def test_a_paragraph_has_no_empty_pieces() -> None:
    assert paragraph("a", "", None, "b", Getal("1"), "c").delen == ("ab", Getal("1"), "c")


@settings(max_examples=40)
@given(EUROS)
def test_every_printed_amount_is_found_again(value: int) -> None:
    for printed in (facts.euro(value, "bron"), facts.precise(value, "bron"), facts.whole(value, "bron")):
        allowed = Allowed([printed])
        found = numbers(f"Het is {printed.tekst} nu.")
        assert len(found) == 1
        assert found[0] in allowed
        parts = pieces(f"Het is {printed.tekst} nu.", allowed)
        assert [p.bron for p in parts if isinstance(p, Getal)] == ["bron"]


@settings(max_examples=40)
@given(EUROS.filter(lambda v: abs(v) > 100_000), st.sampled_from([0.5, 0.9, 1.1, 2, 10]))
def test_another_amount_is_not_found(value: int, factor: float) -> None:
    allowed = Allowed([Getal("x", 0.0), facts.whole(value, "bron")])
    (other,) = numbers(f"€ {abs(value) * factor / 1e6:.3f} mln".replace(".", ","))
    assert other not in allowed


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("€ 1,2 miljoen", "1,2 miljoen euro"),
        ("€ 45.000", "45 duizend euro"),
        ("12,4 %", "12,4 procent"),
        ("7", "zeven"),
        ("25", "vijfentwintig"),
        ("30 juni 2026", "30 Juni 2026"),
        ("2.125", "2125"),
    ],
)
def test_two_ways_of_writing_one_number_are_the_same(text: str, same: str) -> None:
    (left,), (right,) = numbers(text), numbers(same)
    assert left.key == right.key


@pytest.mark.parametrize(
    "text", ["de helft", "anderhalf jaar", "een verdubbeling", "twee miljoen", "€ 1.2.3", "3 keer", "2e", "tweemaal"]
)
def test_no_number_slips_by(text: str) -> None:
    found = numbers(text)
    assert found
    assert found[0] not in Allowed([Getal("€ 9,9 miljoen", 9_900_000.0, "b"), Getal("12")])


@settings(max_examples=40)
@given(st.text(alphabet="abcdefghijklmnop ,.:'", max_size=60))
def test_text_without_numbers_stays_as_it_is(text: str) -> None:
    clean = text.replace("nul", "")
    if not numbers(clean):
        assert "".join(map(str, pieces(clean, Allowed([])))) == clean


@pytest.mark.parametrize("written", ["2026-H1", "2026-h2", " 2026-H1 "])
def test_a_half_year_is_read(written: str) -> None:
    half = HalfYear.parse(written)
    assert half.code == written.strip().upper()
    assert half.begin < half.einde
    assert half.naam in ("eerste halfjaar 2026", "tweede halfjaar 2026")


@pytest.mark.parametrize("written", ["", "2026", "2026-H3", "26-H1", "../2026-H1", "2026-H1-2"])
def test_what_is_no_half_year_is_refused(written: str) -> None:
    with pytest.raises(EditionRefused, match="is geen halfjaar"):
        HalfYear.parse(written)


def test_two_counts_of_one_sentence_are_written_one_way() -> None:
    assert counts(9, 10) == ("Negen", "tien") and counts(9, 20) == ("9", "20")
