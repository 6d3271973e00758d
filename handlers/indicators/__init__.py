"""Indicators: how they stand, a chart, the fact of a period, and keeping them."""
