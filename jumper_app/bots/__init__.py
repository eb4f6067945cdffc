"""Automations: what a flow is, how it goes on, and the ready ones."""
