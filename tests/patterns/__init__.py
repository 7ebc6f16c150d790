"""What each pattern of the rules matches: an example for each of its parts, and what it leaves."""
