"""What the customer is typing, where the channel tells it."""
