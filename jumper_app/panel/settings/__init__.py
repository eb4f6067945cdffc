"""Channels, agents and one's own account."""
