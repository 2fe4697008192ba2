/**
 * Words by which a language written in Latin letters is told: `sure` belong to it alone, `shared` may belong to it. Folded like messages
 * (search/german/normalize.ts). Refuses loanwords of the Jobcenter (`LOANWORDS`): they say nothing about a language.
 */
import { normalize, tokenize } from '../search/german/normalize';
import { isFunctionWord } from '../search/german/functionWords';

interface Words {
  readonly sure: ReadonlySet<string>;
  readonly shared: ReadonlySet<string>;
}

/** „nasıl“ is typed „nasil“, „być“ „byc“: letters that no accent is taken from by normalisation. */
export function foldLetters(normalized: string): string {
  return normalized.replace(/[ıłđ]/g, (letter) => (letter === 'ı' ? 'i' : letter === 'ł' ? 'l' : 'd'));
}

function setOf(list: string): ReadonlySet<string> {
  return new Set(tokenize(foldLetters(normalize(list))));
}

function words(sure: string, shared = ''): Words {
  return { sure: setOf(sure), shared: setOf(shared) };
}

/** German and international words that people use in whatever language they speak. */
export const LOANWORDS = setOf(
  'jobcenter jobcenters bürgergeld burgergeld grundsicherung grundsicherungsgeld termin bescheid antrag widerspruch kindergeld wohngeld elterngeld ' +
    'minijob midijob krankenkasse anmeldung kaution sozialamt ausländerbehörde amt coaching feedback online offline internet email mail whatsapp app ' +
    'ok okay info stop start test euro ukraine syria',
);

export const WORDS: Readonly<Record<string, Words>> = {
  en: words(
    'the you your yours how what where when why which whose could would should shall please are were have has had having does did doesn don didn isn aren wasn hasn haven ' +
      'can cannot cant dont didnt doesnt wont whats got getting give given gets get pay pays paid paying money rent rents apply applied applying application applications ' +
      'appointment appointments letter letters decision with from this that these those they them their there here my mine his its our ours we she it if than because ' +
      'about into after before until without within between and every each any some much many very only again always never maybe need needs needed want wants wanted ' +
      'know knows found finding looking look work works working worked child children kid son daughter mother father parents husband wife brother sister family ' +
      'friend boyfriend girlfriend kill hit hits beats beat hurt hurts hungry food eat eating nothing something anything everything homeless sleep sleeping street ' +
      'electricity heating stolen lost lose losing missed forgot document documents papers paper insurance health school lunch class course lessons ' +
      'language english german speak speaks speaking understand translate translator interpreter apartment house landlord evicted eviction kicked threw moved moving move ' +
      'city town country permit residence asylum refugee refugees approved rejected denied granted pregnant pregnancy birth born married divorced divorce separated ' +
      'study studying university apprenticeship holiday holidays vacation travel abroad visit sick ill illness doctor disability disabled pension retirement retired ' +
      'age years old year months week weeks day days today tomorrow yesterday tonight long take takes taking receive received receiving sent bring called ' +
      'address open opening hours contact stopped reduced reduction sanction sanctions benefit benefits allowance income earn earned earning salary wages tax savings ' +
      'debt debts loan repay overpaid mistake wrong appeal objection complain complaint court lawyer explain mean means happen happens happened happening now ' +
      'furniture fridge washing machine broken bed bicycle driving licence employed employer employee unemployed unemployment fired quit resign ' +
      'fill filled filling hello thanks thank welcome bye goodbye morning evening excuse been being be going goes went come comes came coming gone make makes made ' +
      'tell told ask asked asking answer question questions stay staying lives living lived dying dead suicide suicidal afraid scared safe danger helps helped helping ' +
      'other another people someone somebody anyone who whom whether while during soon later early first enough less allowed might car cars bill bills deposit of ' +
      'expensive cheap anymore still self nobody everyone too wallet nowhere costs cost ' +
      'able accept accommodation accompany addiction additional advice advisor alimony alone amount apprentice arrange arrears arrive ' +
      'assets attend attorney backpack bag begin bigger broadcast bulgarian changed childcare company continue cooker covers daycare ' +
      'decided decline defect deliver dentist different dinner direct directly disagree driver drugs education employment empty excursion ' +
      'expecting extend extension fly forced forgotten forms further gave glasses heat housing inform insured italian jobless keep large ' +
      'late learn leave left little maintenance maternity mattress meal meals medical medication medicine medicines miss missing ' +
      'monday nearest necessary notify nursery oven overdue overpayment owe package pending pensioner poland polish postpone pram ' +
      'procedure process processing profession purse recognised recognized reduce refuse reject renew renewal repayment reply report ' +
      'required robbed romania romanian rude sanctioned saved search searching seeker separate separation side sign spain started ' +
      'starting starts stole stove studies submit supplies swimming teeth telephone times together translation traveling travelling tutor ' +
      'ukrainian ukrainians under unfair unfriendly utilities utility vehicle vocational voucher wait waiting wardrobe accepted arrived ' +
      'behind cancel card caseworker change changes citizen citizens clothes deducted eligible moves newborn parent parental payment ' +
      'payments reschedule responsible retraining stroller things tutoring else robot human',
    'i am is m s t ve ll re d do a an in on at to or so all for me he us was will not no new job jobs help off out cut power place live event events name person problem ' +
      'student training support form flat single baby kids may must go her his more ok as by up over him but own find send phone number call last die good sorry u ur im family ' +
      'hospital contact party month deadline office business trip account meeting sports license next yes later fee like home tour wage van national part football music alcohol freelance object low truck time back big bike book books broke club cover dad extra germany legal mom offer partner radio register ticket train tv upload turkey talk',
  ),
  tr: words(
    'bana benim nasıl nerede zaman kadar için yok mü işim işimi işsiz işsizlik başvuru başvurusu başvurmak başvurabilirim randevu randevum randevumu lütfen yardım yardıma ' +
      'istiyorum istiyor değil çocuk çocuğum çocuklar çocuklarım çocuklarıma almanya almanca türkçe merhaba selam gerekiyor gerekli lazım yapabilirim alabilir alabilirim miyim mıyım misiniz musunuz misin musun ' +
      'param paramı paraya evim evimi geldi gelmedi gelir nedir hangi ölmek yaşamak istemiyorum artık kocam karım eşim beni dövüyor yiyecek yemek kaldı kalmadı kalacak yerim belge belgeler belgeleri ' +
      'kaçırdım kaybettim mektup hastayım okul sigorta elektrik elektriği kesildi ihtiyacım ihtiyacımız kira kiram kiramı kirayı kirası açım açız hamileyim hamile ödüyor öder ödenir ödeme sürer sürüyor ' +
      'çalışabilir çalışmak çalışıyorum biliyor biliyorum bilmiyorum konuşabilir konuşmak teşekkürler teşekkür ederim hoşça evet hayır tamam peki niye neden kaç ayda şimdi sonra yarın bugün dilekçe ' +
      'buldum taşınmak taşınıyorum yeni anlamadım anlamıyorum öğrenmek parası oğlum kızım hastane boşandım boşanmak faturası fatura ısınma etkinlik etkinlikler şey bende bizim gidebilir gitmek tatile ' +
      'adresi alamadım aldım almak alırım arabam arabası arabayı aracım aramak atıldım avrupa ayrı ayrıldık ayrıldım ayrılmak açmak açık ' +
      'açılış bakımı bağımlılık başka başladım bebek bebeğim bekar beklemem beklerim bilet biri birini birlikte bitti borcum borçlarım ' +
      'borç bozuk bozuldu bulmak bulamıyorum buzdolabı büyük cevap ceza daireye değişti değiştirdim değiştirmek dişim dişçi doktora dolap ' +
      'doğalgaz doğdu doğrudan doğum düşük dışına eksik entegrasyon esnaf etmek evden evinden evrak evraklar evrakları eğitim eşya eşyası ' +
      'formu futbol gelecek gelemem geri getirmem gidebilirmiyim gidemedim gidemem girdim gitmedim göndermek hastalandım hastalık hatalı ' +
      'hesap hukuk hukuki hâlâ ilaç ilaçlar iletişim iltica ilticam internetten iptal izni işe işini işsizim işten kalorifer kalır karar ' +
      'kararı kayboldu kayıt kazanç kaçta kaçırdık kendi kesilir kesinti kiramızı kreş kurmak kırıldı maaş maaşı maaşımdan makinesi ' +
      'masrafı mektubu memlekete meslek miyiz müzik mıyız nerde nereden nereye numarası oldu otomobil oturum paketi paramız parasız ' +
      'parasızım raporu randevuya reddedildi sahibine sağlık serbest seyahat sigortam sigortalı süreci sınıf taşınma tekrar teslim ' +
      'unuttum uyum uyuşturucu uzatmak varlığı vermek yalnız yanlış yanımda yanıt yapmak yaptım yardımı yatacak yatak yatar yatmadı ' +
      'yemeği yüzme zammı zorunda çaldılar çalındı çalışamam çamaşır çeviri çıkardılar çıkarıldım çıkmak ödemek ödemem ödeneği ödeyemedim ' +
      'özel öğle öğrenciyim ücreti ücret ısıtma şehir şehre şirket yaşında yaşıyorum',
    'ben ne bir para ev is iş anne baba doktor mi mu ve var kim de da o su bu olarak en çok az gün olur alkol ama banka daire eve gaz kredi makine ocak saat spor tek yan ret araba defter ders devam haber hala izin dil eki yol yurt adres',
  ),
  pl: words(
    'jest mnie mój moja moje mąż żona pieniędzy pieniądze jeść jedzenie dzień dobry proszę dziękuję pomoc pomocy potrzebuję polsku mówisz mówi mieszkanie mieszkania czynsz ' +
      'praca pracy pracę pracować dziecko dzieci gdzie kiedy chcę mogę czy wniosek zasiłek jestem mieszkam płaci dlaczego cześć bije głodny głodna głodni umrzeć żyć chcę mogę ciąży szukam spać domu mieszkać rodzina choroba chora chory rodzinie wysokość zasiłku',
    'nie mam jak ile co na w z do to po i się sie lub',
  ),
  ro: words(
    'nevoie bani soțul mănânc mânca mâncare vorbiți vorbești românește română bună ziua sunt pentru chirie chiria copil copii copilul locuință muncă unde vreau ajutor mulțumesc ' +
      'lucrez cerere trebuie foame însărcinată bate caut lucru dorm dormi locui',
    'am nu un o de ce cum cat mă ma imi și si la in este salut pot',
  ),
  fr: words(
    'je suis mon mari mes pas avec vous parlez parles français francais bonjour bonsoir merci travail besoin argent manger enfants enfant loyer comment quand combien pourquoi rien frappe ' +
      'cherche veux peux dois demande logement appartement papiers lettre faim femme est oui enceinte',
    'ai j n d l le la les de des du un une et ou où ma me ne qui aide salut à a pour en nous',
  ),
  es: words(
    'hola tengo dinero marido pega comer trabajo ayuda necesito niños hijos español espanol habla hablas gracias alquiler quiero donde dónde cuando soy estoy puedo favor hambre cuanto cuánto mucho buenos días embarazada',
    'mi me no el la un una es para por como que en de y nada casa con a',
  ),
  it: words(
    'mio marito picchia soldi lavoro fame mangiare aiuto italiano parla parli grazie bisogno affitto figli sono buongiorno buonasera vorrei posso quanto niente dove incinta',
    'mi ho un una di per non la il che da a casa e',
  ),
  ku: words(
    'ez birçî kurdî mêrê dixe alîkarî alîkariya pere pereyê tune nîne heye çawa silav spas xwarin zarok dikim dixwazim nizanim kurmancî ducanî',
    'min li ji bo te me nan kar mal',
  ),
  fa: words('chetori khubi lotfan mamnun komak mikham nadaram farsi pul shoharam', 'salam man ba to az'),
  ru: words(
    'privet zdravstvuyte zdravstvuite zdrastvuite zdravstvujte poluchit poluchat dengi deneg nuzhna nuzhno nuzhny nuzhen pomosh pomoshch pomosch pomogite mne menya menja muzh byot bjot ' +
      'kogda skolko pozhaluysta pozhaluista pojaluista spasibo rabotu rabotat kvartira kvartiru kvartiry deti detey rebenok rebenka zayavlenie zajavlenie posobie russki govorite govorish ' +
      'nechego kushat poteryal poteryala beremenna bolen bolna khochu hochu mozhno podat propustil propustila perevodchik uchit nemetskiy nemeckij moi dokumenty perenesti pochemu',
    'kak gde chto ya ja na ne net po est za dlya i v u k s da kakie den dobry dobryi rabota termin arenda moj moy',
  ),
  uk: words(
    'pryvit dobryi dobryj dobroho dyakuyu diakuiu djakuju hroshi groshi hroshei hroshey potribna potribno potribni dopomoga dopomoha dopomohu meni yak jak shcho skilky skilki laska pratsia ' +
      'ukrainskoyu ukrainskoiu ukrayinskoyu chekaty nemaye nemaie nemae yisty cholovik vitayu podaty zayavu zaiavu rozmovlyayete dytyna',
    'de na ne ya ja i v u z a den robota budlaska bud chy ty orenda mozhna kvartyra dokumenty',
  ),
  ar: words(
    'marhaba marhaban ahlan alaikum aleikum alaykum aleykum shukran shukron bidi baddi biddi mafi flous fulus floos ayez uridu urid arabi 3arabi habibi kifak kifik zawji joz3an',
    'salam salamu ana fi ma kif wa al la',
  ),
};

/** German function words that another language has too. */
const NOT_ONLY_GERMAN = setOf(
  'in so war also was mag hat die will hi hey man an am bin um im net nie see du des es den der dem da mal ja das er wart also nun bei ab us',
);
const GERMAN = setOf(
  'mog koa nix ned nit isch iss wat dat ick habn hob zahlt zahlen zahlung geld kohle miete wohnung arbeit kind kinder brief amt frau mann monat jahr woche brauche brauch bekomme bekommen ' +
    'bekomm krieg kriege kriegt stellen gibt gehen geht machen mache komme kommt wohne suche finde beantragen umzug umziehen hilfe leistung leistungen regelsatz strom heizung schule ausbildung ' +
    'unterlagen krank kurs deutsch sprechen spreche sprache verstehen versteh verstehe kündigung vermieter chef sohn tochter eltern mutter vater bruder schwester auto haus urlaub rente jobcentern ' +
    'arbeite arbeiten gefunden verloren bezahlt schulden konto mein bitte danke',
);
const GERMAN_ENDING = /^\p{L}{2,}(?:ung|ungen|keit|heit|lich|liche|lichen|schaft|geld|schein|antrag|kosten)$/u;

/** Whether the folded word is German and nothing else. */
export function isSurelyGerman(word: string): boolean {
  return (isFunctionWord(word) && !NOT_ONLY_GERMAN.has(word)) || GERMAN.has(word) || GERMAN_ENDING.test(word);
}

/** Letters of one language only, where no other Latin one of these has them; a name has them too. */
const LETTERS: Readonly<Record<string, RegExp>> = {
  tr: /^\p{Ll}*[ğış]/u,
  pl: /^\p{Ll}*[ąęłńśćźż]/u,
  ro: /^\p{Ll}*[șță]/u,
};

/** Turkish says whole clauses in one word: „çalışabiliyorum“, „öğrenecekmiyim“. */
const TURKISH_ENDING = /.(?:[iu]yor(?:um|uz|sun|sunuz|lar)?|[ae]bilir(?:im|iz|sin|siniz)?|[ae]c[ae][gk]im)$/;

export function isSurely(language: string, word: string): boolean {
  return WORDS[language]?.sure.has(word) === true || isOfItsForm(language, word);
}

/** By its ending alone. */
export function isOfItsForm(language: string, word: string): boolean {
  return language === 'tr' && TURKISH_ENDING.test(word);
}

/** The folded words of the text that have a letter which only that language has. */
export function lettered(language: string, text: string): readonly string[] {
  const pattern = LETTERS[language];
  if (pattern === undefined) return [];
  return (text.match(/\p{L}+/gu) ?? [])
    .filter((word) => pattern.test(word))
    .map((word) => foldLetters(normalize(word)));
}

/** Words of Slavic languages in Cyrillic that the others write otherwise. */
export const CYRILLIC: Readonly<Record<'uk' | 'ru' | 'bg', ReadonlySet<string>>> = {
  uk: setOf(
    'як що де коли мені дуже гроші грошей чи та допоможіть потрібно потрібна який яка які мій моя моє дякую добрий добре так ні немає нема скільки чекати загубила загубив гаманець допомога допомогу ' +
      'говорите українською працювати роботу робота дитина дитини дітям дітей діти шкільні обіди оренда житло вагітна чоловік дружина отримати отримую щоб якщо але або це ще зараз ласка будь мене тебе ' +
      'хочу можна можу треба привіт вітаю подати заяву заява лист розумію німецька німецькою зустріч прийом лікарняний переїзд меблі гаразд дякуємо більше жити померти нема спати ' +
      'адресу але безпосередньо борг боргами борги брати будуть взяти вивчати вивчити виплата виплати виплачують витрати виховую ' +
      'вкрали власний власнику втратив втратила вчити гаманець години громадяни громадянин громадянка грошей гурток дають де дитина ' +
      'дитини дитиною дитину довго догляд додому домовитися донька допомога допомогу допоможе електрика електрику ельтернгельд ' +
      'жити житло житлова з забув забула загубив загубила займе заняття заощадження заощаджено заощаджень заперечення запис записатися ' +
      'заплатив заплатила заплатити заповненням заповнити заробити заробляти зарплати застава заставу застрахований зателефонувати заходи ' +
      'заява заяви заяву звернутися звертатися згоден згодна здати здатна здатний зламався зламалася зламана зменшили зможу змушують ' +
      'знайти знайшла знайшов знову зняли зошити зуби зубний картку квиток коли кранкенкаса куди курси лист листа людину майно ' +
      'мала маленька мати матрац маю медична медичне медичну менше мови можна можу мушу навчаюсь навчаюся найближчий написати ' +
      'напряму народився народила народилась народилася нема немовляти неповний неправильне низька нова нову одинока окремо окуляри ' +
      'опалення опаленням оплатять оренда оренди орендна орендодавцю оренду оскарження оскаржити отримав отримала отримати отримаю ' +
      'оформити папери переклад перекласти перенавчання плавання платити платять повернення повернути повертати повинен повинна ' +
      'погодитися подати подаю подзвонити подовжити подругою позика позику покинув поламалась помилка помилкове поскаржитися послуги ' +
      'почав почала починаю пошук пояснити працювати працюю прийдуть прийняти прийом прийшла прийшли прийшов приладдя притулку притулок ' +
      'приходять продовження продовжити пропустив пропущена разом ранець рахунку рахунок робота роботи роботу розлучаюся розлучена ' +
      'розлучений розлучення розлучитися садка садок садочок самотня син скарга скаргу скасувати скоротили справу станом стати ' +
      'страхування та треба фоп харчування хвора хворий хвороба хлопцем часу чекати чи шафа школи шукач шукаю що юридична як який',
  ),
  ru: setOf(
    'как что где когда мне очень деньги денег ли и или помогите нужно нужна нужны какой какая какие мой моё спасибо да нет так хорошо сколько ждать потерял потеряла кошелек пожалуйста работать работу ребенок ' +
      'ребенка детям детей дети аренда жилье беременна муж жена получить чтобы если это еще здесь сейчас меня хочу можно могу надо привет здравствуйте подать заявление пособие письмо понимаю немецкий встреча больше жить умереть только нужен спать ' +
      'больничный переезд мебель есть нечего нету только тоже русски займет времени куда почему',
  ),
  bg: setOf(
    'нямам съм аз пари храна добър искам какво къде кога моля помощ благодаря ще мъж мъжът ми български имам трябва здравейте здрасти работа жилище наем дете деца не мога бие да умра живея гладен гладна гладни няма търся удари заплашва',
  ),
};

/** Words of Persian and Kurdish in Arabic letters; both have letters of their own besides. */
export const PERSIAN = new Set(
  'است ندارم دارم برای را این چه لطفا میخواهم کمک پول خانه شوهرم غذا فارسی زبان مرا کار چطور کجا چقدر بچه گرسنه هستم نیست می خواهم بمیرم نمی توانم'.split(
    ' ',
  ),
);
