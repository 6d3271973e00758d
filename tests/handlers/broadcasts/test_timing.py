"""A broadcast goes at its moment, and is held or stopped on its way."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.handlers.broadcasts.branch import DEPUTY, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import data_of, sends, taps

TEXT = "Ертең 15:00-де жиналыс"


@dataclass(frozen=True)
class Words:
    preview: str
    when: str
    ask_day: str
    past: str
    ask_hour: str
    tomorrow: str
    moment: str
    left: str
    send: str
    on_time: str
    take_back: str
    far: str
    at_once: str
    silent: str
    complete: str
    going: str
    pause: str
    paused: str
    resume: str
    stop: str
    ask_stop: str
    stop_it: str
    stopped: str
    back: str
    stands: str


WORDS = {
    "kk": Words(
        preview="Алдын ала қарау",
        when="⏰ Қашан",
        ask_day="Хабар қашан жіберілсін?",
        past="24.11.2020",
        ask_hour="Сағат нешеде?",
        tomorrow="ертең",
        moment="Жіберіледі: 25 қараша, сәрсенбі, 10:00 (UTC+5)",
        left="қалды: 0 күн 23 сағ",
        send="Жіберу: 3",
        on_time="Белгіленген уақытта жіберіледі",
        take_back="Кері алу",
        far="24.11.2030 10:00",
        at_once="🚀 Қазір",
        silent="Қосу: дыбыссыз",
        complete="Толықтыру",
        going="⏳ Жіберіліп жатыр",
        pause="⏸ Кідірту",
        paused="⏸ Кідіртілді",
        resume="▶️ Жалғастыру",
        stop="⏹ Тоқтату",
        ask_stop="Хабар тарату тоқтатылсын ба?",
        stop_it="Тоқтату: 1",
        stopped="⏹ Тоқтатылды",
        back="‹ Артқа",
        stands="қазіргі жайы",
    ),
    "ru": Words(
        preview="Предпросмотр",
        when="⏰ Когда",
        ask_day="Когда отправить?",
        past="24.11.2020",
        ask_hour="Во сколько?",
        tomorrow="завтра",
        moment="Уйдёт: 25 ноября, среда, 10:00 (UTC+5)",
        left="осталось: 0 дн 23 ч",
        send="Отправить: 3",
        on_time="Уйдёт в назначенное время",
        take_back="Забрать обратно",
        far="24.11.2030 10:00",
        at_once="🚀 Сейчас",
        silent="Добавить: без звука",
        complete="Дополнить",
        going="⏳ Отправляется",
        pause="⏸ Пауза",
        paused="⏸ Приостановлено",
        resume="▶️ Продолжить",
        stop="⏹ Остановить",
        ask_stop="Остановить рассылку?",
        stop_it="Остановить: 1",
        stopped="⏹ Остановлено",
        back="‹ Назад",
        stands="как обстоит дело",
    ),
}
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


@BOTH
async def test_it_goes_tomorrow_at_ten(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await taps(branch.secretary, words.when, words.ask_day)
    for wrong in (words.past, words.far, "қашан болса да"):
        mistaken = await sends(branch.secretary, wrong, "⚠️")
        assert words.ask_day in mistaken["text"]
    await sends(branch.secretary, words.tomorrow, words.ask_hour)
    await sends(branch.secretary, "25:99", "⚠️")
    preview = await taps(branch.secretary, "10:00", words.moment)
    assert words.left in preview["text"]
    await branch.secretary.tap(words.send)
    assert branch.secretary.toast.startswith(words.on_time)
    await branch.secretary.wait_for(words.moment)
    await stage.move(timedelta(hours=12))
    assert not any(TEXT in (m["text"] or "") for m in await branch.deputy.messages())
    await stage.move(timedelta(hours=12, minutes=1))
    await branch.deputy.wait_for(TEXT)
    await branch.russian.wait_for(TEXT)


@BOTH
async def test_it_is_taken_back_and_goes_at_once_without_a_sound(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await taps(branch.secretary, words.when, words.ask_day)
    await sends(branch.secretary, f"{words.tomorrow} 10:00", words.moment)
    # Where only the hour is asked for, a day with its hour is understood as well.
    await taps(branch.secretary, words.when, words.ask_day)
    await sends(branch.secretary, "27.11", words.ask_hour)
    await sends(branch.secretary, f"{words.tomorrow} 10:00", words.moment)
    scheduled = await taps(branch.secretary, words.send, words.moment)
    await taps(branch.secretary, words.take_back, words.preview)
    old = data_of(scheduled, words.take_back)
    await branch.secretary.tap_data(scheduled["message_id"], old)
    assert words.stands in branch.secretary.toast
    await taps(branch.secretary, words.when, words.ask_day)
    await taps(branch.secretary, words.at_once, words.preview)
    await branch.secretary.tap(words.complete)
    await taps(branch.secretary, words.silent, "🔕")
    await taps(branch.secretary, words.back, words.preview)
    await branch.secretary.tap(words.send)
    for one in branch.recipients:
        await one.wait_for(TEXT)
    silent = [c for c in stage.telegram.hub.calls if "disable_notification" in c["params"]]
    assert len(silent) == 3, "each copy, and nothing else"


@BOTH
async def test_it_is_paused_resumed_and_stopped(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    order = {"method": "sendMessage", "kind": "429", "retry_after": 300, "chat": DEPUTY}
    async with stage.session.post(f"{stage.telegram.url}/local/faults", json=order) as answer:
        assert answer.status == 200
    await branch.secretary.tap(words.send)
    await branch.secretary.wait_for("░")
    await taps(branch.secretary, words.pause, words.paused)
    await branch.secretary.tap(words.resume)
    await branch.secretary.wait_for(words.going)
    await taps(branch.secretary, words.stop, words.ask_stop)
    await branch.secretary.tap("⏹")
    await branch.secretary.wait_for(words.stopped)
    assert not any(TEXT in (m["text"] or "") for m in await branch.deputy.messages())
