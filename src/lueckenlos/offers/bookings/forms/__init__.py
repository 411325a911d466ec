"""Forms of bookings: of those who come, and of those who give times."""
