"""Against whom and against when: groups of gemeenten, position among all of them, and whether a change is noise."""
