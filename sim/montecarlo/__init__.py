"""How likely is each rung? The run: encounters, chunks added up, the result, its table and ladder."""
