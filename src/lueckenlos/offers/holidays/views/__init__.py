"""Pages of rounds: of families, and of those who run one."""
