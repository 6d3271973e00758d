"""Deputy inquiries: composed, signed, sent, answered, and the bodies they go to."""
