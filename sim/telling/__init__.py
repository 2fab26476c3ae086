"""How is anything said, once? Numbers, words, tables, progress, faults of a file."""
