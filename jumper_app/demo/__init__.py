"""The demo workspace: people, a channel and histories to try the product with."""
