"""A customer's data: kept for so long, handed out, erased."""
