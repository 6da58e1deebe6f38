"""Parts of the K2F source: layout, facts about the sheet, lines, and the checks on sums and signs."""
