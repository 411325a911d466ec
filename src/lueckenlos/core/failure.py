"""What can go wrong outside the program, said to the person at the command line."""


class StatedFailure(Exception):
    """Something failed whose reason and remedy one German sentence can tell; commands exit with 1."""
