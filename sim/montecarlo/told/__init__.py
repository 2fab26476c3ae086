"""How is a run told? Its tables, sentences and ladder."""
