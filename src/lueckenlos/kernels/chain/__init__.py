"""The chain as a calculation: supply, reach, gaps, seams, and what to do next; kernels.md is its specification."""
