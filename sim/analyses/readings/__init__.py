"""What moves the answer? The same scenario read in other ways, one line a reading."""
