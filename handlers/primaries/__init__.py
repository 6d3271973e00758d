"""Primary party organisations of a branch, and who belongs to them."""
