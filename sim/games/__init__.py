"""Any finite signalling game: its arrays, its equilibria, and the check of any claimed equilibrium."""
