"""The preview: its server as a client meets it, and its page in a real Chromium."""
