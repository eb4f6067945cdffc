"""Doors for machines: webhooks, files, sign-in, health."""
