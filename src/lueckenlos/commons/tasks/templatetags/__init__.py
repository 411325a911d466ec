"""Words for the pages of tasks."""
