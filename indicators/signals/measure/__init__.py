"""How often each rule is wrong and how soon it is right, measured on simulated years."""
