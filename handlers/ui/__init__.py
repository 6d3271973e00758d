"""What every conversation shares: screens, texts, dates, wizards; it never asks the database."""
