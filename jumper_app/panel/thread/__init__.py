"""The conversation: its rows, how they are kept, and how they are drawn."""
