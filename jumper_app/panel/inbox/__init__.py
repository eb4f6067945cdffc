"""The Customer List: who writes, who waits, who answers."""
