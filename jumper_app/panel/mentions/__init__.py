"""Where colleagues name the agent: the bell on the rail, and its list."""
