"""The conversations: one folder a capability, plus the shared ground in ``ui`` and ``locales``."""
