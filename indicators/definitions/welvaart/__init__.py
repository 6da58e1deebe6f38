"""Indicators on income, wealth and debts."""
