"""Choosing a template, filling it in, and sending it."""
