"""Pages of online courses: for everybody, by link, and for those who hand codes out."""
