"""What a draft may have beside its words."""
