"""The council edition: what the council gets twice a year, written from the numbers, frozen and kept."""
