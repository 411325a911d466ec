"""Pages of centres: what everybody sees, and the desk of those who belong to one."""
