"""Dates: as people type them, as a file holds them, and as people read them."""
