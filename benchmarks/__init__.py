"""One runnable file a claim; `make bench` runs them all and writes docs/benchmarks.md."""
