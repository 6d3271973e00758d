"""The settlements of a branch: secretaries keep them, requests are about one of them."""
