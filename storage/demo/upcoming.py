"""A fictional Bureau meeting in three days."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.meetings.adding import NewItem, NewMeeting
from storage.rules.working_days import WorkingCalendar

DAYS_AHEAD = 3
BEGINS = time(10, 0)

ITEMS = (
    NewItem(
        title_kk="Облыстың ауылдарын ауызсумен қамту жұмыстарының барысы",
        title_ru="О ходе работ по обеспечению сёл области питьевой водой",
        kind="report",
        speaker_kk="Жартасов Марат",
        speaker_ru="Жартасов Марат",
        speaker_position_kk="облыстық инфрақұрылым басқармасының басшысы (демо)",
        speaker_position_ru="руководитель областного управления инфраструктуры (демо)",
    ),
    NewItem(
        title_kk="Жол картасының мерзімі өткен тармақтары туралы",
        title_ru="О просроченных пунктах Дорожной карты",
        kind="control",
        speaker_kk="Таңатаров Нұрбол",
        speaker_ru="Танатаров Нурбол",
        speaker_position_kk="облыстық филиалдың атқарушы хатшысы (демо)",
        speaker_position_ru="исполнительный секретарь областного филиала (демо)",
    ),
    NewItem(
        title_kk="Сарыағаш ауданындағы сайлаушылар өтініштерімен жұмыс туралы депутаттың есебі",
        title_ru="Отчёт депутата о работе с обращениями избирателей в Сарыагашском районе",
        kind="report",
        speaker_kk="Бұлақбаев Ержан",
        speaker_ru="Булакбаев Ержан",
        speaker_position_kk="Сарыағаш аудандық мәслихатының депутаты (демо)",
        speaker_position_ru="депутат Сарыагашского районного маслихата (демо)",
    ),
    NewItem(
        title_kk="Ордабасы ауданындағы бастауыш партия ұйымдарымен жұмыс туралы депутаттың есебі",
        title_ru="Отчёт депутата о работе с первичными партийными организациями в Ордабасинском "
        "районе",
        kind="report",
        speaker_kk="Өрнекова Айгүл",
        speaker_ru="Орнекова Айгуль",
        speaker_position_kk="Ордабасы аудандық мәслихатының депутаты (демо)",
        speaker_position_ru="депутат Ордабасинского районного маслихата (демо)",
    ),
    NewItem(
        title_kk="Ауылдардағы көшпелі қабылдаулардың кестесі",
        title_ru="О графике выездных приёмов в сёлах",
        kind="information",
        speaker_kk="Жайлауқызы Гүлнар",
        speaker_ru="Жайлаукызы Гульнар",
        speaker_position_kk="Сарыағаш аудандық филиалының атқарушы хатшысы (демо)",
        speaker_position_ru="исполнительный секретарь Сарыагашского районного филиала (демо)",
    ),
    NewItem(
        title_kk="Бюроның келесі тоқсандағы жұмыс жоспары",
        title_ru="О плане работы Бюро на следующий квартал",
        kind="information",
        speaker_kk="Аспанова Сәуле",
        speaker_ru="Аспанова Сауле",
        speaker_position_kk="Бюро мүшесі (демо)",
        speaker_position_ru="член Бюро (демо)",
    ),
)


def meeting(branch_id: int, today: date, zone: ZoneInfo, calendar: WorkingCalendar) -> NewMeeting:
    """The meeting three days after ``today``, or on the next working day, at 10:00 in ``zone``."""
    day = calendar.next_working(today + timedelta(days=DAYS_AHEAD))
    return NewMeeting(
        branch_id=branch_id,
        state="draft",  # until everybody is called to it
        title_kk="Облыстық филиал Саяси кеңесі Бюросының кезекті отырысы (демо)",
        title_ru="Очередное заседание Бюро Политического совета областного филиала (демо)",
        starts_at=datetime.combine(day, BEGINS, tzinfo=zone),
        place_kk="облыстық филиал, 2-қабат, мәжіліс залы",
        place_ru="областной филиал, 2-й этаж, зал заседаний",
        chair_kk="Айбарұлы Бауыржан, облыстық филиалдың төрағасы (демо)",
        chair_ru="Айбарулы Бауыржан, председатель областного филиала (демо)",
        items=ITEMS,
    )
