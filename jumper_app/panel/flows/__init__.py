"""Starting a flow by hand: every flow there is, and what keeps it from starting here."""
