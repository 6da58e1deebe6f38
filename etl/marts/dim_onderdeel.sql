-- The budget parts that the monitor follows, from the reference list.
SELECT onderdeel, naam, wet, taakveld_familie, CAST(volgorde AS INTEGER) AS volgorde
FROM raw.ref_onderdelen
