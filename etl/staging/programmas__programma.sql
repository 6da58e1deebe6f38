-- Programmes and their activities, as they stood at each peildatum. No activity is the programme as a whole.
SELECT
    programma, coalesce(activiteit, '') AS activiteit, doel, van, tot_en_met, dekking, begroting_eur, besteed_eur,
    verplicht_eur, peildatum,
    levering_id, bron_blad, bron_rij
FROM raw.programmas__programma
