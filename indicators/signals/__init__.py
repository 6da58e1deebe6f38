"""Early warning: what asks for attention, what it costs, since when, how sure that is and what it does not say."""
