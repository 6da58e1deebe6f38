"""Exports that are one line per thing: what a source says of its lines as data, and how any of them is read.

A source declares kinds of lines (`Kind`): fields with the headers and the parser of each, the rules that a line has to
keep, and how stored columns follow from fields. `read_lines` does the rest for all of them: find the tables, the
peildatum and the lines, refuse what is not certain with its place, and count so that read = loaded + refused + out of
scope.
"""

from etl.lines.kind import Field, Kind, Notices, Problem, Rule, days, described
from etl.lines.read import read_lines
from etl.lines.values import BAD

__all__ = ["BAD", "Field", "Kind", "Notices", "Problem", "Rule", "days", "described", "read_lines"]
