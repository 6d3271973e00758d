"""The same stories through the page, in a real browser: what is clicked is what is seen."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import (
    APIResponse,
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Route,
    ViewportSize,
    expect,
    sync_playwright,
)

pytestmark = pytest.mark.browser

ARTIFACTS = Path(__file__).parents[1] / "artifacts"
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 20_000  # ms
LAMP = "Жылға ауылында көше шамы жанбайды, Абай көшесі 12"
GREETING = "Қайырлы күн, Буро!"
MOVES = 40  # reminders of others come in between


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; where it must be there (CI), its absence is a failure."""
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("TEST_REQUIRE_BROWSER"):
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, own_demo: str) -> Iterator[Page]:
    """The page as somebody in Kazakhstan opens it; nothing may fail in its console."""
    opened = browser.new_page(viewport=DESKTOP, locale="kk-KZ", timezone_id="Asia/Almaty")
    opened.set_default_timeout(PATIENCE)
    complaints: list[str] = []

    def listen(line: ConsoleMessage) -> None:
        if line.type == "error":
            complaints.append(line.text)

    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", listen)
    opened.goto(own_demo)
    yield opened
    opened.close()
    assert not complaints


def be(page: Page, name: str) -> None:
    """Choose somebody from the list and press Start where it was not pressed yet."""
    page.locator("#sidebar .people button", has_text=name).click()
    expect(page.locator("#sidebar .me")).to_contain_text(name)
    start = page.get_by_role("button", name="БАСТАУ")
    expect(page.locator("button.gate:visible, textarea:visible")).to_be_visible()
    if start.is_visible():
        start.click()


def say(page: Page, text: str) -> None:
    page.locator("textarea").fill(text)
    page.locator("textarea").press("Enter")


def tap(page: Page, label: str) -> None:
    page.locator("#chat button", has_text=label).last.click()


def reads(page: Page, text: str) -> Locator:
    """Wait for a message with the text; return the newest."""
    found = page.locator("#chat").get_by_text(text).last
    expect(found).to_be_visible()
    return found


def picture(page: Page, name: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)  # let what moves come to rest
    page.screenshot(path=ARTIFACTS / f"{name}.png")


def fits(page: Page) -> bool:
    """Whether nothing stands out to the right of the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_deputy_and_a_member_at_a_desk(page: Page) -> None:
    be(page, "Бұлақбаев")
    tap(page, "Өтініш тіркеу")
    reads(page, "(1/3)")
    say(page, LAMP)
    reads(page, "(2/3)")
    tap(page, "✓ Жарықтандыру")
    reads(page, "(3/3)")
    tap(page, "✅ Тіркеу")
    reads(page, "Мерзімі:")
    reads(page, "№ САР-")
    assert fits(page)
    picture(page, "deputy")

    be(page, "Көктембаев")
    reads(page, "Мәзір")
    say(page, "Келесі бюро қашан?")
    reads(page, "Күн тәртібінде: 6 мәселе")
    assert fits(page)
    picture(page, "member")


def test_an_answer_is_not_lost_to_a_list_of_messages_that_was_read_before_it(
    page: Page, own_demo: str
) -> None:
    be(page, "Көктембаев")
    reads(page, "Мәзір")
    be(page, "Бұлақбаев")
    late: list[APIResponse] = []

    def held(route: Route) -> None:
        """Hand the first list of messages over only when a message sent after it is there."""
        if late:
            route.continue_()
            return
        late.append(route.fetch())
        place = dict(parse_qsl(urlsplit(route.request.url).query))
        asked = {"person": int(place["person"]), "chat": int(place["chat"]), "action": "send"}
        page.request.post(f"{own_demo}/local/act", data={**asked, "text": GREETING})
        for _ in range(200):
            said = page.request.get(route.request.url).json()["messages"]
            if any(one.get("text") == GREETING for one in said[:-1]):
                break
            page.wait_for_timeout(100)
        route.fulfill(response=late[0])

    page.route("**/local/messages*", held)
    page.locator("#sidebar .people button", has_text="Көктембаев").click()
    reads(page, GREETING)
    assert GREETING not in late[0].text()


def test_a_guest_presses_start_and_is_asked_for_a_language(page: Page) -> None:
    page.locator("#sidebar .people button", has_text="Қонақбаев").click()
    page.get_by_role("button", name="БАСТАУ").click()
    reads(page, "Тілді таңдаңыз")
    tap(page, "Қазақша")
    reads(page, "рұқсат сұраңыз")
    assert fits(page)
    picture(page, "guest")


def test_an_executor_on_a_phone_is_reminded(page: Page) -> None:
    page.set_viewport_size(PHONE)
    picture(page, "phone-people")
    be(page, "Жартасов")
    reads(page, "Меню")
    reminder = page.locator("#chat").get_by_text("Напоминание").last
    for _ in range(MOVES):
        page.locator(".clock-next").click()
        page.wait_for_timeout(2000)
        if reminder.is_visible():
            break
    reads(page, "Напоминание")
    assert fits(page)
    picture(page, "phone-reminder")


def test_a_member_types_the_bots_name_and_posts_a_card(page: Page) -> None:
    be(page, "Көктембаев")
    reads(page, "Мәзір")
    page.locator("textarea").fill("@buro_demo_bot бюро")
    offered = page.locator(".suggestion", has_text="отырысы").first
    expect(offered).to_be_visible()
    picture(page, "inline")
    offered.click()
    reads(page, "@buro_demo_bot арқылы")
    assert page.locator("textarea").input_value() == ""
    assert fits(page)
