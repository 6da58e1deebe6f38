-- State money for benefits as the ministry set it: the budget moves in the year (DOMAIN.md 5).
SELECT boekjaar, soort, vastgesteld_op, bedrag_eur, peildatum
FROM stg.participatiewet__buig
