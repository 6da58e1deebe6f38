"""For the data team, and only with `serve --beheer`: deliver a file, place a code, and refresh."""
