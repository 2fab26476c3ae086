"""Scenario files and what is asked of them: distributions, evidence, draws, Monte Carlo, results."""
