"""The pages: one file each, with its address, its title and layout(**url_state)."""
