"""Indicators on the Participatiewet: benefits, support towards work, integration of newcomers."""
