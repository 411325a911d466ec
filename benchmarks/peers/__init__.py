"""Taking part beside other software of its kind: each served as in production, asked in turns, in one run."""
