"""Moodle XML, and what it has in common with GIFT: formats of texts, categories, shares of a mark."""
