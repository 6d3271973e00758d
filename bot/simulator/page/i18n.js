// The page's own words in three languages; what the bot says is never touched.

const TEXTS = {
  kk: {
    title: "Жергілікті Telegram",
    people: "Адамдар", chats: "Чаттар", iAm: "Мен:", nobody: "Адам таңдалмаған",
    choosePerson: "Тізімнен адамды таңдаңыз – сол кісі болып жазасыз.",
    newPerson: "Жаңа адам", language: "Тіл", theme: "Көрініс", themeAuto: "Жүйедегідей", themeLight: "Жарық", themeDark: "Қараңғы",
    back: "Артқа", chatMenu: "Чат мәзірі", unread: "{n} оқылмаған",
    bot: "бот", group: "топ", notStarted: "әлі бастамаған", blocked: "бот бұғатталған", botAbsent: "бот топта жоқ",
    offline: "Байланыс үзілді, қайта қосылуда…", start: "БАСТАУ", whatCan: "Бұл бот не істей алады?",
    noMessages: "Әзірге хабарлама жоқ", log: "Хабарламалар",
    placeholder: "Хабарлама", send: "Жіберу", attach: "Тіркеу", commands: "Бот командалары", keyboardShow: "Пернетақтаны көрсету", keyboardHide: "Пернетақтаны жасыру",
    replyKeyboard: "Жауап түймелері",
    messageMenu: "Хабарлама әрекеттері", reply: "Жауап беру", forward: "Қайта жіберу", edit: "Өңдеу", del: "Жою", copy: "Мәтінді көшіру", copied: "Көшірілді",
    react: "Реакция: {emoji}", edited: "өңделді", forwarded: "Қайта жіберілген: {name}", via: "@{name} арқылы", replyTo: "Жауап: {name}", editing: "Өңдеу", cancel: "Болдырмау",
    pinned: "Бекітілген хабарлама", you: "Сіз", today: "Бүгін", yesterday: "Кеше", toBottom: "Төменге",
    photo: "Фото", document: "Файл", voice: "Дауыстық хабарлама", video: "Бейне", video_note: "Дөңгелек бейне", location: "Орналасқан жер",
    contact: "Контакт", sticker: "Стикер", poll: "Сауалнама", animation: "GIF", audio: "Аудио", service: "Қызметтік хабарлама",
    forwardText: "Бөгде адамның хабарын жіберу", photos: "Фото (бір не бірнеше)", fakeVoice: "Дауыстық хабарлама (жалған)",
    caption: "Түсіндірме", duration: "Ұзақтығы, секунд", text: "Мәтін", fromName: "Кімнен", hidden: "Авторы жасырын",
    lat: "Ендік", lon: "Бойлық", phone: "Телефон", name: "Аты", lastName: "Тегі", own: "Өз нөмірім", question: "Сұрақ", options: "Жауаптары, әрқайсысы жеке жолда",
    claimSize: "Файл мөлшері деп көрсету, МБ (міндетті емес)", personId: "ID (сан)", note: "Рөлі мен ұйымы",
    open: "Ашу", download: "Жүктеп алу", close: "Жабу", ok: "Жарайды", enlarge: "Фотоны үлкейту", spoiler: "Жасырын мәтінді ашу",
    block: "Ботты бұғаттау", unblock: "Бұғаттан шығару", restart: "Қайта бастау", addBot: "Ботты топқа қосу", removeBot: "Ботты топтан шығару", upgrade: "Супертопқа айналдыру",
    chooseChat: "Қай чатқа?", fileMissing: "Файл ашылмады", noAnswer: "Бот жауап бермеді", failed: "Орындалмады: {error}", unsupported: "Мұнда қолдау жоқ", deleteSure: "Хабарламаны жоямыз ба?",
    typing: "жазып жатыр…", upload_photo: "фото жіберіп жатыр…", upload_document: "файл жіберіп жатыр…", record_voice: "дауыс жазып жатыр…", other_action: "дайындап жатыр…",
    botTime: "Боттың уақыты", hour: "+1 сағат", day: "+1 күн", hourShort: "+1 сағ", dayShort: "+1 күн", next: "Келесі оқиғаға", nextAt: "Келесі оқиға: {when}", nextNone: "Алда оқиға жоқ",
    limits: "Telegram шектеулерін қолдану", settings: "Баптаулар",
  },
  ru: {
    title: "Локальный Telegram",
    people: "Люди", chats: "Чаты", iAm: "Я:", nobody: "Никто не выбран",
    choosePerson: "Выберите в списке человека – писать будете от его имени.",
    newPerson: "Новый человек", language: "Язык", theme: "Оформление", themeAuto: "Как в системе", themeLight: "Светлое", themeDark: "Тёмное",
    back: "Назад", chatMenu: "Меню чата", unread: "непрочитанных: {n}",
    bot: "бот", group: "группа", notStarted: "ещё не начинал", blocked: "бот заблокирован", botAbsent: "бота нет в группе",
    offline: "Связь прервалась, подключаемся…", start: "НАЧАТЬ", whatCan: "Что умеет этот бот?",
    noMessages: "Сообщений пока нет", log: "Сообщения",
    placeholder: "Сообщение", send: "Отправить", attach: "Прикрепить", commands: "Команды бота", keyboardShow: "Показать клавиатуру", keyboardHide: "Скрыть клавиатуру",
    replyKeyboard: "Кнопки ответа",
    messageMenu: "Действия с сообщением", reply: "Ответить", forward: "Переслать", edit: "Изменить", del: "Удалить", copy: "Копировать текст", copied: "Скопировано",
    react: "Реакция: {emoji}", edited: "изменено", forwarded: "Переслано от: {name}", via: "через @{name}", replyTo: "Ответ: {name}", editing: "Изменение", cancel: "Отмена",
    pinned: "Закреплённое сообщение", you: "Вы", today: "Сегодня", yesterday: "Вчера", toBottom: "Вниз",
    photo: "Фото", document: "Файл", voice: "Голосовое сообщение", video: "Видео", video_note: "Видеосообщение", location: "Геопозиция",
    contact: "Контакт", sticker: "Стикер", poll: "Опрос", animation: "GIF", audio: "Аудио", service: "Служебное сообщение",
    forwardText: "Переслать чужое сообщение", photos: "Фото (одно или несколько)", fakeVoice: "Голосовое (ненастоящее)",
    caption: "Подпись", duration: "Длительность, секунд", text: "Текст", fromName: "От кого", hidden: "Автор скрыт",
    lat: "Широта", lon: "Долгота", phone: "Телефон", name: "Имя", lastName: "Фамилия", own: "Мой номер", question: "Вопрос", options: "Варианты, каждый с новой строки",
    claimSize: "Выдать размер файла за, МБ (необязательно)", personId: "ID (число)", note: "Роль и организация",
    open: "Открыть", download: "Скачать", close: "Закрыть", ok: "Хорошо", enlarge: "Увеличить фото", spoiler: "Показать скрытый текст",
    block: "Заблокировать бота", unblock: "Разблокировать", restart: "Перезапустить", addBot: "Добавить бота в группу", removeBot: "Убрать бота из группы", upgrade: "Сделать супергруппой",
    chooseChat: "В какой чат?", fileMissing: "Файл не открылся", noAnswer: "Бот не ответил", failed: "Не получилось: {error}", unsupported: "Здесь не поддерживается", deleteSure: "Удалить сообщение?",
    typing: "печатает…", upload_photo: "отправляет фото…", upload_document: "отправляет файл…", record_voice: "записывает голос…", other_action: "готовит ответ…",
    botTime: "Время бота", hour: "+1 час", day: "+1 день", hourShort: "+1 ч", dayShort: "+1 д", next: "К следующему событию", nextAt: "Следующее событие: {when}", nextNone: "Событий впереди нет",
    limits: "Применять ограничения Telegram", settings: "Настройки",
  },
  en: {
    title: "Local Telegram",
    people: "People", chats: "Chats", iAm: "I am:", nobody: "Nobody chosen",
    choosePerson: "Choose somebody from the list to write as that person.",
    newPerson: "New person", language: "Language", theme: "Appearance", themeAuto: "As the system", themeLight: "Light", themeDark: "Dark",
    back: "Back", chatMenu: "Chat menu", unread: "{n} unread",
    bot: "bot", group: "group", notStarted: "not started yet", blocked: "bot is blocked", botAbsent: "bot is not in the group",
    offline: "Connection lost, reconnecting…", start: "START", whatCan: "What can this bot do?",
    noMessages: "No messages yet", log: "Messages",
    placeholder: "Message", send: "Send", attach: "Attach", commands: "Bot commands", keyboardShow: "Show the keyboard", keyboardHide: "Hide the keyboard",
    replyKeyboard: "Reply buttons",
    messageMenu: "Message actions", reply: "Reply", forward: "Forward", edit: "Edit", del: "Delete", copy: "Copy text", copied: "Copied",
    react: "React: {emoji}", edited: "edited", forwarded: "Forwarded from {name}", via: "via @{name}", replyTo: "Reply to {name}", editing: "Editing", cancel: "Cancel",
    pinned: "Pinned message", you: "You", today: "Today", yesterday: "Yesterday", toBottom: "To the bottom",
    photo: "Photo", document: "File", voice: "Voice message", video: "Video", video_note: "Video message", location: "Location",
    contact: "Contact", sticker: "Sticker", poll: "Poll", animation: "GIF", audio: "Audio", service: "Service message",
    forwardText: "Forward someone's message", photos: "Photo (one or several)", fakeVoice: "Voice message (fake)",
    caption: "Caption", duration: "Duration, seconds", text: "Text", fromName: "From whom", hidden: "Author is hidden",
    lat: "Latitude", lon: "Longitude", phone: "Phone", name: "First name", lastName: "Last name", own: "My own number", question: "Question", options: "Options, one a line",
    claimSize: "Claim this file size, MB (optional)", personId: "ID (a number)", note: "Role and organisation",
    open: "Open", download: "Download", close: "Close", ok: "OK", enlarge: "Enlarge the photo", spoiler: "Show the hidden text",
    block: "Block the bot", unblock: "Unblock", restart: "Restart", addBot: "Add the bot to the group", removeBot: "Remove the bot from the group", upgrade: "Turn into a supergroup",
    chooseChat: "To which chat?", fileMissing: "The file could not be opened", noAnswer: "The bot did not answer", failed: "Did not work: {error}", unsupported: "Not supported here", deleteSure: "Delete the message?",
    typing: "typing…", upload_photo: "sending a photo…", upload_document: "sending a file…", record_voice: "recording a voice message…", other_action: "preparing an answer…",
    botTime: "The bot's time", hour: "+1 hour", day: "+1 day", hourShort: "+1 h", dayShort: "+1 d", next: "To the next event", nextAt: "Next event: {when}", nextNone: "No events ahead",
    limits: "Enforce Telegram's limits", settings: "Settings",
  },
};

export const LANGUAGES = Object.keys(TEXTS);

// Storage may be forbidden (private mode): the page then merely forgets the choice.
export function remember(key, value) {
  try { localStorage.setItem(`local-telegram.${key}`, value); } catch { /* forgotten on reload */ }
}
export function recall(key) {
  try { return localStorage.getItem(`local-telegram.${key}`); } catch { return null; }
}

let language = LANGUAGES.includes(recall("language")) ? recall("language") : "kk";
let timezone = "UTC";
let formats = new Map();

export const getLanguage = () => language;

export function setLanguage(next) {
  language = next;
  formats = new Map();
  remember("language", next);
}

export function setTimezone(next) {
  if (next === timezone) return;
  timezone = next;
  formats = new Map();
}

export function t(key, values = {}) {
  const text = TEXTS[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// A kind or chat action the page has no words for falls back to a neutral one.
export const tOr = (key, fallback) => (TEXTS[language][key] === undefined ? t(fallback) : t(key));

// Texts given in several languages by the server ("note"): the page's own, else whatever there is.
export function localized(texts) {
  if (!texts) return "";
  if (typeof texts === "string") return texts;
  return texts[language] || texts.kk || texts.ru || texts.en || Object.values(texts)[0] || "";
}

// Browsers mostly know no Kazakh dates, so these are made by hand.
const KK = {
  months: ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"],
  shortMonths: ["қаң.", "ақп.", "нау.", "сәу.", "мам.", "мау.", "шіл.", "там.", "қыр.", "қаз.", "қар.", "жел."],
  weekdays: { Sun: ["жексенбі", "жс"], Mon: ["дүйсенбі", "дс"], Tue: ["сейсенбі", "сс"], Wed: ["сәрсенбі", "ср"], Thu: ["бейсенбі", "бс"], Fri: ["жұма", "жм"], Sat: ["сенбі", "сн"] },
};

function format(options) {
  const key = JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language === "ru" ? "ru" : "en-GB", { timeZone: timezone, ...options }));
  return formats.get(key);
}

function numericParts(value) {
  if (!formats.has("parts")) formats.set("parts", new Intl.DateTimeFormat("en-GB", { timeZone: timezone, weekday: "short", year: "numeric", month: "2-digit", day: "2-digit" }));
  return Object.fromEntries(formats.get("parts").formatToParts(new Date(value)).map(({ type, value: text }) => [type, text]));
}

function inKazakh(value, { year = false, weekday = false, short = false }) {
  const { year: y, month, day, weekday: name } = numericParts(value);
  const words = `${year ? `${y} ж. ` : ""}${Number(day)} ${(short ? KK.shortMonths : KK.months)[month - 1]}`;
  if (!weekday) return words;
  return short ? `${KK.weekdays[name][1]}, ${words}` : `${words}, ${KK.weekdays[name][0]}`;
}

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
export const formatTime = (value) => format(CLOCK).format(new Date(value));
export const formatSeconds = (value) => format({ ...CLOCK, second: "2-digit" }).format(new Date(value));
export const formatWeekdayDate = (value) => (language === "kk" ? inKazakh(value, { year: true, weekday: true }) : format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(new Date(value)));
export const formatShortDay = (value) => (language === "kk" ? inKazakh(value, { weekday: true, short: true }) : format({ weekday: "short", day: "numeric", month: "short" }).format(new Date(value)));
export const formatMoment = (value) => `${formatShortDay(value)}, ${formatTime(value)}`;

// "2026-11-24" in the bot's timezone, to tell days apart.
export function dayKey(value) {
  const { year, month, day } = numericParts(value);
  return `${year}-${month}-${day}`;
}

export function formatDay(value, now) {
  const key = dayKey(value);
  if (key === dayKey(now)) return t("today");
  if (key === dayKey(now - 86_400_000)) return t("yesterday");
  const year = key.slice(0, 4) !== dayKey(now).slice(0, 4);
  if (language === "kk") return inKazakh(value, { year });
  return format({ day: "numeric", month: "long", ...(year ? { year: "numeric" } : {}) }).format(new Date(value));
}

export function formatSize(bytes) {
  if (bytes == null) return "";
  const units = language === "en" ? ["B", "KB", "MB", "GB"] : ["Б", "КБ", "МБ", "ГБ"];
  let size = bytes, unit = 0;
  while (size >= 1024 && unit < units.length - 1) { size /= 1024; unit += 1; }
  return `${new Intl.NumberFormat(language === "en" ? "en" : "ru", { maximumFractionDigits: unit ? 1 : 0 }).format(size)} ${units[unit]}`;
}

export const formatDuration = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
