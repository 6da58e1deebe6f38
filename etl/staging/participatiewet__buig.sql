-- Decisions on the state money for benefits. Of two decisions of one kind on one year the later one counts.
SELECT boekjaar, soort, vastgesteld_op, bedrag_eur, peildatum,
    levering_id, bron_blad, bron_rij
FROM raw.participatiewet__buig
QUALIFY row_number() OVER (PARTITION BY boekjaar, soort ORDER BY vastgesteld_op DESC, peildatum DESC, bron_rij DESC) = 1
