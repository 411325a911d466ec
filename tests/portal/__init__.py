"""Tests of the start pages and the shell."""
