"""Tests in the real browser."""
