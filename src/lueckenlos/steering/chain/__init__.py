"""The prevention chain of a county: what is there, what is missing, what is unknown, what is double."""
