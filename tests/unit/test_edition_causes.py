"""The causes that the council reads: nothing is said twice, and what is not told stands in one amount."""

import pandas as pd

from dashboard.causes import told_once
from dashboard.edition.causes import shown
from indicators.forecast.explain_text import rest, rival, rivals

PRIJS = "De prijs ging bij het begin van het jaar 6,3 % meer omhoog dan gebruikelijk; dat kost € 1,3 miljoen."


def causes(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["oorzaak", "zin"])


def test_a_rival_that_has_its_own_sentence_is_not_announced() -> None:
    first = f"Er komen meer nieuwe cliënten bij dan vorig jaar; dat kost € 1,4 miljoen. {rival('prijs', False, True)}"
    told = shown(causes(("nieuw", first), ("prijs", PRIJS)))
    assert " ".join(told) == (
        "Er komen meer nieuwe cliënten bij dan vorig jaar; dat kost €\xa01,4\xa0miljoen. De prijs ging bij het begin "
        "van het jaar 6,3\xa0% meer omhoog dan gebruikelijk; dat kost €\xa01,3\xa0miljoen."
    )


def test_a_rival_that_is_not_told_stays_named() -> None:
    first = f"{PRIJS} {rival('duur', True, True)}"
    more = [("nieuw", "Nieuw."), ("duur", "Duur."), ("aantal", "Aantal.")]
    assert shown(causes(("prijs", first), *more))[0].endswith("het effect van hoe zwaar of lang de hulp is.")


def test_what_the_figures_do_not_explain_is_not_laid_beside_causes_that_are_not_told() -> None:
    unknown = ("overig", rest(-1e6, "toewijzingen", True))
    two = shown(causes(("prijs", PRIJS), unknown))
    assert (
        two[1] == "De prognose ligt €\xa01,0\xa0miljoen lager dan deze oorzaken samen; dat deel is niet te verklaren."
    )
    four = shown(causes(("prijs", PRIJS), unknown, ("nieuw", "Nieuw."), ("duur", "Duur.")))
    assert four[1] == "De prognose ligt €\xa01,0\xa0miljoen lager dan de cijfers verklaren." and len(four) == 2


def test_one_cause_is_never_left_alone() -> None:
    assert len(shown(causes(("prijs", PRIJS), ("nieuw", "Nieuw."), ("duur", "Duur.")))) == 3


def test_on_screen_too_a_rival_is_announced_only_where_it_is_not_shown() -> None:
    first = f"{PRIJS} {rival('aantal', True, False)}"
    rows = causes(("prijs", first), ("aantal", "Het jaar begon met meer cliënten."))
    assert told_once(rows) == [PRIJS, "Het jaar begon met meer cliënten."]
    assert told_once(rows.head(1)) == [first]
    assert told_once(rows.assign(zin=None)) == []


def test_no_way_of_saying_so_is_left_where_the_rival_is_shown() -> None:
    for sentence in rivals("nieuw"):
        rows = causes(("prijs", f"{PRIJS} {sentence}"), ("nieuw", "Nieuw."))
        assert told_once(rows) == [PRIJS, "Nieuw."]
