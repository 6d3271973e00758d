"""Who is called to a meeting and what each answered, as its secretary keeps it."""
