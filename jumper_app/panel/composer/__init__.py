"""Where an agent writes: replies, notes, one photo, and the drafts of all of them."""
