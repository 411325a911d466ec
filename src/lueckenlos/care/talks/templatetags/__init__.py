"""Words for the pages of talks."""
