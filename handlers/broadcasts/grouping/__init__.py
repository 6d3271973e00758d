"""Groups and channels that a broadcast goes to, beside people."""
