"""Finite signalling games: their arrays, their equilibria (quantal; perfect Bayesian for two sender types), a check."""
