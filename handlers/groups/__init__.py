"""Groups and channels: whose they are, and what the bot is in them."""
