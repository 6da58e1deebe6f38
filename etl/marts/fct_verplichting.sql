-- per: peildatum
-- What awards that are granted at a peildatum are worth for the rest of its year, for the whole gemeente: from the day after
-- it, or from the first day of an award that begins later, up to and with the last day of the award or 31 December.
-- Priced as in fct_toewijzing (stg.voorziening__prijs); a price a month counts for the part of each month in which the award
-- runs. Awards without a price are counted apart. Cents are rounded per award.
-- Beside the worth of a month this worth tells when awards end. So it is told only where more than 7 persons share it.
WITH rest AS (
    SELECT *, greatest(van, peildatum + 1) AS eerste,
        least(coalesce(tot, DATE '9999-12-31'), make_date(year(peildatum), 12, 31)) AS laatste
    FROM stg.voorziening__prijs
), waarde AS (
    SELECT peildatum, wet, onderdeel, persoon_nr,
        CAST(round(per_keer_eur * CASE
            WHEN dagen IS NOT NULL THEN (laatste - eerste + 1) / dagen
            -- months and parts of months since the first of January, at the end less at the start
            ELSE month(laatste) + day(laatste) / day(last_day(laatste))
                - month(eerste) - (day(eerste) - 1) / day(last_day(eerste))
        END + 1e-9, 2) AS DECIMAL(18,2)) AS waarde_eur
    FROM rest WHERE eerste <= laatste
)
SELECT
    CAST(year(peildatum) AS INTEGER) AS boekjaar,
    wet,
    onderdeel,
    CAST(count(DISTINCT persoon_nr) AS INTEGER) AS clienten,
    CAST(count(*) AS INTEGER) AS toewijzingen,
    CAST(count(*) FILTER (waarde_eur IS NULL) AS INTEGER) AS zonder_prijs,
    CAST(CASE WHEN count(DISTINCT persoon_nr) FILTER (waarde_eur IS NOT NULL) > 7 THEN sum(waarde_eur) END
        AS DECIMAL(18,2)) AS verplicht_eur,
    peildatum
FROM waarde
GROUP BY ALL
