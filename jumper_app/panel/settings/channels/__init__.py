"""The channels' pages: which there are, connecting one, and looking after it."""
