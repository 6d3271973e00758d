"""Stories of topics: members propose, the secretary accepts or declines, the author is told."""

from datetime import timedelta

from sqlalchemy import func, select, update

from handlers.meetings.topics.callbacks import (
    AcceptTopic,
    DeclineTopic,
    OpenTopic,
    ProposeTopic,
    TopicFor,
    Topics,
)
from storage.tables import memberships, topics
from tests import world
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.meetings.agenda_stage import (
    AIGUL,
    ERIK,
    MOLDIR,
    OLEG,
    RUSLAN,
    SAULE,
    ids,
    manages,
    opens,
    says,
)
from tests.handlers.talking import data_of, meets, taps
from tests.storage.meetings.agenda_world import Ids, agenda_of

__all__ = ["ids"]

FOR_COUNCIL = TopicFor(branch=world.SARYAGASH, body="political_council").pack()


async def test_a_topic_of_saule_comes_onto_the_agenda(stage: Stage, ids: Ids) -> None:
    saule, moldir = await meets(stage, SAULE), await meets(stage, MOLDIR)
    await says(saule, "/meetings", "Алдағы отырыстар")
    asked = await taps(saule, "📝 Тақырып ұсыну", "Қай отырыста қаралуы керек?")
    assert "САР — Сарыағаш аудандық филиалы" in asked["text"]
    await says(saule, "Көпір", "Төмендегі батырмалардың бірін таңдаңыз.")
    await says(saule, "сар саяси кенес", "Не қаралуы керек? Бір сөйлеммен жазыңыз.")
    done = await says(saule, "Ауыл көпірін\nжөндеу <туралы>", "✅ Тақырыбыңыз хатшыға жіберілді")
    assert "«Ауыл көпірін жөндеу <туралы>»" in done["text"]

    notice = await moldir.wait_for("Отырысқа тақырып ұсынылды")
    assert "Ұсынған: Төлегенова Сәуле" in notice["text"]
    topic = await taps(moldir, "Қабылдау немесе бас тарту", "⏳ хатшының шешімін күтуде")
    assert "Төлегенова Сәуле, 24 қараша" in topic["text"]
    await taps(moldir, "✅ Қосу: 24 желтоқсан", "✅ күн тәртібіне қабылданды")
    found = await stage.database.read(agenda_of, ids.later)
    assert found == [(1, "Ауыл көпірін жөндеу <туралы>", "planned")]

    told = await saule.wait_for("Тақырыбыңыз бойынша шешім қабылданды")
    assert "✅ күн тәртібіне қабылданды" in told["text"]
    await taps(saule, "Толығырақ", "1. Ауыл көпірін жөндеу <туралы>")


async def test_a_topic_of_oleg_is_declined_with_a_word(stage: Stage, ids: Ids) -> None:
    oleg, moldir = await meets(stage, OLEG), await meets(stage, MOLDIR, "ru")
    await says(oleg, "/topic", "На каком заседании её рассмотреть?")
    await taps(oleg, "САР · Заседание Политсовета", "Что следует рассмотреть?")
    await says(oleg, "О парковках", "✅ Ваша тема отправлена секретарю")
    await moldir.wait_for("Предложена тема заседания")
    await manages(moldir, ids.later, "Повестка дня", "Повестка пуста")
    await taps(moldir, "Предложенные темы: 1", "Темы, ждущие решения: 1")
    await taps(moldir, "⏳ О парковках", "«О парковках»")
    await taps(moldir, "Отклонить с ответом", "Ваш ответ прочтёт: Садыков Олег")
    await moldir.send_sticker()
    await moldir.wait_for("Почему тема отклонена?")
    refused = await says(moldir, "н" * 501, "В тексте знаков: 501, можно самое большее 500.")
    assert "н" * 501 in refused["text"]
    await says(moldir, "Это вопрос акимата", "⚠️ отклонена")

    told = await oleg.wait_for("По Вашей теме принято решение")
    assert "Ответ секретаря: Это вопрос акимата" in told["text"]
    await says(oleg, "/topic", "На каком заседании")
    await taps(oleg, "Мои темы: 1", "Мои темы: 1")
    await taps(oleg, "⚠️ О парковках", "Ответ секретаря: Это вопрос акимата")


async def test_a_topic_taken_into_a_draft_does_not_tell_of_the_draft(
    stage: Stage, ids: Ids
) -> None:
    saule, moldir = await meets(stage, SAULE), await meets(stage, MOLDIR)
    await opens(saule, FOR_COUNCIL, "Не қаралуы керек?")
    await says(saule, "Кітапхана туралы", "✅ Тақырыбыңыз")
    await moldir.wait_for("Отырысқа тақырып ұсынылды")
    await taps(moldir, "Қабылдау немесе", "⏳")
    await taps(moldir, "✅ Қосу: 27 қараша", "✅ күн тәртібіне")
    told = await saule.wait_for("✅ күн тәртібіне қабылданды")
    assert saule.labels(told) == ["🏠 Мәзір"]


async def test_two_secretaries_on_the_same_topic(stage: Stage, ids: Ids) -> None:
    saule, moldir, aigul = [await meets(stage, one) for one in (SAULE, MOLDIR, AIGUL)]
    await opens(saule, FOR_COUNCIL, "Не қаралуы керек?")
    await says(saule, "Көпір", "✅ Тақырыбыңыз")
    await opens(aigul, OpenTopic(id=1).pack(), "⏳ хатшының")
    accept = data_of(await aigul.last(), "✅ Қосу")
    await opens(moldir, OpenTopic(id=1).pack(), "⏳ хатшының")
    await taps(moldir, "Себебін айтып", "Тақырыптан неге бас тартылды?")
    await taps(aigul, "✅ Қосу: 24 желтоқсан", "✅ күн тәртібіне")

    await says(moldir, "Қаралмайды", "✅ күн тәртібіне қабылданды")
    await moldir.tap_data((await moldir.last())["message_id"], accept)
    assert "шешім қабылдады: Сейтова Айгүл" in moldir.toast
    assert len(await stage.database.read(agenda_of, ids.later)) == 1


async def test_a_topic_has_a_length_and_a_person_five_of_them(stage: Stage, ids: Ids) -> None:
    saule = await meets(stage, SAULE)
    await opens(saule, FOR_COUNCIL, "Не қаралуы керек?")
    await says(saule, "ұ" * 1000, "Мәтінде 1000 таңба бар, ең көбі 250 болуы мүмкін.")
    await saule.send_photo()
    await saule.wait_for("Не қаралуы керек?")
    await says(saule, "/menu", "Мәзір")
    await taps(saule, "Аяқтау: тақырып", "Не қаралуы керек?")
    for n in range(1, 6):
        await says(saule, f"Тақырып {n}", "✅ Тақырыбыңыз")
        await opens(saule, FOR_COUNCIL, "Не қаралуы керек?")
    refused = await says(saule, "Алтыншысы", "Сіздің 5 тақырыбыңыз шешім күтіп тұр.")
    assert "Алтыншысы" in refused["text"]


async def test_what_is_foreign_is_neither_read_nor_decided(stage: Stage, ids: Ids) -> None:
    saule = await meets(stage, SAULE)
    await opens(saule, TopicFor(branch=world.REGION, body="bureau").pack(), "Не қаралуы керек?")
    await says(saule, "Бюроға тақырып", "✅ Тақырыбыңыз")
    for telegram_id, forged in (
        (OLEG, OpenTopic(id=1)),
        (RUSLAN, TopicFor(branch=world.SARYAGASH, body="assembly")),
        (RUSLAN, TopicFor(branch=world.SARYAGASH, body="dance")),
        (MOLDIR, OpenTopic(id=1)),
        (MOLDIR, DeclineTopic(id=1)),
        (MOLDIR, AcceptTopic(id=1, version=1, meeting=ids.bureau)),
        (ERIK, Topics()),
        (SAULE, AcceptTopic(id=1, version=1, meeting=ids.bureau)),
        (1009, ProposeTopic()),
    ):
        person = await meets(stage, telegram_id)
        await person.tap_data((await person.last())["message_id"], forged.pack())
        assert person.alert, forged
    states = await stage.database.read(
        lambda tx: list(tx.execute(select(topics.c.state)).scalars())
    )
    assert states == ["waiting"]


async def test_whoever_left_the_party_proposes_nothing_more(stage: Stage, ids: Ids) -> None:
    saule = await meets(stage, SAULE)
    await opens(saule, FOR_COUNCIL, "Не қаралуы керек?")
    left = update(memberships).where(memberships.c.person_id == 5)
    gone = left.values(ends_on=NOW.date() - timedelta(days=1))
    await stage.database.write(lambda tx: tx.execute(gone) and None)
    await saule.send("Соңғы тақырып")
    await saule.wait_answer()
    count = select(func.count()).select_from(topics)
    assert await stage.database.read(lambda tx: tx.execute(count).scalar_one()) == 0
