"""What several rules need to know about a question or a bank; no rules here."""
