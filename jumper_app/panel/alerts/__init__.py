"""What calls an agent who looks elsewhere: a desktop notification, a sound, the tab's title."""
