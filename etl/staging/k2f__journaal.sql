-- One row per booked line of a journal, in every state that it is part of. Typed and judged by the reader already.
SELECT
    levering_id,
    peildatum,
    bron_blad,
    bron_rij,
    boekjaar,
    periode,
    boekdatum,
    prestatiemaand,
    onderdeel,
    taakveld,
    kostenplaats,
    kostensoort,
    lasten_baten,
    bedrag_eur
FROM raw.k2f__journaal
