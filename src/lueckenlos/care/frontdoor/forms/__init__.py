"""Forms of the front door."""
