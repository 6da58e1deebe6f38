"""The sentences of an explanation, in plain Dutch with the euros in them."""

from __future__ import annotations

import math

from indicators.core.period import MAANDEN
from indicators.forecast.explain_factors import LEDGER

#: Causes of which another may be as large, as `alike` calls them.
ALIKE = {
    "aantal": "het aantal cliënten aan het begin van het jaar",
    "nieuw": "het aantal nieuwe cliënten",
    "beeindigd": "het aantal cliënten dat stopt",
    "prijs": "de prijs",
    "duur": "hoe zwaar of lang de hulp is",
    "nog_te_ontvangen": "facturen die later of eerder komen",
    "incidenteel": "losse boekingen",
}


def euros(amount: float) -> str:
    """Write the size of an amount: € 1,2 miljoen, € 45.000, € 320."""
    size = abs(amount)
    if size >= 999_500:
        return f"€ {size / 1e6:.1f} miljoen".replace(".", ",")
    step = 1_000 if size >= 10_000 else 100 if size >= 1_000 else 1
    return f"€ {round(size / step) * step:,}".replace(",", ".")


def percent(change: float) -> str:
    """Write a change of a natural logarithm as a percentage with one decimal."""
    return f"{abs(math.expm1(change)) * 100:.1f} %".replace(".", ",")


def costs(amount: float, lasten: bool = True) -> str:
    """Say what an effect does: costs, saves, brings in more or less."""
    if lasten:
        return f"dat kost {euros(amount)}" if amount >= 0 else f"dat scheelt {euros(amount)}"
    return f"dat levert {euros(amount)} op" if amount >= 0 else f"dat levert {euros(amount)} minder op"


def clients(effect: float, with_flows: bool) -> str:
    """Sentence of `aantal`; with flows known it is about who was there when the year began."""
    many = "meer" if effect >= 0 else "minder"
    if with_flows:
        return f"Het jaar begon met {many} cliënten dan het jaar ervoor; {costs(effect)}."
    return f"Er zijn {many} cliënten dan vorig jaar; {costs(effect)}."


def new_clients(effect: float) -> str:
    """Sentence of `nieuw`."""
    return f"Er komen {'meer' if effect >= 0 else 'minder'} nieuwe cliënten bij dan vorig jaar; {costs(effect)}."


def ended_clients(effect: float) -> str:
    """Sentence of `beeindigd`."""
    return f"Er stoppen {'minder' if effect >= 0 else 'meer'} cliënten dan vorig jaar; {costs(effect)}."


def late(effect: float) -> str:
    """Sentence of `nog_te_ontvangen`."""
    if effect < 0:
        return f"Facturen komen later binnen dan anders; de prognose kan daardoor {euros(effect)} te laag zijn."
    return f"Facturen komen eerder binnen dan anders; de prognose kan daardoor {euros(effect)} te hoog zijn."


def single(effect: float, months: list[int], lasten: bool) -> str:
    """Sentence of `incidenteel`; months 0-11 of this year with a booking that stands alone."""
    names = " en ".join(MAANDEN[m] for m in sorted(set(months))[:3])
    kind = "Een losse boeking" if len(set(months)) == 1 else "Losse boekingen"
    return f"{kind} in {names} hoort niet bij het gewone verloop; {costs(effect, lasten)}.".replace(
        "boekingen in " + names + " hoort", "boekingen in " + names + " horen"
    )


def granted(effect: float, lasten: bool) -> str:
    """Sentence of `toegezegd`."""
    many = "meer" if effect >= 0 else "minder"
    return f"Er is dit jaar {many} geboekt en toegezegd dan gebruikelijk op dit moment; {costs(effect, lasten)}."


def budget(effect: float, usual: float, changes: float, lasten: bool, buig: bool) -> str:
    """Sentence of `begroting`; `usual` growth as a natural logarithm, `changes` voted this year in euros."""
    place = "lager" if effect >= 0 else "hoger"
    if buig:
        base = "wat het Rijk nu voor uitkeringen betaalt, met de andere inkomsten van vorig jaar"
    else:
        grown = f", met de gebruikelijke {'groei' if usual >= 0 else 'daling'} van {percent(usual)}"
        base = f"de uitkomst van vorig jaar{grown if abs(usual) >= 0.0005 else ''}"
    if not lasten and not buig:
        base = base.replace("uitkomst", "opbrengst")
    text = f"De begroting is {euros(effect)} {place} dan {base}"
    if abs(changes) >= 1:
        text += f"; dit jaar is zij met {euros(changes)} {'verhoogd' if changes > 0 else 'verlaagd'}"
    return text + "."


def rest(effect: float, detail: str, lasten: bool) -> str:
    """Sentence of `overig`; less than a euro is nothing."""
    if abs(effect) < 1:
        return "Er is geen verschil met de begroting."
    more = "hoger" if effect >= 0 else "lager"
    if detail == LEDGER:
        side = "De kosten vallen" if lasten else "De inkomsten vallen"
        return f"{side} {euros(effect)} {more} uit; waardoor is uit alleen bedragen niet te zien."
    return f"De prognose ligt {euros(effect)} {more} dan deze oorzaken samen; dat deel is niet te verklaren."


def rival(cause: str, same_side: bool, near: bool) -> str:
    """Say of the largest cause that another one is about as large, or if not near may be; on the same side or not."""
    if near:
        side = "" if same_side else ", maar de andere kant op,"
        return f"Ongeveer even groot{side} is het effect van {ALIKE[cause]}."
    side = "" if same_side else ", dat de andere kant op werkt"
    return f"Het is niet zeker of dit groter is dan het effect van {ALIKE[cause]}{side}."


def rivals(cause: str) -> list[str]:
    """Give all that `rival` may say of a cause."""
    return [rival(cause, same_side, near) for same_side in (True, False) for near in (True, False)]


def of_sum(cause: str, effect: float, names: list[str], lasten: bool) -> str:
    """Sentence of a cause over several onderdelen; `names` are those that pull the same way, the largest first."""
    up = effect >= 0
    what = {
        "aantal": f"{'Meer' if up else 'Minder'} cliënten bij de start van het jaar",
        "nieuw": f"{'Meer' if up else 'Minder'} nieuwe cliënten",
        "beeindigd": f"{'Minder' if up else 'Meer'} cliënten die stoppen",
        "prijs": "De prijs van zorg",
        "duur": f"{'Zwaardere of langere' if up else 'Lichtere of kortere'} hulp per cliënt",
        "nog_te_ontvangen": f"Facturen die {'eerder' if up else 'later'} komen dan anders",
        "incidenteel": "Losse boekingen",
        "toegezegd": f"{'Meer' if up else 'Minder'} geboekt en toegezegd dan gebruikelijk op dit moment",
        "begroting": "Begrotingen naast de uitkomst van vorig jaar met de gebruikelijke groei",
        "overig": "Wat uit de cijfers niet te verklaren is",
    }[cause]
    where = f", vooral bij {' en '.join(names)}" if names else ""
    if cause == "begroting":
        place = "te laag" if (effect >= 0) == lasten else "te hoog"
        return f"{what}{where}: samen {euros(effect)} {place}."
    if cause == "nog_te_ontvangen":
        place = "laag" if effect < 0 else "hoog"
        return f"{what}{where}: de prognose kan daardoor {euros(effect)} te {place} zijn."
    if cause == "overig":
        if abs(effect) < 1:
            return rest(effect, LEDGER, lasten)
        return f"{what}: de prognose ligt daardoor {euros(effect)} {'hoger' if effect >= 0 else 'lager'}."
    return f"{what}{where}: {costs(effect, lasten)}."


def rest_of_sum(effect: float, of_middle: float, lasten: bool) -> str:
    """Sentence of `overig` of a sum; `of_middle` of it is that the middle of a sum is not the sum of the middles."""
    if abs(of_middle) < max(1.0, abs(effect) / 4):
        return of_sum("overig", effect, [], lasten)
    more = "hoger" if of_middle >= 0 else "lager"
    text = "Elke verwachting is de middelste van alle mogelijke uitkomsten: die van het geheel ligt "
    text += f"{euros(of_middle)} {more} dan die van de onderdelen bij elkaar."
    unknown = effect - of_middle
    return text if abs(unknown) < 1 else f"{of_sum('overig', unknown, [], lasten)} {text}"
