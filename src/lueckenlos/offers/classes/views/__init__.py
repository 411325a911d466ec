"""Pages of family classes: for everybody, for the family, for the child, for those who lead a class."""
