# ruff: noqa: E501  (a table reads by row)
"""The programmes of the synthetic municipality: the names are known, every amount and count is made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """A result that is planned: what is counted, in which unit, and how many over the whole period."""

    resultaat: str
    eenheid: str
    gepland: float


@dataclass(frozen=True)
class Activity:
    """An activity of a programme with its share of the budget and the part of it that is spent in the end."""

    naam: str
    deel: float
    uitputting: float
    resultaten: tuple[Result, ...] = ()


@dataclass(frozen=True)
class Programme:
    """A programme with its own temporary budget.

    Attributes:
        naam, doel, dekking: Name, goal, and the temporary budget that pays for it.
        van, tot: First and last month, as (year, month).
        begroting_eur: Budget over the whole period.
        activiteiten: Their shares add up to 1.
    """

    naam: str
    doel: str
    dekking: str
    van: tuple[int, int]
    tot: tuple[int, int]
    begroting_eur: int
    activiteiten: tuple[Activity, ...]


PROGRAMMES = (
    Programme("Welvarende Graanrepubliek", "Inwoners hebben werk, inkomen en een gezond leven", "Nationaal Programma Groningen",
              (2021, 7), (2030, 12), 9_600_000, (
        Activity("Werk en scholing", 0.45, 0.96, (Result("Inwoners naar betaald werk", "inwoners", 320),
                                                 Result("Afgeronde scholing", "trajecten", 480))),
        Activity("Gezonde leefomgeving", 0.3, 0.9, (Result("Heringerichte plekken", "plekken", 24),)),
        Activity("Meedoen en ontmoeten", 0.25, 1.0, (Result("Ontmoetingsplekken open", "plekken", 11),)),
    )),
    Programme("Generatierijkdom", "Armoede gaat niet meer over van ouder op kind", "Nationaal Programma Groningen",
              (2020, 1), (2029, 12), 4_800_000, (
        Activity("Doorbraakmethode", 0.7, 0.97, (Result("Gezinnen op de doorbraakmethode", "gezinnen", 125),
                                                Result("Gezinnen met een doorbraak", "gezinnen", 100))),
        Activity("Eerste 1.000 dagen", 0.3, 0.93, (Result("Gezinnen bereikt", "gezinnen", 260),)),
    )),
    Programme("Opgroeien in een Kansrijke Omgeving", "Jongeren gebruiken minder alcohol en drugs", "OKO",
              (2021, 1), (2027, 12), 420_000, (
        Activity("Netwerk en ouders", 0.6, 0.95, (Result("Ouderavonden", "avonden", 42),)),
        Activity("Vragenlijst onder scholieren", 0.4, 1.0, (Result("Ingevulde vragenlijsten", "lijsten", 2400),)),
    )),
    Programme("Nationaal Programma Onderwijs", "Leerlingen halen in wat zij in coronatijd misten", "NPO",
              (2021, 8), (2025, 7), 1_350_000, (
        Activity("Extra begeleiding", 0.65, 0.92, (Result("Leerlingen begeleid", "leerlingen", 900),)),
        Activity("Zomerscholen", 0.35, 0.88, (Result("Deelnemers zomerschool", "leerlingen", 640),)),
    )),
    Programme("Verrijkte schooldag", "Alle kinderen doen mee aan sport, cultuur en techniek", "Verrijkte schooldag",
              (2022, 8), (2027, 7), 1_900_000, (
        Activity("Aanbod op school", 0.8, 0.98, (Result("Scholen die meedoen", "scholen", 14),)),
        Activity("Ouders en buurt", 0.2, 0.85, (Result("Bijeenkomsten", "bijeenkomsten", 120),)),
    )),
    Programme("Kansrijke Start", "Ieder kind heeft een goede start", "Kansrijke Start",
              (2019, 1), (2026, 12), 380_000, (
        Activity("Prenataal huisbezoek", 0.55, 0.9, (Result("Huisbezoeken", "bezoeken", 700),)),
        Activity("Nu Niet Zwanger", 0.45, 0.95, (Result("Vrouwen begeleid", "vrouwen", 180),)),
    )),
    Programme("SPUK GALA", "Inwoners leven gezonder en bewegen meer", "SPUK GALA",
              (2023, 1), (2026, 12), 2_100_000, (
        Activity("Sport en bewegen", 0.5, 0.97, (Result("Deelnemers beweegaanbod", "deelnemers", 1800),)),
        Activity("Valpreventie", 0.2, 0.8, (Result("Deelnemers valpreventie", "deelnemers", 420),)),
        Activity("Mentale gezondheid", 0.3, 0.9, (Result("Deelnemers cursussen", "deelnemers", 350),)),
    )),
    Programme("Regio Deal", "De regio is leefbaar en iedereen kan meedoen", "Regio Deal",
              (2021, 1), (2026, 6), 3_200_000, (
        Activity("Wonen en leefbaarheid", 0.55, 0.99, (Result("Dorpsprojecten klaar", "projecten", 30),)),
        Activity("Leren en werken", 0.45, 0.94, (Result("Leerwerkplekken", "plekken", 150),)),
    )),
)  # fmt: skip
