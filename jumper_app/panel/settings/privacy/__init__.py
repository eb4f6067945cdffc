"""The privacy pages: how long messages are kept, and one customer's data."""
