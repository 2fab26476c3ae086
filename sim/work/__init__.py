"""Who does the work, and what survives an interruption? Executors, checkpoints, stored chunks, saved folders."""
