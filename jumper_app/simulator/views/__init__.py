"""How the simulator's page is drawn."""
