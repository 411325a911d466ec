"""Pages of vouchers: what everybody sees, the family's own voucher, and the desks of giver, club and payer."""
