"""Indicators, forecasts and signals of the social domain: the heart, free of screens, network and spreadsheets."""
