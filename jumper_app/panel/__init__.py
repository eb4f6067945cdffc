"""Doors for people: the only floor that knows Reflex."""
