"""What an agent attaches that is no file: a place, a contact card, a request to write later."""
