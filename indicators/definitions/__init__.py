"""The indicators of the monitor: one file each, found by indicators.core.indicator.indicators()."""
