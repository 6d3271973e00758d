"""The roll call of a meeting, arrivals and departures, and the quorum."""
