"""Forms of online courses: of households, and of those who hand codes out."""
