"""The part of the OData v3 filter language that CBS clients use: comparisons, startswith, substringof, and, or, not.

The loopback server needs it to answer like CBS. As at CBS, text is compared exactly (padding and case count), and the
order of the arguments differs: startswith(column, text) but substringof(text, column).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

Row = Mapping[str, Any]
Predicate = Callable[[Row], bool]

_TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>\w+)|(?P<mark>[(),]))")
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}


class FilterError(ValueError):
    """The filter cannot be understood (a real server answers 400)."""


def parse_filter(text: str) -> Predicate:
    """Turn a $filter into a function that says whether a row stays.

    Args:
        text: For example "startswith(RegioS,'GM') and Leeftijd eq '10000'".

    Raises:
        FilterError: The filter is not in the language above.
    """
    parser = _Parser(_tokens(text))
    predicate = parser.either()
    if parser.peek() is not None:
        raise FilterError(f"unexpected {parser.peek()!r}")
    return predicate


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise FilterError(f"cannot read {text[at:]!r}")
        tokens.append(match.group(0).strip() if not match.group("text") else match.group("text"))
        at = match.end()
    return tokens


class _Parser:
    """Recursive descent: or < and < not < comparison."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, expected: str | None = None) -> str:
        token = self.peek()
        if token is None or (expected is not None and token != expected):
            raise FilterError(f"expected {expected or 'more'}, found {token!r}")
        self.at += 1
        return token

    def either(self) -> Predicate:
        left = self.both()
        while self.peek() == "or":
            self.take()
            left = _or(left, self.both())
        return left

    def both(self) -> Predicate:
        left = self.negation()
        while self.peek() == "and":
            self.take()
            left = _and(left, self.negation())
        return left

    def negation(self) -> Predicate:
        if self.peek() == "not":
            self.take()
            inner = self.negation()
            return lambda row: not inner(row)
        if self.peek() == "(":
            self.take()
            inner = self.either()
            self.take(")")
            return inner
        return self.comparison()

    def comparison(self) -> Predicate:
        word = self.take()
        if word in ("startswith", "substringof") and self.peek() == "(":
            predicate = self.call(word)
            if self.peek() == "eq":  # OData clients often write startswith(...) eq true
                self.take()
                wanted = self.take() == "true"
                return lambda row: predicate(row) is wanted
            return predicate
        compare = _COMPARE.get(self.take())
        if compare is None:
            raise FilterError(f"unknown comparison after {word}")
        value = _literal(self.take())
        return lambda row: _compare(compare, _column(row, word), value)

    def call(self, name: str) -> Predicate:
        self.take("(")
        first = self.take()
        self.take(",")
        second = self.take()
        self.take(")")
        column, text = (first, second) if name == "startswith" else (second, first)
        wanted = str(_literal(text))
        if name == "startswith":
            return lambda row: str(_column(row, column) or "").startswith(wanted)
        return lambda row: wanted in str(_column(row, column) or "")


def _or(left: Predicate, right: Predicate) -> Predicate:
    return lambda row: left(row) or right(row)


def _and(left: Predicate, right: Predicate) -> Predicate:
    return lambda row: left(row) and right(row)


def _column(row: Row, name: str) -> Any:
    if name not in row:
        raise FilterError(f"unknown column {name}")
    return row[name]


def _literal(token: str) -> Any:
    if token.startswith("'"):
        return token[1:-1].replace("''", "'")
    if token == "null":
        return None
    try:
        return float(token)
    except ValueError:
        raise FilterError(f"not a value: {token}") from None


def _compare(compare: Callable[[Any, Any], bool], left: Any, right: Any) -> bool:
    try:
        return bool(compare(left, right))
    except TypeError:  # null < 3, 'a' > 1: no row qualifies
        return False
