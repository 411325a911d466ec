"""Deeds of planners."""
