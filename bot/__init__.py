"""The running program: settings, assembly, intake, delivery, schedule, local Telegram, CLI."""
