"""What can go wrong with people."""


class NoReason(Exception):
    """Somebody is looked for without a reason (§ 63 SGB VIII)."""
