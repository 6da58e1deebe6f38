"""The questions that `facts` asks the marts; $p is the peildatum: no row known only later is read."""

COUNTS = """
    WITH nieuwste AS (
        SELECT wet, max(peildatum) AS peildatum FROM mart.fct_voorziening WHERE peildatum <= $p GROUP BY wet
    )
    SELECT f.wet, f.onderdeel, f.maat, CAST(f.maand AS TIMESTAMP) AS maand, CAST(f.aantal AS DOUBLE) AS aantal
    FROM mart.fct_voorziening f JOIN nieuwste USING (wet, peildatum)
    WHERE f.gebied_code = $v1 AND f.maand <= $p ORDER BY ALL
"""
#: Where the clients came: rounded counts of wijken, now and a year before; a secret count is NULL and left out.
WIJKEN = """
    WITH nieuwste AS (SELECT max(peildatum) AS peildatum FROM mart.fct_voorziening WHERE wet = $v1 AND peildatum <= $p)
    SELECT g.naam, CAST(n.aantal - t.aantal AS DOUBLE) AS erbij
    FROM mart.fct_voorziening n
    JOIN nieuwste USING (peildatum)
    JOIN mart.fct_voorziening t USING (wet, onderdeel, gebied_code, maat, peildatum)
    JOIN mart.dim_gebied g USING (gebied_code)
    WHERE n.wet = $v1 AND n.onderdeel = $v2 AND n.maat = 'stand' AND g.niveau = 'wijk'
        AND n.maand = $v3 AND t.maand = $v3 - INTERVAL 1 YEAR AND n.aantal IS NOT NULL AND t.aantal IS NOT NULL
    ORDER BY erbij DESC, naam
"""
COMPLETENESS = """
    WITH f AS (
        SELECT wet, maat, onderdeel, maand, aantal, datediff('month', maand, peildatum) AS leeftijd
        FROM mart.fct_voorziening
        WHERE gebied_code = $v1 AND peildatum <= $p AND onderdeel <> 'totaal'
    ), later AS (SELECT wet, maat, onderdeel, maand, aantal FROM f WHERE leeftijd = $v2 AND aantal IS NOT NULL)
    SELECT f.wet, f.maat, f.leeftijd, CAST(sum(f.aantal) AS DOUBLE) AS toen, CAST(sum(later.aantal) AS DOUBLE) AS later
    FROM f JOIN later USING (wet, maat, onderdeel, maand)
    WHERE f.leeftijd < $v2 AND f.aantal IS NOT NULL GROUP BY ALL
"""
#: Each month as it was known when it closed, so that all months were equally complete; else the newest that says it.
KENMERK = """
    WITH f AS (
        SELECT *, row_number() OVER (
            PARTITION BY wet, maand ORDER BY abs(datediff('month', maand, peildatum)), peildatum) AS _
        FROM (SELECT DISTINCT wet, maand, peildatum FROM mart.fct_voorziening_kenmerk WHERE peildatum <= $p)
    )
    SELECT k.wet, k.onderdeel, k.kenmerk, k.waarde, k.maat, CAST(k.maand AS TIMESTAMP) AS maand,
        CAST(sum(k.aantal) AS DOUBLE) AS aantal
    FROM mart.fct_voorziening_kenmerk k JOIN f USING (wet, maand, peildatum)
    WHERE f._ = 1 AND k.kenmerk IN ('verwijzer', 'leveringsvorm') AND k.maat IN ('aanvraag', 'toekenning')
    GROUP BY ALL ORDER BY ALL
"""
AWARDS = """
    WITH f AS (
        SELECT *, row_number() OVER (
            PARTITION BY wet, maand ORDER BY abs(datediff('month', maand, peildatum)), peildatum) AS _
        FROM (SELECT DISTINCT wet, maand, peildatum FROM mart.fct_toewijzing WHERE peildatum <= $p)
    )
    SELECT t.wet, t.onderdeel, t.leveringsvorm, CAST(t.maand AS TIMESTAMP) AS maand,
        CAST(t.clienten AS DOUBLE) AS clienten, CAST(t.verwacht_eur AS DOUBLE) AS verwacht_eur,
        CAST(t.zonder_prijs AS DOUBLE) / t.toewijzingen AS zonder_prijs
    FROM mart.fct_toewijzing t JOIN f USING (wet, maand, peildatum) WHERE f._ = 1 ORDER BY ALL
"""
#: Age 0 is the month of the care itself. A month is known at an age when deliveries of that month have been received.
DECLARED = """
    SELECT wet, onderdeel, leveringsvorm, CAST(prestatiemaand AS TIMESTAMP) AS maand,
        greatest(datediff('month', prestatiemaand, ontvangstmaand), 0) AS leeftijd,
        CAST(sum(bedrag_eur) AS DOUBLE) AS bedrag_eur, CAST(sum(clienten) AS DOUBLE) AS clienten
    FROM mart.fct_declaratie WHERE last_day(ontvangstmaand) <= $p GROUP BY ALL ORDER BY ALL
"""
#: The same by provider (AGB code), as far as it may be told: 'overig' is all that is told of none.
DECLARED_BY = """
    SELECT wet, onderdeel, aanbieder, CAST(prestatiemaand AS TIMESTAMP) AS maand,
        greatest(datediff('month', prestatiemaand, ontvangstmaand), 0) AS leeftijd,
        CAST(sum(bedrag_eur) AS DOUBLE) AS bedrag_eur, CAST(sum(clienten) AS DOUBLE) AS clienten
    FROM mart.fct_declaratie_aanbieder WHERE last_day(ontvangstmaand) <= $p GROUP BY ALL ORDER BY ALL
"""
AWARDS_BY = """
    WITH f AS (
        SELECT *, row_number() OVER (
            PARTITION BY wet, maand ORDER BY abs(datediff('month', maand, peildatum)), peildatum) AS _
        FROM (SELECT DISTINCT wet, maand, peildatum FROM mart.fct_toewijzing_aanbieder WHERE peildatum <= $p)
    )
    SELECT t.wet, t.onderdeel, t.aanbieder, CAST(t.maand AS TIMESTAMP) AS maand,
        CAST(t.clienten AS DOUBLE) AS clienten, CAST(t.verwacht_eur AS DOUBLE) AS verwacht_eur
    FROM mart.fct_toewijzing_aanbieder t JOIN f USING (wet, maand, peildatum) WHERE f._ = 1 ORDER BY ALL
"""
LEDGER = """
    WITH levering AS (
        SELECT boekjaar, peildatum, CAST(coalesce(
            max(periode) FILTER (soort = 'stand'), greatest(max(periode), least(
            12, (year(peildatum) - boekjaar) * 12 + month(peildatum)))) AS INTEGER) AS periode
        FROM mart.fct_realisatie WHERE peildatum <= $p GROUP BY boekjaar, peildatum
    ), per_levering AS (
        SELECT boekjaar, peildatum, l.periode, onderdeel, sum(bedrag_eur) FILTER (lasten_baten = 'L') AS stand_eur
        FROM mart.fct_realisatie JOIN levering AS l USING (boekjaar, peildatum) GROUP BY ALL
    )
    SELECT boekjaar, periode, onderdeel, CAST(arg_max(stand_eur, peildatum) AS DOUBLE) AS stand_eur
    FROM per_levering WHERE stand_eur IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
BUDGET = """
    SELECT onderdeel, lasten_baten, CAST(sum(actueel_eur) AS DOUBLE) AS eur FROM mart.fct_begroting
    WHERE boekjaar = $v1 AND peildatum = (
        SELECT max(peildatum) FROM mart.fct_begroting WHERE boekjaar = $v1 AND peildatum <= $p)
    GROUP BY ALL
"""
