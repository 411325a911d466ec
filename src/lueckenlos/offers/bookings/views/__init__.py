"""Pages of bookings: for everybody, for whoever booked, for those who give times."""
