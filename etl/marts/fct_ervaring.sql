-- Client survey: one row per year, law, question and answer. Of fewer than 50 answers chance moves a percentage by more than
-- ten points (95 %), too much to compare years or gemeenten by.
SELECT
    jaar, wet, vraagnummer, vraag, thema, antwoord, waarde, eenheid, aantal_antwoorden, respons_pct,
    coalesce(aantal_antwoorden < 50, TRUE) AS kleine_n,
    peildatum
FROM stg.clientervaring__uitkomst
