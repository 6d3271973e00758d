"""The words by which questions about meetings are known, folded; each stands for its forms."""

from storage.rules.folding import fold
from storage.rules.terms import EMPTY_WORDS


class Words:
    """A kind of words: by their beginnings, and where those are too short, whole."""

    def __init__(self, beginnings: str, whole: str = "") -> None:
        self._beginnings = tuple(fold(beginnings).split())
        self._whole = frozenset(fold(whole).split())

    def have(self, word: str) -> bool:
        """Whether the folded ``word`` is of this kind."""
        return word in self._whole or word.startswith(self._beginnings)


KINDS = {
    "when": Words("қашан когда нешеде", "күні күнге неше числа числе число сколько дата дату"),
    "where": Words("қайда мекенжай", "жерде залда где куда адрес адресу зале"),
    "ahead": Words(
        "келесі алдағы жақындағы ертең бүгін болады өтеді қаралады қаралмақ қарайды "
        "следующ ближайш предстоящ будущ завтра сегодня пройдет состоится рассмотрят",
        "таяуда бола будет будут",
    ),
    "behind": Words(
        "соңғы өткен өтті алдыңғы болды последн прошл прошедш предыдущ вчера состоялось",
        "кеше кешегі",
    ),
    "agenda": Words("тәртіб повестк"),
    "considered": Words(
        "қарал қарастыр талқылан тыңдал айтылды айтты мазмұн түйін қорытынды қысқаша аяқтал нәтиже "
        "рассм обсуд обсуж слуша говорил сказал сказан "
        "итог кратк содержан резюме закончил результат",
        "деді говорят",
    ),
    "decided": Words(
        "шешім шешіл шешт қаулы қабылданды қабылдады ұсыныс ұсынды тапсырма тапсырды "
        "реши решен постанов принял принят предлож поруч"
    ),
    "speakers": Words("баяндамашы докладчик спикер"),
    "speaks": Words("баянда сөйле есеп доклад выступ отчит отчет"),
    "who": Words("кімдер", "кім кто"),
    "meeting": Words(
        "бюро отырыс жиын жиналыс мәжіліс сессия кеңес фракци "
        "заседан совещан собрани сесси политсовет"
    ),
}

# What a meeting is of, where the question says so: the word's beginning → the body.
BODIES = {
    "бюро": "bureau",
    "фракци": "faction",
    "политсовет": "political_council",
    "политическ": "political_council",
    "саяси": "political_council",
    "первич": "primary",
    "бастауыш": "primary",
    "бпу": "primary",
    "ппо": "primary",
}

# Words of a question that are no subject of it; whole words, unlike the beginnings above.
_IDLE = """
не нені ненің нелер қандай қай қайсы қалай неше канша кім кімдер кімнің біз біздің бізде сол осы
бұл керек екен еді бар жоқ айтшы айтыңыз көрсет көрсетіңіз білгім келеді уақыт уақыты сағат күн
жасады жасайды береді берді болса болып қалды жатыр мәселе мәселені мәселелер мәселесі сұрақ
партия филиал облыстық саяси кеңесінің кеңесі бюросының что чего чем чему какой какая какое какие
каких какую каком как кто кого был была было были быть есть у нас нам мне там этот эта эти том той
скажите покажите подскажите расскажите пожалуйста вопрос вопросы вопросу вопросам время дела делам
насчет сколько числа партии филиала областного политического совета совет кезекті очередное
очередного очередной очередном
дейін айтып беріңіз беріңізші айтыңызшы рет ретте апта аптада айда сәлем сәлеметсіз
дня день раз покажи напомни расскажи скажи подскажи напомните неделе неделю месяце здравствуйте до
"""
IDLE = EMPTY_WORDS | frozenset(fold(_IDLE).split())
