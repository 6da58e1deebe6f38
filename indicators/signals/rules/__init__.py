"""One rule a file; `indicators.signals.record.rules` finds them."""
