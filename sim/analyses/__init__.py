"""Which questions are asked of a scenario? One folder each; none imports another."""
