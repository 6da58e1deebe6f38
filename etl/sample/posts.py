# ruff: noqa: E501  (a table reads by row)
"""The ledger's posts: cost centre, cost type, taakveld under each scheme, and how money flows through it.

The levels are of the order that Dutch municipalities of this size publish in Iv3; they are chosen, not measured.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: The three taakveld schemes: up to 2022, 2023-2024 (letters), from 2025 (digits).
Scheme = tuple[str, str, str]


@dataclass(frozen=True)
class Post:
    """One line of the ledger.

    Attributes:
        kostenplaats: FCL, 8 characters.
        kostensoort: ECL, 5 characters.
        naam: Text on the overview.
        onderdeel: Onderdeel of the monitor; None outside the social domain.
        taakvelden: Taakveld code under each scheme.
        lasten_baten: L or B.
        soort: How money flows: wmo, jeugd (declared per client), declaratie (declared as a whole), uitkering, termijn, kwartaal, salaris, rijk or eigen_bijdrage.
        basis_eur: Yearly amount at the price level of 2019.
        groei: Yearly growth on top of prices.
        onzekerheid: Standard deviation of the yearly shock.
        clienten: Clients in 2019, for declaratie.
        vertraging: Mean months between care and booking, for declaratie, wmo and jeugd, one per provider.
        bedragen_eur: Amounts per year where these are set from outside (temporary schemes); others are 0.
    """

    kostenplaats: str
    kostensoort: str
    naam: str
    onderdeel: str | None
    taakvelden: Scheme
    lasten_baten: str
    soort: str
    basis_eur: float = 0
    groei: float = 0.0
    onzekerheid: float = 0.02
    clienten: int = 0
    vertraging: tuple[float, ...] = (1.2,)
    bedragen_eur: dict[int, float] = field(default_factory=dict)

    @property
    def sleutel(self) -> str:
        """Give the key of the post."""
        return f"{self.kostenplaats}|{self.kostensoort}"

    def taakveld(self, boekjaar: int) -> str:
        """Give the taakveld code that the scheme of a boekjaar uses for this post."""
        return self.taakvelden[0 if boekjaar <= 2022 else 1 if boekjaar <= 2024 else 2]


def _same(code: str) -> Scheme:
    return (code, code, code)


HH: Scheme = ("6.71", "6.71a", "6.711")
BEG: Scheme = ("6.71", "6.71b", "6.712")
DAG: Scheme = ("6.71", "6.71c", "6.713")
OVM: Scheme = ("6.71", "6.71d", "6.714")
PGBW: Scheme = ("6.71", "6.71b", "6.791")
HULP: Scheme = ("6.6", "6.6", "6.60")
BW: Scheme = ("6.81", "6.81a", "6.811")
MO: Scheme = ("6.81", "6.81b", "6.812")


def _amb(letter: str) -> Scheme:
    return ("6.72", letter, "6.752")


def _verblijf(letter: str) -> Scheme:
    return ("6.72", letter, "6.762")


_HMD, _BW, _MO = "hulpmiddelen_en_diensten", "beschermd_wonen", "maatschappelijke_opvang"
_OVM, _INK, _SB, _ARB = "overige_maatwerkarrangementen", "inkomensregelingen", "sociale_basis", "arbeidsparticipatie"
_AMB, _JMV, _WSW = "jeugdhulp_ambulant", "jeugdhulp_met_verblijf", "wsw_en_beschut_werk"

_TIJDELIJK_OPVANG = {2022: 1.8e6, 2023: 2.6e6, 2024: 3.1e6, 2025: 1.9e6, 2026: 1.6e6}
_ENERGIE = {2022: 2.6e6, 2023: 2.4e6, 2024: 0.3e6}

POSTS: tuple[Post, ...] = (
    Post("00610001", "42000", "Subsidies welzijnswerk", _SB, _same("6.1"), "L", "kwartaal", 2.2e6, 0.01),
    Post("00610002", "42000", "Subsidies dorpshuizen en vrijwilligers", _SB, _same("6.1"), "L", "kwartaal", 0.55e6, 0.0),
    Post("00610003", "11000", "Salarissen sociale basis", _SB, _same("6.1"), "L", "salaris", 0.75e6, 0.01, 0.03),
    Post("00610004", "38000", "Peuteropvang en voorschool", _SB, _same("6.1"), "L", "declaratie", 0.6e6, 0.01, 0.03, 160),
    Post("00610005", "38000", "Opvang ontheemden", _SB, _same("6.1"), "L", "termijn", bedragen_eur=_TIJDELIJK_OPVANG),
    Post("00610005", "43100", "Rijksbijdrage opvang ontheemden", _SB, _same("6.1"), "B", "kwartaal",
         bedragen_eur={y: 0.96 * v for y, v in _TIJDELIJK_OPVANG.items()}),
    Post("00610006", "43100", "Rijksbijdragen sociale basis", _SB, _same("6.1"), "B", "kwartaal", 0.45e6, 0.0),
    Post("00621001", "43300", "Toegang Wmo", "toegang", ("6.2", "6.2", "6.21"), "L", "salaris", 0.3e6, 0.0, 0.03),
    Post("00622001", "43300", "Toegang Jeugd", "toegang", ("6.2", "6.2", "6.22"), "L", "salaris", 0.62e6, 0.02, 0.03),
    Post("00623001", "11000", "Wijkteams", "toegang", ("6.2", "6.2", "6.23"), "L", "salaris", 0.4e6, 0.01, 0.04),
    Post("00630001", "41100", "Bijstand levensonderhoud", _INK, _same("6.3"), "L", "uitkering", 17.3e6, -0.032, 0.02),
    Post("00630002", "41100", "IOAW en IOAZ", _INK, _same("6.3"), "L", "uitkering", 1.5e6, -0.05, 0.04),
    Post("00630003", "41100", "Loonkostensubsidie", _INK, _same("6.3"), "L", "declaratie", 0.9e6, 0.08, 0.04, 140,
         (1.6,)),
    Post("00630004", "41100", "Bijzondere bijstand", _INK, _same("6.3"), "L", "declaratie", 1.5e6, 0.02, 0.05, 300, (0.8,)),
    Post("00630005", "34100", "Minimabeleid en kindpakket", _INK, _same("6.3"), "L", "declaratie", 0.7e6, 0.03, 0.05, 400,
         (1.0,)),
    Post("00630006", "11000", "Salarissen inkomen", _INK, _same("6.3"), "L", "salaris", 1.65e6, 0.0, 0.03),
    Post("00630007", "41100", "Energietoeslag", _INK, _same("6.3"), "L", "uitkering", bedragen_eur=_ENERGIE),
    Post("00630008", "41100", "Bbz levensonderhoud", _INK, _same("6.3"), "L", "uitkering", 0.25e6, 0.0, 0.15),
    Post("00630001", "43100", "Rijksbijdrage BUIG", _INK, _same("6.3"), "B", "rijk", 18.4e6, -0.03, 0.02),
    Post("00630001", "41200", "Terugvordering en verhaal", _INK, _same("6.3"), "B", "uitkering", 0.45e6, 0.0, 0.06),
    Post("00640001", "43300", "Bijdrage werkvoorzieningschap", _WSW, _same("6.4"), "L", "termijn", 16.6e6, -0.047, 0.02),
    Post("00640002", "38000", "Beschut werk begeleiding", _WSW, _same("6.4"), "L", "declaratie", 0.35e6, 0.09, 0.05, 40,
         (1.8,)),
    Post("00650001", "38000", "Re-integratietrajecten", _ARB, _same("6.5"), "L", "declaratie", 1.3e6, 0.02, 0.05, 220,
         (1.4, 2.2)),
    Post("00650002", "42000", "Subsidies arbeidsparticipatie", _ARB, _same("6.5"), "L", "kwartaal", 1.0e6, 0.05),
    Post("00650003", "43300", "Uitvoering participatie", _ARB, _same("6.5"), "L", "termijn", 2.1e6, 0.03, 0.02),
    Post("00650004", "11000", "Salarissen participatie", _ARB, _same("6.5"), "L", "salaris", 0.23e6, 0.0, 0.04),
    Post("00660001", "34100", "Rolstoelen", _HMD, HULP, "L", "wmo", vertraging=(1.0, 1.5)),
    Post("00660002", "34100", "Vervoervoorzieningen", _HMD, HULP, "L", "wmo", vertraging=(1.0, 1.5)),
    Post("00660003", "34100", "Woonvoorzieningen", _HMD, HULP, "L", "wmo", vertraging=(1.6, 2.4)),
    Post("00660004", "34100", "Overige hulpmiddelen", _HMD, HULP, "L", "wmo", vertraging=(1.0, 1.5)),
    Post("00660005", "34100", "Vervoerdiensten", _HMD, HULP, "L", "wmo", vertraging=(1.3,)),
    Post("00660006", "34100", "Woondiensten", _HMD, HULP, "L", "wmo", vertraging=(1.3,)),
    Post("00660001", "34200", "Eigen bijdrage hulpmiddelen", _HMD, HULP, "B", "eigen_bijdrage", 0.12e6, 0.01, 0.03),
    Post("00671101", "34100", "Hulp bij het huishouden", "hulp_bij_het_huishouden", HH, "L", "wmo",
         vertraging=(0.7, 1.0, 1.3, 1.9)),
    Post("00671101", "34200", "Eigen bijdrage huishoudelijke hulp", "hulp_bij_het_huishouden", HH, "B", "eigen_bijdrage",
         0.36e6, 0.01, 0.03),
    Post("00671201", "34100", "Begeleiding individueel", "begeleiding", BEG, "L", "wmo", vertraging=(1.1, 1.5, 2.0, 2.8)),
    Post("00671202", "34100", "Persoonlijke verzorging", "begeleiding", BEG, "L", "wmo", vertraging=(1.4,)),
    Post("00671301", "34100", "Dagbesteding", "dagbesteding", DAG, "L", "wmo", vertraging=(1.2, 1.8, 2.3)),
    Post("00671302", "34100", "Groepsgerichte ondersteuning", "dagbesteding", DAG, "L", "wmo", vertraging=(1.6,)),
    Post("00671401", "34100", "Kortdurend verblijf", _OVM, OVM, "L", "wmo", vertraging=(1.7, 2.1)),
    Post("00671402", "34100", "Overige ondersteuning individu en gezin", _OVM, OVM, "L", "wmo", vertraging=(1.7,)),
    Post("00671403", "34100", "Maatwerkarrangementen", _OVM, OVM, "L", "wmo", vertraging=(2.0,)),
    Post("00679101", "34100", "Pgb Wmo", "pgb_wmo", PGBW, "L", "wmo", vertraging=(0.5,)),
    Post("00679101", "34200", "Eigen bijdrage en terugstorting pgb", "pgb_wmo", PGBW, "B", "eigen_bijdrage", 0.3e6, 0.0,
         0.06),
    Post("00691001", "11000", "Salarissen beleid Wmo", "coordinatie_wmo", ("6.71", "6.71d", "6.91"), "L", "salaris", 1.3e6,
         0.01, 0.03),
    Post("00691002", "38000", "Onderzoek en advies Wmo", "coordinatie_wmo", ("6.71", "6.71d", "6.91"), "L", "declaratie",
         0.25e6, 0.0, 0.05, 60),
    Post("00691001", "43200", "Bijdragen samenwerking Wmo", "coordinatie_wmo", ("6.71", "6.71d", "6.91"), "B", "kwartaal",
         0.2e6, 0.0),
    Post("00675201", "34100", "Jeugdhulp begeleiding", _AMB, _amb("6.72a"), "L", "jeugd", vertraging=(1.3, 1.8, 2.6)),
    Post("00675202", "34100", "Jeugdhulp behandeling", _AMB, _amb("6.72b"), "L", "jeugd", vertraging=(1.6, 2.1, 3.0)),
    Post("00675203", "34100", "Jeugd-ggz ambulant", _AMB, _amb("6.74a"), "L", "jeugd", vertraging=(1.9, 2.7)),
    Post("00676201", "34100", "Pleegzorg", _JMV, _verblijf("6.73a"), "L", "jeugd", vertraging=(1.1, 1.5)),
    Post("00676202", "34100", "Gezinshuizen", _JMV, _verblijf("6.73b"), "L", "jeugd", vertraging=(1.4, 2.0)),
    Post("00676203", "34100", "Residentiele jeugdhulp", _JMV, _verblijf("6.73c"), "L", "jeugd", vertraging=(1.8, 2.5)),
    Post("00676204", "34100", "Crisis en landelijk ingekochte zorg", _JMV, _verblijf("6.74b"), "L", "jeugd", vertraging=(2.4, 3.2)),
    Post("00679201", "34100", "Pgb Jeugd", "pgb_jeugd", ("6.72", "6.72a", "6.792"), "L", "jeugd", vertraging=(0.5,)),
    Post("00692001", "11000", "Salarissen beleid Jeugd", "coordinatie_jeugd", ("6.72", "6.72d", "6.92"), "L", "salaris",
         0.85e6, 0.01, 0.03),
    Post("00692002", "43300", "Bijdrage regionale inkoop Jeugd", "coordinatie_jeugd", ("6.72", "6.72d", "6.92"), "L",
         "termijn", 0.25e6, 0.0, 0.03),
    Post("00681101", "34100", "Beschermd wonen", _BW, BW, "L", "wmo", vertraging=(1.3, 1.9)),
    Post("00681102", "34100", "Overig beschermd wonen", _BW, BW, "L", "wmo", vertraging=(1.6,)),
    Post("00681101", "43200", "Bijdrage centrumgemeente beschermd wonen", _BW, BW, "B", "kwartaal", 3.0e6, 0.005, 0.03),
    Post("00681201", "34100", "Maatschappelijke opvang", _MO, MO, "L", "wmo", vertraging=(1.5, 2.2)),
    Post("00681202", "34100", "Spoedopvang", _MO, MO, "L", "wmo", vertraging=(1.5,)),
    Post("00682101", "34100", "Jeugdbescherming", "jeugdbescherming", ("6.82", "6.82a", "6.821"), "L", "jeugd", vertraging=(1.2, 1.6)),
    Post("00682201", "34100", "Jeugdreclassering", "jeugdreclassering", ("6.82", "6.82b", "6.822"), "L", "jeugd", vertraging=(1.4,)),
    Post("00040001", "11000", "Overhead personeel", None, _same("0.4"), "L", "salaris", 12.5e6, 0.02, 0.02),
    Post("00040002", "38000", "Overhead automatisering", None, _same("0.4"), "L", "termijn", 4.1e6, 0.03, 0.03),
    Post("00051001", "42000", "Sportsubsidies", None, _same("5.1"), "L", "kwartaal", 0.25e6, 0.0),
    Post("00051001", "43100", "Rijksbijdrage sport", None, _same("5.1"), "B", "kwartaal", 0.2e6, 0.0),
)  # fmt: skip

#: Cost centre of a Wmo productcategorie when delivered in kind.
KOSTENPLAATS_WMO = {
    "01": "00671101", "02": "00671201", "03": "00671202", "04": "00671401", "05": "00660006", "06": "00671402",
    "07": "00671301", "08": "00660005", "09": "00671302", "10": "00671403", "11": "00660001", "12": "00660002",
    "13": "00660003", "14": "00660004", "15": "00681101", "16": "00681201", "17": "00681202", "18": "00681102",
}  # fmt: skip
#: Cost centre of every Wmo provision that is paid as a pgb.
KOSTENPLAATS_PGB = "00679101"
#: The same for youth care.
KOSTENPLAATS_PGB_JEUGD = "00679201"
