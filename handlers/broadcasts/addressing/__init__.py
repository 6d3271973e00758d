"""To whom a draft goes."""
