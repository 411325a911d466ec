"""What people fill in about vouchers: payers, those who hand them out, clubs, families who look."""
