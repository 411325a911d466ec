"""Forms of rounds: of families who wish, and of those who plan."""
