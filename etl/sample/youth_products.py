# ruff: noqa: E501  (a table reads by row)
"""Youth care products: how many children ask for them, how much they get, and what it costs."""

from __future__ import annotations

from etl.sample.products import Product

#: Ages at which the bands of a youth product begin.
YOUTH_BANDS = (0, 4, 8, 12, 16, 18)
_SCHOOL = (0.5, 1.6, 2.0, 1.8, 1.2, 0.0)
_GGZ = (0.1, 0.9, 1.8, 2.2, 2.4, 0.0)
_EARLY = (2.0, 1.6, 0.8, 0.3, 0.1, 0.0)
_AWAY = (0.9, 0.9, 1.0, 1.3, 1.0, 0.0)
_OLDER = (0.0, 0.1, 0.6, 2.2, 3.0, 0.0)
_COURT = (1.0, 1.0, 1.0, 1.1, 0.9, 0.0)
_CRIME = (0.0, 0.0, 0.1, 1.6, 3.0, 0.0)

_HELP = ("Voorbeeld Jeugdhulp Oost", "Voorbeeld Gezinskompas", "Voorbeeld Opgroeien")
_TREAT = ("Voorbeeld Behandelhuis", "Voorbeeld Orthopraktijk", "Voorbeeld Gezinskliniek")
_MIND = ("Voorbeeld Jeugd-ggz Noord", "Voorbeeld Kinderpsychologen")
_FOSTER, _FAMILY = (
    ("Voorbeeld Pleegzorg", "Voorbeeld Pleegthuis"),
    ("Voorbeeld Gezinshuis De Dijk", "Voorbeeld Gezinshuizen"),
)
_HOME, _URGENT = (
    ("Voorbeeld Jeugdwonen", "Voorbeeld Leefgroepen"),
    ("Voorbeeld Crisisopvang", "Voorbeeld Landelijk Jeugd"),
)

JEUGD_PRODUCTS: tuple[Product, ...] = (
    Product("45", "45A04", "Jeugdhulp ambulant regulier", 172, 0.012, _SCHOOL, 365, 0.36, 0.16, 3.9, "uur", "per week", 98.0,
            0.13, _HELP, 18, "00675201"),
    Product("40", "40A01", "Persoonlijke verzorging jeugd", 5, 0.0, _EARLY, 365, 0.6, 0.1, 4.0, "uur", "per week", 52.0,
            0.4, _HELP, 18, "00675201"),
    Product("42", "42A01", "Vervoer jeugd", 16, 0.0, _SCHOOL, 365, 0.5, 0.12, 16.0, "stuk", "per maand", 14.5, 0.0, _HELP,
            18, "00675201"),
    Product("45", "45B02", "Jeugdhulp ambulant behandeling", 112, 0.012, _SCHOOL, 300, 0.34, 0.15, 240.0, "minuut", "per week",
            2.4, 0.02, _TREAT, 18, "00675202"),
    Product("41", "41A03", "Dagbehandeling", 16, 0.0, _EARLY, 365, 0.4, 0.15, 5.0, "dagdeel", "per week", 86.0, 0.0, _TREAT,
            18, "00675202"),
    Product("50", "50A01", "Maatwerkarrangement jeugd", 6, 0.0, _OLDER, 365, 0.5, 0.15, 1.0, "stuk", "per maand", 2100.0,
            0.1, _TREAT, 18, "00675202"),
    Product("54", "54001", "Jeugd-ggz behandeling", 158, 0.015, _GGZ, 330, 0.28, 0.18, 180.0, "minuut", "per week", 2.6, 0.0,
            _MIND, 18, "00675203"),
    Product("44", "44A09", "Pleegzorg", 16, 0.0, _AWAY, 1095, 0.7, 0.12, 7.0, "etmaal", "per week", 63.0, 0.0, _FOSTER, 21,
            "00676201"),
    Product("44", "44A23", "Gezinshuis", 6, 0.01, _AWAY, 1095, 0.7, 0.12, 7.0, "etmaal", "per week", 188.0, 0.0, _FAMILY, 18,
            "00676202"),
    Product("43", "43A12", "Residentiele jeugdhulp", 19, 0.005, _OLDER, 365, 0.45, 0.3, 7.0, "etmaal", "per week", 262.0, 0.0,
            _HOME, 18, "00676203"),
    Product("46", "46A01", "Crisisopvang", 22, 0.01, _AWAY, 42, 0.2, 0.6, 7.0, "etmaal", "per week", 262.0, 0.0, _URGENT, 18,
            "00676204"),
    Product("55", "55001", "Landelijk ingekochte jeugdhulp", 4, 0.0, _OLDER, 270, 0.3, 0.4, 7.0, "etmaal", "per week", 405.0,
            0.0, _URGENT, 18, "00676204"),
    Product("48", "48A01", "Ondertoezichtstelling", 54, -0.005, _COURT, 365, 0.62, 0.1, 1.0, "stuk", "per maand", 905.0, 0.0,
            ("Voorbeeld Jeugdbescherming", "Voorbeeld Gecertificeerd"), 18, "00682101"),
    Product("47", "47A01", "Jeugdreclassering", 24, 0.0, _CRIME, 330, 0.3, 0.15, 1.0, "stuk", "per maand", 700.0, 0.0,
            ("Voorbeeld Jeugdbescherming",), 18, "00682201"),
)  # fmt: skip
