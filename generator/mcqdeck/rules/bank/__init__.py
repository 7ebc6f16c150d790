"""What concerns banks as a whole: one rule a file, each takes the banks of one run."""
