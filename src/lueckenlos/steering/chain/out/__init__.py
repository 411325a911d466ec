"""The chain on paper and in files."""
