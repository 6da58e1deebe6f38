-- Results that programmes planned and reached, as they stood at each peildatum. No activity is the programme as a whole.
SELECT programma, coalesce(activiteit, '') AS activiteit, resultaat, eenheid, gepland, bereikt, peildatum,
    levering_id, bron_blad, bron_rij
FROM raw.programmas__resultaat
