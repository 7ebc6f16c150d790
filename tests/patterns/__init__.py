"""What each pattern matches: an example for each of its parts, and what it leaves."""
