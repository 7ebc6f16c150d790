"""What makes a question a good one: one rule a file, each takes a `CheckedQuestion`."""
