-- Programmes and their activities with their own temporary budget, as they stand newest.
SELECT
    programma, activiteit, doel, van, tot_en_met, dekking, begroting_eur, besteed_eur, verplicht_eur, peildatum
FROM stg.programmas__programma
WHERE peildatum = (SELECT max(peildatum) FROM stg.programmas__programma)
