"""Benchmarks that print tables with ratios. `python -m bench` lists them."""
