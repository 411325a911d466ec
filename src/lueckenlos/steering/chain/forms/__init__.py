"""What planners type, read and checked."""
