"""Ranks the directory's services for a question and says why each stands where it does."""
