"""The voter's side of a request: a link, how it stands, a mark."""
