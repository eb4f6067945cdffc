"""Jumper: a live-chat panel where people and bots answer customers together."""
