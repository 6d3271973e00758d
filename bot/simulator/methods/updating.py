"""Getting updates: the long poll and the webhook's settings."""

import re
from urllib.parse import urlsplit

from bot.simulator import errors
from bot.simulator.hub import Hub
from bot.simulator.methods.registry import method
from bot.simulator.wire import Call, Told
from bot.simulator.world import Json

MAX_TIMEOUT = 50
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@method("getMe")
def get_me(hub: Hub, _: Call) -> Json:
    """Return the bot itself."""
    return {
        **hub.bot_user(),
        "can_join_groups": True,
        "can_read_all_group_messages": not hub.options.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("getUpdates")
async def get_updates(hub: Hub, call: Call) -> list[Json]:
    """Return what waits; ``timeout`` counts real seconds, whatever the clock is told."""
    if hub.webhook.url:
        raise errors.conflict(WEBHOOK_ACTIVE)
    params = call.params
    if "allowed_updates" in params:
        hub.updates.allow(params["allowed_updates"])
    limit = int(params.get("limit", 100))
    timeout = max(0, min(int(params.get("timeout", 0)), MAX_TIMEOUT))
    return await hub.updates.get(
        int(params.get("offset", 0)), limit if 1 <= limit <= 100 else 100, timeout
    )


@method("setWebhook")
def set_webhook(hub: Hub, call: Call) -> Told:
    """Send updates to a URL; plain http is allowed to this very machine, unlike Telegram."""
    params, url = call.params, call.params.get("url", "")
    if not url:
        return delete_webhook(hub, call)
    _check_url(url)
    secret = params.get("secret_token", "")
    if len(secret.encode()) > 256:
        raise errors.bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise errors.bad_request("secret token contains unallowed characters")
    if "allowed_updates" in params:
        hub.updates.allow(params["allowed_updates"])
    if params.get("drop_pending_updates"):
        hub.updates.clear()
    connections = max(1, min(int(params.get("max_connections", 40)), 100))
    if hub.webhook.is_set(url, secret, connections):
        return Told(True, "Webhook is already set")
    hub.updates.interrupt("terminated by setWebhook request")
    hub.webhook.open(url, secret, connections)
    return Told(True, "Webhook was set")


@method("deleteWebhook")
def delete_webhook(hub: Hub, call: Call) -> Told:
    """Go back to long polling."""
    if call.params.get("drop_pending_updates"):
        hub.updates.clear()
    if not hub.webhook.url:
        return Told(True, "Webhook is already deleted")
    hub.webhook.close()
    return Told(True, "Webhook was deleted")


@method("getWebhookInfo")
def get_webhook_info(hub: Hub, _: Call) -> Json:
    """Return how delivery goes."""
    return {
        **hub.webhook.info(),
        "pending_update_count": len(hub.updates.pending()),
        **({"allowed_updates": sorted(hub.updates.allowed)} if hub.updates.allowed else {}),
    }


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise errors.bad_request("invalid webhook URL specified") from error
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise errors.bad_request("invalid webhook URL specified")
    if local:
        return
    if parts.scheme != "https":
        raise errors.bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in (None, 80, 88, 443, 8443):
        raise errors.bad_request(
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
        )
