"""What ``make run`` does: bring everything up to date, stage by stage, then serve."""
