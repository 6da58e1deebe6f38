-- The boundaries of wijken that are kept, newest copy of each year; as they are drawn (etl/geo_copies).
SELECT gebied_code, jaar, x, y, vorm, bron
FROM raw.geo__wijk
