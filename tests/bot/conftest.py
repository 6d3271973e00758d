"""The stage of the stories also serves the tests of the bot floor."""

from tests.handlers.conftest import stage as stage
