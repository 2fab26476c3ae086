"""What happens at one point of a scenario, or in one game? Its equilibria in words and figures."""
