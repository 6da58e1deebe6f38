"""The forecast: where a budget ends this year, how sure that is, and how good earlier answers were."""
