"""The business: what happens when customers write and people answer."""
