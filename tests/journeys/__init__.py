"""Journeys of people through the whole house, in the real browser."""
