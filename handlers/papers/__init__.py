"""Papers that people send: their text, whatever office wrote them."""
