"""The sheet of all keys, and the switch of those that are one sign."""
