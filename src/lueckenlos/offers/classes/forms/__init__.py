"""Forms of family classes: of families, and of those who lead a class."""
