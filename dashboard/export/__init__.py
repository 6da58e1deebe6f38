"""Figures of the screens as files: what stands in a file is read from the screen that it is about."""
