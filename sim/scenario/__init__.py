"""What does a scenario file assume? A file, checked, as one object; the register of claims; the library."""
