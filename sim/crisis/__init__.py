"""The crisis as a signalling game: parameters, payoffs by backward induction, the ladder of escalation."""
