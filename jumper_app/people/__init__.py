"""Who works here: passwords, sign-in sessions, one-time links, what each may do."""
