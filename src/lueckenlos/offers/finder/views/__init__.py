"""The finder's pages, by deed."""
