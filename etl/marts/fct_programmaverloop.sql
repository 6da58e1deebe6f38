-- How far every result was, and how much was spent (resultaat ''), at each peildatum that was delivered.
SELECT programma, activiteit, resultaat, peildatum, eenheid, gepland, bereikt
FROM stg.programmas__resultaat
UNION ALL BY NAME
SELECT
    programma, activiteit, '' AS resultaat, peildatum, 'euro' AS eenheid, begroting_eur AS gepland,
    besteed_eur AS bereikt
FROM stg.programmas__programma
