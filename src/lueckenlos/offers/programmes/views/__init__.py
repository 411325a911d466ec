"""Pages of programmes: for everybody, for whoever is registered, for those who plan."""
