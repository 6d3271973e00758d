"""What the agendas of an invented region speak of, and what people ask for: for search to find.

A line of SUBJECTS names one subject by some of its forms in Kazakh and in Russian. Texts are made
of these forms, so which items speak of what is known when they are made. The forms that people ask
with are others: QUERIES says in what way each is hard, and which subjects it means.
"""

# The first ones come up all the time, those behind the empty line a few times in 50,000 items.
SUBJECTS = """
water | су суы сумен суды | вода воды водой водоснабжение
road | жол жолдар жолының жолды | дорога дороги дорог дорогам
school | мектеп мектебі мектептер мектептердің | школа школы школе школами
house | үй үйлер үйінің үйді | дом дома домов жилой
gas | газ газдандыру газбен газды | газ газа газификация газом
light | жарық жарығы жарықты жарықтандыру | освещение освещения освещением фонари
hospital | аурухана ауруханасы ауруханаға | больница больницы больницу больницей
subsidy | субсидия субсидиялар субсидиялау | субсидия субсидии субсидий субсидирование
election | сайлау сайлаудың сайлауға | выборы выборов выборам
youth | жастар жастардың жастарға | молодёжь молодёжи молодёжью
sport | спорт спорттық спортты | спорт спорта спортивный спортивные
budget | бюджет бюджеті бюджеттің | бюджет бюджета бюджетом
culture | мәдениет мәдениеті мәдени | культура культуры культурой
ecology | экология экологиялық экологияны | экология экологии экологию
harvest | егін егіні егіннің | урожай урожая урожаем
tax | салық салығы салықтың | налог налога налогов
teacher | мұғалім мұғалімдер мұғалімнің | учитель учителя учителей
party | партия партияның партиялық | партия партии партийный
transport | көлік көлігі көліктің | транспорт транспорта транспортом
family | отбасы отбасылар отбасының | семья семьи семей
sairam | Сайрам Сайрамда Сайрамның | Сайрам Сайрама Сайраме
tulkibas | Түлкібас Түлкібаста Түлкібастың | Тюлькубас Тюлькубаса Тюлькубасе
shardara | Шардара Шардарада Шардараның | Шардара Шардары Шардаре
sozak | Созақ Созақта Созақтың | Сузак Сузака Сузаке
ordabasy | Ордабасы Ордабасында Ордабасының | Ордабасы Ордабасынский Ордабасах
keles | Келес Келесте Келестің | Келес Келеса Келесе

hippodrome | ипподром ипподромы ипподромның | ипподром ипподрома ипподромом
airport | әуежай әуежайы әуежайға | аэропорт аэропорта аэропорту
nursery | балабақша балабақшасы балабақшаларды | детсад детсада детсады
library | кітапхана кітапханасы кітапханаға | библиотека библиотеки библиотеку
railway | теміржол теміржолы теміржолда | железнодорожный железнодорожная железнодорожных
waste | қоқыс қоқысты қоқысын | мусор мусора мусором
mosque | мешіт мешіті мешітке | мечеть мечети мечетью
greenhouse | жылыжай жылыжайлар жылыжайдың | теплица теплицы теплиц
bridge | көпір көпірі көпірдің | мост моста мостом
pharmacy | дәріхана дәріханасы дәріханаларда | аптека аптеки аптек
cotton | мақта мақтаны мақтаның | хлопок хлопка хлопком
camel | түйе түйелер түйенің | верблюд верблюда верблюдов
museum | мұражай мұражайы мұражайға | музей музея музеем
veteran | ардагер ардагерлер ардагердің | ветеран ветерана ветеранов
orphan | жетім жетімдер жетімнің | сирота сироты сирот
canal | арна арнасы арнаны | канал канала каналом
bee | ара аралар араның | пчела пчелы пчёл
plant | зауыт зауыты зауыттың | завод завода заводом
furniture | жиһаз жиһазды жиһазбен | мебель мебели мебелью
internet | интернет интернеті интернетпен | интернет интернета интернетом
autism | аутизм аутизмі аутизммен | аутизм аутизма аутизмом
fire | өрт өртке өрттің | пожар пожара пожаров
wolf | қасқыр қасқырлар қасқырдың | волк волка волков
tourism | туризм туризмді туризмнің | туризм туризма туризмом
cemetery | зират зираты зиратты | кладбище кладбища кладбищем
dormitory | жатақхана жатақханасы жатақханаға | общежитие общежития общежитию
sewage | кәріз кәрізді кәріздің | канализация канализации канализацией
oven | нан наны нанның | хлеб хлеба хлебом
mountain | тау таулар таудың | гора горы горам
meat | ет еті еттің | мясо мяса мясом
horse | ат аты атты | конь коня коней
police | ПБ ПБ ПБ | ОП ОП ОП
entrepreneur | ЖК ЖК ЖК | ИП ИП ИП
kulmaganbetov | Құлмағанбетов Құлмағанбетовтің | Кулмаганбетов Кулмаганбетова
esirkepov | Есіркепов Есіркеповтің Есіркеповке | Есиркепов Есиркепова Есиркепову
zhanabergenova | Жаңабергенова Жаңабергенованың | Жанабергенова Жанабергеновой
m39 | М-39 М39 М-39 | М-39 М-39 М39
figure8714 | 8714 8714 8714 | 8714 8714 8714
amanat | AMANAT AMANAT AMANAT | AMANAT AMANAT AMANAT
zhylga | Жылға Жылғада Жылғаның | Жылга Жылги Жылге
karabulak | Қарабұлақ Қарабұлақта Қарабұлақтың | Карабулак Карабулака Карабулаке
"""

# How it is hard → what is typed and the subjects it means.
QUERIES = """
as written | ипподром | hippodrome
as written | әуежай | airport
as written | библиотека | library
as written | Құлмағанбетов | kulmaganbetov
as written | мечеть | mosque
as written | жылыжай | greenhouse
endings kk | ипподромымыздағы | hippodrome
endings kk | кітапханалардың | library
endings kk | балабақшаларымыз | nursery
endings kk | көпірлерді | bridge
endings kk | зауыттарындағы | plant
endings kk | дәріханадан | pharmacy
endings kk | мешітіне | mosque
endings kk | ардагерлеріміздің | veteran
endings kk | мақтадан | cotton
endings kk | жатақханалар | dormitory
endings kk | Жылғадағы | zhylga
endings kk | Құлмағанбетовпен | kulmaganbetov
endings ru | ипподрому | hippodrome
endings ru | аэропортом | airport
endings ru | библиотеками | library
endings ru | теплицах | greenhouse
endings ru | кладбищ | cemetery
endings ru | общежитиями | dormitory
endings ru | хлопку | cotton
endings ru | верблюдами | camel
endings ru | пожарам | fire
endings ru | аптеками | pharmacy
endings ru | сиротам | orphan
endings ru | заводы | plant
endings ru | Кулмаганбетовым | kulmaganbetov
Russian letters | аурухана | hospital
Russian letters | кокыс | waste
Russian letters | жихаз | furniture
Russian letters | мадениети | culture
Russian letters | копири | bridge
Russian letters | тулкибаста жол | tulkibas road
Russian letters | мугалимдер | teacher
Russian letters | Карабулакта | karabulak
Russian letters | Есиркеповтын | esirkepov
Russian letters | тeмiржол | railway
another layout | bggjlhjv | hippodrome
another layout | f'hjgjhn | airport
another layout | ,b,kbjntrf | library
another layout | ntgkbws | greenhouse
another layout | 0j0sc | waste
another layout | 0оқыс | waste
another layout | ;tn3v | orphan
another layout | r-g3h | bridge
another layout | vti3n | mosque
another layout | CFQHFV VTRNTG | sairam school
Latin | muzei | museum
Latin | аманат | amanat
Latin | ippodrom | hippodrome
Latin | Sairam mektep | sairam school
short | су | water
short | үй | house
short | уй | house
short | ет | meat
short | ат | horse
short | нан | oven
short | өрт | fire
short | тау | mountain
short | ара | bee
short | жол | road
short | ЖК | entrepreneur
short | оп | police
short | дом | house
short | газ | gas
number | М39 | m39
number | м 39 | m39
number | 8714 | figure8714
slip | иподром | hippodrome
slip | ипподорм | hippodrome
slip | ипподрмға | hippodrome
slip | аэропрот | airport
slip | аеропорт | airport
slip | библеотека | library
slip | билиотеку | library
slip | кытапхана | library
slip | балабакшв | nursery
slip | канализацыя | sewage
slip | общижитие | dormitory
slip | общежытию | dormitory
slip | кладбещем | cemetery
slip | железнодорожнй | railway
slip | дарихнада | pharmacy
slip | жатакхнаға | dormitory
slip | Кулмаганбитов | kulmaganbetov
slip | Жаңабергнова | zhanabergenova
slip | Есеркепов | esirkepov
slip | мешіит | mosque
slip | ветиран | veteran
slip | типлицы | greenhouse
slip | зуыт | plant
several | Сайрам мектеп | sairam school
several | школы Сайрама | sairam school
several | Шардарада су | shardara water
several | дороги Тюлькубас | tulkibas road
several | Созақ газ | sozak gas
several | келес субсидия | keles subsidy
several | жастар спорт Ордабасы | youth sport ordabasy
several | налоги бюджет | tax budget
several | про воду в Шардаре | shardara water
endings kk | Жаңабергенованы | zhanabergenova
several | сайрамский школьный | sairam school
several | мектептердің жарығы | school light
"""
