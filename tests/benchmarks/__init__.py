"""Measurements: ``python -m tests.benchmarks`` (make bench); what they mean: docs/benchmarks.md."""
