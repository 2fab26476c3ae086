"""How does a judgement become numbers? Words and intervals as quantile functions, and what is drawn together."""
