-- The answers of the yearly client surveys, as they stand newest.
SELECT
    jaar, wet, vraagnummer, vraag, thema, antwoord, waarde, eenheid, aantal_antwoorden, respons_pct, peildatum,
    levering_id, bron_blad, bron_rij
FROM raw.clientervaring__uitkomst
