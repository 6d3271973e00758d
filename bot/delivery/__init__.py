"""Messages out: from the outbox table to Telegram, paced, each to its final state."""
