"""Figures, each beside the same work without us. ``python -m benchmarks [NAME ...]``; no test asserts a time."""
