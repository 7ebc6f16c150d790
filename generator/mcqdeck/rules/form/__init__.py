"""What every question must have: one rule a file, each takes a `Question`."""
