# ruff: noqa: E501  (a table reads by row)
"""Wmo products: how many people ask for them, how much they get, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

AGE_BANDS = (0, 18, 30, 45, 65, 75, 85)
_OLD = (0.0, 0.1, 0.2, 0.6, 3.0, 12.0, 22.0)
_ADULT = (0.0, 3.0, 3.0, 2.5, 1.2, 1.5, 2.0)
_CARE = (0.4, 1.0, 1.0, 1.5, 3.0, 7.0, 10.0)
_STREET = (0.0, 4.0, 3.0, 1.5, 0.2, 0.1, 0.0)


@dataclass(frozen=True)
class Product:
    """One product, at the size of a municipality of 39,700.

    Attributes:
        categorie: Wmo productcategorie.
        code: Product code of 5 characters.
        naam: Description.
        instroom: Applications by new clients in 2019.
        groei: Yearly growth of applications.
        leeftijd: Weight of applying per age band of AGE_BANDS.
        dagen: Length of an award in days; 0 is open-ended, 1 is delivered once.
        verlenging: Chance that an award is renewed when it ends.
        stop: Chance per year that it stops early for other reasons than death or moving.
        volume: Mean volume.
        eenheid, frequentie: Unit, and per what.
        tarief: Price in euros per unit in 2019.
        pgb: Share paid as pgb.
        aanbieders: Providers, with about equal shares; as many as the post has lags.
        tot: Age at which it ends; 0 for none.
        post: Cost centre, where the productcategorie alone does not say it.
    """

    categorie: str
    code: str
    naam: str
    instroom: float
    groei: float
    leeftijd: tuple[float, ...]
    dagen: int
    verlenging: float
    stop: float
    volume: float
    eenheid: str
    frequentie: str
    tarief: float
    pgb: float
    aanbieders: tuple[str, ...]
    tot: int = 0
    post: str = ""

    @property
    def times_a_month(self) -> float:
        """Give how often the volume is delivered in a month of 30.4375 days."""
        return {"per week": 30.4375 / 7, "per maand": 1.0, "eenmalig": 1.0}[self.frequentie]


_HULPMIDDEL = ("Voorbeeld Hulpmiddelen Noord", "Voorbeeld Revalidatietechniek")
_RIJDT, _BOUWT = ("Voorbeeld Vervoer",), ("Voorbeeld Woningaanpassing", "Voorbeeld Bouw en Zorg")

PRODUCTS: tuple[Product, ...] = (
    Product("01", "01001", "Hulp bij het huishouden", 240, 0.025, _OLD, 2190, 0.85, 0.04, 195, "minuut", "per week", 0.51,
            0.04, ("Voorbeeld Thuishulp Graan", "Voorbeeld Huiszorg", "Voorbeeld Schoon", "Voorbeeld Dollardzorg")),
    Product("02", "02003", "Begeleiding individueel", 150, 0.02, _ADULT, 1095, 0.65, 0.12, 3.0, "uur", "per week", 52.0,
            0.17, ("Voorbeeld Begeleiding Oost", "Voorbeeld Meedoen", "Voorbeeld Thuisbasis", "Voorbeeld Kompas")),
    Product("03", "03A01", "Persoonlijke verzorging", 9, 0.0, _CARE, 1095, 0.5, 0.12, 2.0, "uur", "per week", 50.0, 0.2,
            ("Voorbeeld Thuisbasis",)),
    Product("04", "04A01", "Kortdurend verblijf", 12, 0.0, _CARE, 548, 0.6, 0.15, 4.0, "etmaal", "per maand", 145.0, 0.15,
            ("Voorbeeld Logeerhuis", "Voorbeeld Kompas")),
    Product("05", "05001", "Woondienst", 7, 0.0, _OLD, 1095, 0.5, 0.12, 1.0, "stuk", "per maand", 45.0, 0.0,
            ("Voorbeeld Woondienst",)),
    Product("06", "06001", "Ondersteuning individu en gezin", 10, 0.01, _ADULT, 730, 0.5, 0.15, 2.0, "uur", "per week",
            46.0, 0.1, ("Voorbeeld Meedoen",)),
    Product("07", "07A11", "Dagbesteding", 60, 0.02, _CARE, 1095, 0.65, 0.14, 5.0, "dagdeel", "per week", 33.0, 0.07,
            ("Voorbeeld Zorgboerderij", "Voorbeeld Dagcentrum", "Voorbeeld Kompas")),
    Product("08", "08A03", "Vervoer naar dagbesteding", 36, 0.02, _CARE, 1095, 0.5, 0.15, 16.0, "stuk", "per maand", 7.5,
            0.0, _RIJDT),
    Product("09", "09001", "Groepsgerichte ondersteuning", 15, 0.0, _ADULT, 730, 0.55, 0.15, 2.0, "dagdeel", "per week",
            28.0, 0.05, ("Voorbeeld Dagcentrum",)),
    Product("10", "10001", "Maatwerkarrangement", 9, 0.0, _ADULT, 548, 0.55, 0.12, 1.0, "stuk", "per maand", 880.0, 0.1,
            ("Voorbeeld Kompas",)),
    Product("11", "11001", "Rolstoel", 60, 0.01, _OLD, 0, 0.0, 0.04, 1.0, "stuk", "per maand", 125.0, 0.03, _HULPMIDDEL),
    Product("12", "12002", "Vervoervoorziening", 86, 0.0, _OLD, 0, 0.0, 0.05, 1.0, "stuk", "per maand", 105.0, 0.02,
            _HULPMIDDEL),
    Product("13", "13A01", "Woonvoorziening", 52, 0.01, _OLD, 1, 0.0, 0.0, 1.0, "stuk", "eenmalig", 7600.0, 0.02, _BOUWT),
    Product("14", "14001", "Overig hulpmiddel", 34, 0.0, _OLD, 0, 0.0, 0.09, 1.0, "stuk", "per maand", 28.0, 0.0,
            _HULPMIDDEL),
    Product("15", "15B02", "Beschermd wonen", 26, 0.01, _ADULT, 1460, 0.55, 0.14, 7.0, "etmaal", "per week", 116.0, 0.08,
            ("Voorbeeld Woonvorm", "Voorbeeld Thuisbasis")),
    Product("16", "16001", "Maatschappelijke opvang", 26, 0.0, _STREET, 180, 0.3, 0.5, 7.0, "etmaal", "per week", 62.0,
            0.0, ("Voorbeeld Opvang", "Voorbeeld Onderdak")),
    Product("17", "17001", "Spoedopvang", 14, 0.0, _STREET, 21, 0.1, 0.5, 7.0, "etmaal", "per week", 105.0, 0.0,
            ("Voorbeeld Opvang",)),
    Product("18", "18001", "Overige ondersteuning beschermd wonen", 5, 0.0, _ADULT, 730, 0.5, 0.15, 3.0, "uur", "per week",
            56.0, 0.05, ("Voorbeeld Woonvorm",)),
)  # fmt: skip
