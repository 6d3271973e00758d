"""Updates in: from Telegram to the inbox table, from there through the handlers."""
