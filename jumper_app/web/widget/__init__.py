"""The web chat's own doors: a small page for visitors, and what it talks to."""

from .doors import Widget

__all__ = ["Widget"]
