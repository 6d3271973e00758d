"""categories of requests are data"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

TARGET_DAYS = 15  # the main term of an application, which the branch takes over for its own stage
FIRST = (
    ("roads", "🛣", "Жол, көпір", "Дороги и мосты"),
    ("lighting", "💡", "Жарықтандыру", "Освещение"),
    ("water", "🚰", "Ауыз су, кәріз", "Вода, канализация"),
    ("energy", "⚡", "Электр, газ, жылу", "Свет, газ, тепло"),
    ("waste", "🗑", "Қоқыс, тазалық", "Мусор, чистота"),
    ("housing", "🏠", "Тұрғын үй, ТКШ", "Жильё и ЖКХ"),
    ("transport", "🚌", "Қоғамдық көлік", "Транспорт"),
    ("education", "🏫", "Мектеп, балабақша", "Школа, детсад"),
    ("health", "🏥", "Денсаулық сақтау", "Здравоохранение"),
    ("social", "🤝", "Әлеуметтік көмек", "Социальная помощь"),
    ("employment", "💼", "Жұмыс, жалақы", "Работа, зарплата"),
    ("land", "📐", "Жер мәселесі", "Земля"),
    ("agriculture", "🌾", "Ауыл шаруашылығы", "Сельское хозяйство"),
    ("sport_culture", "⚽", "Спорт, мәдениет", "Спорт, культура"),
    ("safety", "🚓", "Қауіпсіздік", "Безопасность"),
    ("ecology", "🌳", "Экология", "Экология"),
    ("internet", "📶", "Байланыс, интернет", "Связь, интернет"),
    ("business", "🏪", "Кәсіпкерлік", "Бизнес"),
    ("documents", "🗂", "Құжат, ХҚКО", "Документы, ЦОН"),
    ("other", "❔", "Басқа мәселе", "Другое"),
)


def upgrade() -> None:
    names = ("code", "icon", "name_kk", "name_ru", "target_days", "position", "active", "version")
    categories = sa.table("request_categories", *(sa.column(name) for name in names))
    rows = [
        {"code": code, "icon": icon, "name_kk": kk, "name_ru": ru, "target_days": TARGET_DAYS,
         "position": position, "active": True, "version": 1}
        for position, (code, icon, kk, ru) in enumerate(FIRST, 1)
    ]
    op.bulk_insert(categories, rows)
