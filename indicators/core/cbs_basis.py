"""Topics of CBS that no indicator of its own shows, but that rates and "vergelijkbare gemeenten" are made from.

They come from the yearly tables "Kerncijfers wijken en buurten" (series kerncijfers), for the country, all gemeenten
and the wijken and buurten of the own gemeente; not for provincies. Names of `onderwerp` in mart.fct_cbs_waarneming
(uitsplitsing 'totaal', periode yyyyJJ00):

    AantalInwoners  k_0Tot15Jaar  k_15Tot25Jaar  k_25Tot45Jaar  k_45Tot65Jaar  k_65JaarOfOuder     aantal, 1 January
    HuishoudensTotaal  Eenpersoonshuishoudens  HuishoudensMetKinderen                              aantal
    GemiddeldInkomenPerInwoner                                                                     x 1 000 euro
    PersonenPerSoortUitkeringBijstand  ..AO  ..WW                                                  aantal
    WmoClienten  JongerenMetJeugdzorgInNatura                                                      aantal
    WmoClientenRelatief                                                                            per 1 000 inwoners
    PercentageJongerenMetJeugdzorg  Nettoarbeidsparticipatie  Koopwoningen  HuurwoningenTotaal     %
    Woningvoorraad                                                                                 aantal
    GemiddeldeWOZWaardeVanWoningen                                                                 x 1 000 euro
    AfstandTotHuisartsenpraktijk  AfstandTotGroteSupermarkt  AfstandTotSchool                      km
    Omgevingsadressendichtheid                                                                     per km²
    OppervlakteLand                                                                                ha

For provincies too, and from 2012 on (table 03759ned): BevolkingOp1Januari, aantal, 1 January.

Besides these, whatever the indicators ask themselves (indicators/definitions). Income, benefits, Wmo and jeugdzorg are
empty in the newest one or two years until CBS fills them in. Crime is not in the table of 2025.
"""

from __future__ import annotations

from indicators.core.cbs import Topic

KERNCIJFERS = ("kerncijfers",)


def kerncijfer(stem: str, unit: str, hint: str = "", ook: tuple[str, ...] = (), vanaf: int = 0) -> Topic:
    """Write down a topic of the yearly tables; `hint` is its key in the table of 2025."""
    return Topic(stem, unit, hint=hint, tabellen=KERNCIJFERS, ook=ook, vanaf=vanaf)


INWONERS = kerncijfer("AantalInwoners", "aantal", "AantalInwoners_5")
INKOMEN = kerncijfer("GemiddeldInkomenPerInwoner", "x 1 000 euro", "GemiddeldInkomenPerInwoner_78")
BIJSTAND = kerncijfer("PersonenPerSoortUitkeringBijstand", "aantal", "PersonenPerSoortUitkeringBijstand_87")
WMO = kerncijfer("WmoClientenRelatief", "per 1 000 inwoners", "WmoClientenRelatief_94")
JEUGDHULP = kerncijfer("PercentageJongerenMetJeugdzorg", "%", "PercentageJongerenMetJeugdzorg_92")
WOZ = kerncijfer(
    "GemiddeldeWOZWaardeVanWoningen", "x 1 000 euro", "GemiddeldeWOZWaardeVanWoningen_39", ("GemiddeldeWoningwaarde",)
)
HUISARTS = kerncijfer("AfstandTotHuisartsenpraktijk", "km", "AfstandTotHuisartsenpraktijk_110")
SUPERMARKT = kerncijfer("AfstandTotGroteSupermarkt", "km", "AfstandTotGroteSupermarkt_111")

BASIS: tuple[Topic, ...] = (
    INWONERS,
    Topic("BevolkingOp1Januari", "aantal", hint="BevolkingOp1Januari_1", tabellen=("bevolking",)),
    kerncijfer("k_0Tot15Jaar", "aantal", "k_0Tot15Jaar_8"),
    kerncijfer("k_15Tot25Jaar", "aantal", "k_15Tot25Jaar_9"),
    kerncijfer("k_25Tot45Jaar", "aantal", "k_25Tot45Jaar_10"),
    kerncijfer("k_45Tot65Jaar", "aantal", "k_45Tot65Jaar_11"),
    kerncijfer("k_65JaarOfOuder", "aantal", "k_65JaarOfOuder_12"),
    kerncijfer("HuishoudensTotaal", "aantal", "HuishoudensTotaal_29"),
    kerncijfer("Eenpersoonshuishoudens", "aantal", "Eenpersoonshuishoudens_30"),
    kerncijfer("HuishoudensMetKinderen", "aantal", "HuishoudensMetKinderen_32"),
    INKOMEN,
    BIJSTAND,
    kerncijfer("PersonenPerSoortUitkeringAO", "aantal", "PersonenPerSoortUitkeringAO_88"),
    kerncijfer("PersonenPerSoortUitkeringWW", "aantal", "PersonenPerSoortUitkeringWW_89"),
    kerncijfer("JongerenMetJeugdzorgInNatura", "aantal", "JongerenMetJeugdzorgInNatura_91"),
    JEUGDHULP,
    kerncijfer("WmoClienten", "aantal", "WmoClienten_93"),
    WMO,
    # The oldest tables of the series do not have it.
    kerncijfer("Nettoarbeidsparticipatie", "%", "Nettoarbeidsparticipatie_71", vanaf=2021),
    kerncijfer("Woningvoorraad", "aantal", "Woningvoorraad_35"),
    WOZ,
    kerncijfer("Koopwoningen", "%", "Koopwoningen_47"),
    kerncijfer("HuurwoningenTotaal", "%", "HuurwoningenTotaal_48"),
    HUISARTS,
    SUPERMARKT,
    kerncijfer("AfstandTotSchool", "km", "AfstandTotSchool_113"),
    kerncijfer("Omgevingsadressendichtheid", "per km²", "Omgevingsadressendichtheid_121"),
    kerncijfer("OppervlakteLand", "ha", "OppervlakteLand_116"),
)

#: Texts that definitions of one source share.
ROL_GEZONDHEID, ROL_WERK, ROL_INKOMEN = (
    "Beleidsadviseur gezondheid en preventie",
    "Beleidsadviseur werk en participatie",
    "Beleidsadviseur inkomen en armoede",
)
ROL_WONEN, ROL_DUURZAAM = "Beleidsadviseur wonen en leefbaarheid", "Beleidsadviseur duurzaamheid"
BRON_KERNCIJFERS = ("CBS Kerncijfers wijken en buurten (2019 en later, per jaar een tabel)",)
STATUS_KERNCIJFERS = (
    "CBS geeft in deze tabellen geen status per cijfer; daarom staat er 'onbekend'. Cijfers zijn definitief, behalve "
    "waar de toelichting van CBS voorlopig zegt, zoals bij werk en vermogen. In het nieuwste jaar ontbreekt veel: CBS "
    "vult dat later in. Staat er bij een gemeente of wijk geen cijfer, dan geeft CBS het niet."
)
PERIODEN_KERNCIJFERS = "Per jaar, vanaf 2019. CBS vult de tabel van een jaar in de loop van twee jaar."
NIVEAUS_KERNCIJFERS = ("land", "gemeente", "wijk")
STATUS_MONITOR = (
    "CBS noemt de cijfers van 2016 definitief. Bij latere uitgaven staat geen status: dan staat er 'onbekend'. "
    "Gemeenten met te weinig antwoorden krijgen geen cijfer."
)
PERIODEN_MONITOR = (
    "Eens in de vier jaar, met een extra meting in 2022. Nieuwe cijfers komen een half jaar na het jaar van de meting."
)
STATUS_TABEL = (
    "CBS zegt bij elke periode of het cijfer definitief, nader voorlopig of voorlopig is. Een voorlopig cijfer kan nog "
    "veranderen. CBS past soms ook oudere jaren aan; de pagina Gegevens laat dat zien."
)
STATUS_MAATWERK = (
    "CBS heeft dit cijfer niet in zijn open tabellen. Het komt uit een bestand dat het datateam inleest, met het adres "
    "waar CBS het geeft. De status is die van CBS. Zonder bestand is er geen cijfer."
)
