-- What programmes planned to reach, and what they reached, as it stands newest.
SELECT programma, activiteit, resultaat, eenheid, gepland, bereikt, peildatum
FROM stg.programmas__resultaat
WHERE peildatum = (SELECT max(peildatum) FROM stg.programmas__resultaat)
