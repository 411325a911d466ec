"""Forms of programmes: of those who take part, and of those who plan."""
