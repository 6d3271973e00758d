"""Fictional requests of voters of Saryagash, as they were told in Kazakh."""

from storage.demo.told import ToldRequest, ToldStep
from storage.rules.categories import Category
from storage.rules.request_states import RequestState

DEPUTY = 1003
SECRETARY = 1002

FORMER = 1014  # whose mandate has ended: the secretary gives on what is left

SARYAGASH_REQUESTS = (
    ToldRequest(
        FORMER,
        11,
        Category.ROADS,
        "Теректісай ауылы",
        "Ауылға кіреберістегі көпірдің қоршауы құлап жатыр. [демо]",
        (ToldStep(10, RequestState.IN_PROGRESS, "Көпірді аралап көрдім."),),
    ),
    ToldRequest(
        DEPUTY,
        1,
        Category.LIGHTING,
        "Ақжазық ауылы, Мектеп көшесі",
        "Мектепке апаратын көшеде үш шам жанбайды, балалар кешке қараңғыда қайтады. [демо]",
        phone="+77000000001",
        contact="Айдынова Сара",
    ),
    ToldRequest(
        DEPUTY,
        3,
        Category.SAFETY,
        "Теректісай ауылы",
        "Ауыл орталығында бұралқы иттер көбейді, балаларға қауіпті. [демо]",
    ),
    ToldRequest(
        DEPUTY,
        8,
        Category.WATER,
        "Ақжазық ауылы, Тоғай көшесі",
        "Ауызсу таңертең ғана келеді, түстен кейін құбырда қысым жоқ. [демо]",
        (
            ToldStep(7, RequestState.IN_PROGRESS, "Су құбыры мекемесінің шеберімен бірге барамыз."),
            ToldStep(4, None, "Құбырдың бір бөлігі ескірген, суретке түсірілді."),
        ),
        phone="+77000000002",
        contact="Самалов Ілияс",
    ),
    ToldRequest(
        DEPUTY,
        36,
        Category.ROADS,
        "Қызылдала ауылы, Арна көшесі",
        "Көшенің бойында терең шұңқырлар бар, жаңбырдан кейін жедел жәрдем өте алмайды. [демо]",
        (ToldStep(35, RequestState.IN_PROGRESS, "Көшені аралап көрдім, шұңқырлар өлшенді."),),
    ),
    ToldRequest(
        DEPUTY,
        12,
        Category.TRANSPORT,
        "Теректісай ауылы",
        "Аудан орталығына қатынайтын автобустың кешкі рейсі тоқтады, жұмыстан қайту қиын. [демо]",
        (
            ToldStep(11, RequestState.IN_PROGRESS),
            ToldStep(9, RequestState.SENT_TO_BODY, None, "жолаушылар көлігі бөлімі", "ЖК-118"),
        ),
    ),
    ToldRequest(
        DEPUTY,
        40,
        Category.EDUCATION,
        "Қызылдала ауылы",
        "Мектептің спортзалында шатырдан су ағады, сабақ дәлізде өтеді. [демо]",
        (
            ToldStep(38, RequestState.SENT_TO_BODY, None, "білім бөлімі", "03-12/145"),
            ToldStep(20, None, "Бөлім ақаулар актісі жасалып жатқанын хабарлады."),
        ),
        phone="+77000000003",
        contact="Гүлзарова Ақбота",
    ),
    ToldRequest(
        DEPUTY,
        15,
        Category.WASTE,
        "Сарыағаш қаласы, Бау көшесі",
        "Қоқыс екі аптадан бері шығарылмай жатыр, жәшіктер толып кетті. [демо]",
        (
            ToldStep(
                14,
                RequestState.SENT_TO_BODY,
                None,
                "коммуналдық шаруашылық бөлімі",
                "ТҮ-77",
            ),
            ToldStep(
                5, RequestState.ANSWERED, "Бөлімнің жауабы келді: қоқыс шығару кестесі жаңарады."
            ),
        ),
    ),
    ToldRequest(
        DEPUTY,
        27,
        Category.HEALTH,
        "Ақжазық ауылы",
        "Ауыл амбулаториясында балалар дәрігері жоқ, қабылдауға аудан орталығына барамыз. [демо]",
        (
            ToldStep(26, RequestState.SENT_TO_BODY, None, "денсаулық сақтау басқармасы", "05-301"),
            ToldStep(15, RequestState.ANSWERED, "Аурухана дәрігер іздеп жатыр."),
            ToldStep(
                13, RequestState.PARTLY, "Дәрігер аптасына екі күн келеді, тұрақты маман ізделуде."
            ),
        ),
        phone="+77000000004",
        contact="Толқынов Берік",
    ),
    ToldRequest(
        DEPUTY,
        33,
        Category.SPORT_CULTURE,
        "Теректісай ауылы",
        "Ойын алаңындағы әткеншек сынған, балаларға қауіпті. [демо]",
        (
            ToldStep(32, RequestState.IN_PROGRESS, "Ауыл әкімінің аппаратымен сөйлесілді."),
            ToldStep(24, RequestState.RESOLVED, "Әткеншек жөнделді, алаң қоршалды."),
        ),
    ),
    ToldRequest(
        DEPUTY,
        22,
        Category.SOCIAL,
        "Қызылдала ауылы",
        "Көпбалалы отбасы жәрдемақыға қандай құжат керегін білгісі келеді. [демо]",
        (
            ToldStep(21, RequestState.IN_PROGRESS),
            ToldStep(
                20,
                RequestState.EXPLAINED,
                "Құжаттар тізімі берілді, өтініш беру тәртібі түсіндірілді.",
            ),
        ),
    ),
    ToldRequest(
        DEPUTY,
        60,
        Category.ENERGY,
        "Ақжазық ауылы, Жаңа көшесі",
        "Кешке жарық жиі сөнеді, трансформатордың қуаты жетпейді. [демо]",
        (
            ToldStep(58, RequestState.SENT_TO_BODY, None, "энергетика басқармасы", "Э-212"),
            ToldStep(48, RequestState.ANSWERED, "Трансформатор ауыстырылатыны туралы жауап келді."),
            ToldStep(45, RequestState.RESOLVED, "Қуаты жоғары трансформатор орнатылды."),
            ToldStep(43, RequestState.CLOSED, "Тұрғындар нәтижеге риза."),
        ),
        phone="+77000000005",
        contact="Шуақбаев Нұрдәулет",
        mark=5,
    ),
    ToldRequest(
        DEPUTY,
        29,
        Category.LAND,
        "Сарыағаш қаласы",
        "Саябақ аумағынан дүкен салуға жер телімін сұраймын. [демо]",
        (
            ToldStep(28, RequestState.SENT_TO_BODY, None, "жер қатынастары бөлімі", "ЖҚ-54"),
            ToldStep(17, RequestState.ANSWERED, "Бөлімнің жауабы келді."),
            ToldStep(
                16, RequestState.REFUSED, "Саябақ жері – ортақ пайдаланудағы жер, телім берілмейді."
            ),
        ),
    ),
    ToldRequest(
        SECRETARY,
        18,
        Category.EMPLOYMENT,
        "Сарыағаш қаласы",
        "Маусымдық жұмыстың соңғы айына жалақы төленбеді. [демо]",
        (
            ToldStep(
                17,
                RequestState.REDIRECTED,
                "Еңбек жөніндегі уәкілетті органға қайта жолданды, өтініш берушіге хабарланды.",
            ),
        ),
    ),
)
