"""What organizations fill in: a centre, whom they ask, what they plan."""
