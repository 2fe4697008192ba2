/**
 * Commands and small talk: the exact phrases editors list, and the ranker's intents where it is sure. Pure tables; refuses to word anything.
 */
import type { Intent } from '../knowledge/model';
import { normalize } from '../search/german/normalize';
import type { CommandName, SmalltalkName } from './outcome';
import { LANGUAGES } from './language';

export type SmallFind =
  | { readonly kind: 'command'; readonly name: CommandName; readonly argument?: string }
  | { readonly kind: 'smalltalk'; readonly name: SmalltalkName }
  | { readonly kind: 'noneOfThese' };

const FINDS: Readonly<Record<string, SmallFind>> = {
  'plaudern-gruss': { kind: 'smalltalk', name: 'greeting' },
  'plaudern-dank': { kind: 'smalltalk', name: 'thanks' },
  'plaudern-abschied': { kind: 'smalltalk', name: 'goodbye' },
  'plaudern-mensch': { kind: 'smalltalk', name: 'areYouHuman' },
  'plaudern-befinden': { kind: 'smalltalk', name: 'howAreYou' },
  'plaudern-beschimpfung': { kind: 'smalltalk', name: 'rudeness' },
  'kommando-hilfe': { kind: 'command', name: 'help' },
  'kommando-mensch': { kind: 'command', name: 'human' },
  'kommando-einfach': { kind: 'command', name: 'simple' },
  'kommando-alltag': { kind: 'command', name: 'everyday' },
  'kommando-sprache': { kind: 'command', name: 'language' },
  'kommando-loeschen': { kind: 'command', name: 'deleteData' },
  'kommando-barrierefreiheit': { kind: 'command', name: 'accessibility' },
  'kommando-datenschutz': { kind: 'command', name: 'privacy' },
  'kommando-neustart': { kind: 'command', name: 'restart' },
  'kommando-zurueck': { kind: 'command', name: 'back' },
  'kommando-abbrechen': { kind: 'command', name: 'cancel' },
  'kommando-menue': { kind: 'command', name: 'menu' },
  'kommando-mehr': { kind: 'command', name: 'more' },
  'kommando-drucken': { kind: 'command', name: 'print' },
  'kommando-rueckmeldung': { kind: 'command', name: 'feedback' },
  'keins-davon': { kind: 'noneOfThese' },
  ja: { kind: 'smalltalk', name: 'yes' },
  nein: { kind: 'smalltalk', name: 'no' },
};

/** Words a person types to get a command, whatever the examples say. */
const FIXED: readonly (readonly [string, string])[] = [
  ['hilfe', 'kommando-hilfe'],
  ['help', 'kommando-hilfe'],
  ['menü', 'kommando-menue'],
  ['menu', 'kommando-menue'],
  ['start', 'kommando-neustart'],
  ['/start', 'kommando-neustart'],
  ['/hilfe', 'kommando-hilfe'],
  ['zurück', 'kommando-zurueck'],
  ['abbrechen', 'kommando-abbrechen'],
  ['stopp', 'kommando-abbrechen'],
  ['von vorn', 'kommando-neustart'],
  ['neu starten', 'kommando-neustart'],
  ...phrasesOf(
    'kommando-mensch',
    'mensch|mensch her|einen menschen|gib mir einen menschen|ich will einen menschen|mitarbeiter',
  ),
  ['einfache sprache', 'kommando-einfach'],
  ['leichte sprache', 'kommando-einfach'],
  ['alltagssprache', 'kommando-alltag'],
  ['sprache wechseln', 'kommando-sprache'],
  ['meine daten löschen', 'kommando-loeschen'],
  ['daten löschen', 'kommando-loeschen'],
  ['barrierefreiheit', 'kommando-barrierefreiheit'],
  ['datenschutz', 'kommando-datenschutz'],
  ['drucken', 'kommando-drucken'],
  ...phrasesOf(
    'kommando-rueckmeldung',
    'feedback|rückmeldung|feedback geben|rückmeldung geben|ich möchte feedback geben|ich will feedback geben|ich möchte eine rückmeldung geben|antwort bewerten|bewertung abgeben|lob und kritik',
  ),
  ['mehr', 'kommando-mehr'],
  ['mehr dazu', 'kommando-mehr'],
  ['keins davon', 'keins-davon'],
  ['ich habe eine frage', 'plaudern-gruss'],
  // In the other languages of the bot.
  ...phrasesOf(
    'plaudern-gruss',
    'hi|hello|good morning|good evening|good day|hi there|hello there|i have a question|i need help|hi i need help|hello i need help|can you help me|please help me|' +
      'привет|здравствуйте|добрый день|добрый вечер|доброе утро|у меня вопрос|мне нужна помощь|помогите мне|privet|zdravstvuyte|zdravstvuite|dobryi den|mne nuzhna pomosh|mne nuzhna pomoshch|' +
      'привіт|добрий день|доброго дня|добрий вечір|доброго ранку|вітаю|у мене питання|у мене є питання|мені потрібна допомога|допоможіть мені|pryvit|dobryi den|dobryj den|dobroho dnya|meni potribna dopomoha|' +
      'selam|merhaba|iyi günler|günaydın|iyi akşamlar|bir sorum var|yardıma ihtiyacım var|yardım lazım|bana yardım eder misiniz|' +
      'مرحبا|السلام عليكم|أهلا|أهلا وسهلا|صباح الخير|مساء الخير|عندي سؤال|لدي سؤال|أحتاج إلى مساعدة|احتاج مساعدة|marhaba|salam|salam alaikum|salamu alaikum',
  ),
  ...phrasesOf(
    'plaudern-dank',
    'thanks|thank you|thank you very much|thanks a lot|thank you so much|thx|спасибо|спасибо большое|большое спасибо|благодарю|spasibo|дякую|щиро дякую|дуже дякую|велике дякую|dyakuyu|' +
      'teşekkürler|teşekkür ederim|çok teşekkürler|çok teşekkür ederim|sağ ol|sağolun|sağ olun|شكرا|شكرا جزيلا|شكرا لك|shukran',
  ),
  ...phrasesOf(
    'ja',
    'yes|yes please|ok|okay|evet|tamam|evet lütfen|так|добре|гаразд|так будь ласка|да|хорошо|да пожалуйста|نعم|تمام|نعم من فضلك',
  ),
  ...phrasesOf('nein', 'no|nope|no thanks|no thank you|hayır|hayır teşekkürler|ні|ні дякую|нет|нет спасибо|لا|لا شكرا'),
  ...phrasesOf(
    'plaudern-abschied',
    'bye|goodbye|bye bye|see you|пока|до свидания|до побачення|бувай|hoşça kal|görüşürüz|güle güle|مع السلامة|إلى اللقاء',
  ),
  ...phrasesOf('kommando-hilfe', 'допомога|помощь|yardım|مساعدة|help please|помощь пожалуйста'),
  ...phrasesOf(
    'kommando-mehr',
    'more|more please|tell me more|more information|ще|більше|докладніше|розкажи більше|еще|больше|подробнее|расскажи подробнее|daha fazla|daha fazla bilgi|devamı|المزيد|أكثر|المزيد من المعلومات',
  ),
  ...phrasesOf('kommando-menue', 'main menu|topics|меню|теми|темы|menü|konular|القائمة|المواضيع'),
  ...phrasesOf('kommando-zurueck', 'back|go back|назад|geri|رجوع'),
  ...phrasesOf('kommando-abbrechen', 'cancel|stop|скасувати|отмена|отменить|iptal|vazgeç|إلغاء'),
  ...phrasesOf('kommando-neustart', 'start over|restart|почати спочатку|начать сначала|baştan başla|من البداية'),
  ...phrasesOf(
    'kommando-mensch',
    'human|a human|talk to a human|i want to talk to a human|speak to someone|i want to speak to someone|real person|людина|поговорити з людиною|хочу поговорити з людиною|жива людина|' +
      'человек|поговорить с человеком|хочу поговорить с человеком|живой человек|insan|bir insanla konuşmak istiyorum|insanla konuşmak istiyorum|إنسان|أريد التحدث مع شخص|أريد التحدث مع إنسان|موظف',
  ),
  ...phrasesOf(
    'kommando-sprache',
    'language|change language|other language|мова|змінити мову|інша мова|язык|сменить язык|другой язык|dil|dil değiştir|başka dil|اللغة|تغيير اللغة|لغة أخرى',
  ),
  ...phrasesOf('keins-davon', 'none of these|none|нічого з цього|ничего из этого|hiçbiri|لا شيء من هذا'),
  ...phrasesOf(
    'plaudern-mensch',
    'wie heißen sie|wie ist dein name|wie ist ihr name|was ist dein name|dein name|wer sind sie|who are you|are you a robot|are you human|are you a human|are you a bot|are you real|is this a bot|' +
      'хто ти|хто ви|ти бот|ви бот|ти людина|ви людина|ти робот|кто ты|кто вы|ты бот|вы бот|ты человек|вы человек|ты робот|sen kimsin|siz kimsiniz|robot musun|insan mısın|bot musun|من أنت|هل أنت إنسان|هل أنت روبوت|هل أنت بوت',
  ),
  ...phrasesOf(
    'plaudern-mensch',
    'bist du ein mensch|sind sie ein mensch|bist du eine maschine|bist du echt|bist du eine ki|sind sie eine ki|wer hat dich gebaut|wer hat dich programmiert|wer hat dich gemacht|wer hat sie programmiert|schreibe ich mit einem menschen|schreib ich mit einem menschen|rede ich mit einem menschen',
  ),
  ['ich hätte eine frage', 'plaudern-gruss'],
  ['ich hätte da mal eine frage', 'plaudern-gruss'],
  ['ich habe mal eine frage', 'plaudern-gruss'],
  ['ich habe ein problem', 'plaudern-gruss'],
];

function phrasesOf(intent: string, listed: string): readonly (readonly [string, string])[] {
  return listed.split('|').map((phrase) => [phrase, intent] as const);
}

const LANGUAGE_NAMES: readonly (readonly [RegExp, (typeof LANGUAGES)[number]])[] = [
  [/\b(?:englisch|english|ingilizce)\b|англ[иі]йськ|английск|الإنجليزية|الانجليزية/i, 'en'],
  [/ukrain|україн|украинск|ukrayna/i, 'uk'],
  [/russ|русск|російськ|rusça|rusca/i, 'ru'],
  [/türk|tuerk|turk|турец|турецьк|التركية/i, 'tr'],
  [/arab|العربية|عربي|арабськ|арабск/i, 'ar'],
  [/\b(?:deutsch|german|almanca)\b|немецк|німецьк|الألمانية|الالمانية/i, 'de'],
];

/** Asked for the name or the makers: „Nein, …“ answers only „Bist du ein Mensch?“. */
const WHO =
  /\b(?:heiss(?:t|en)|namen?|wer (?:bist|sind|hat|betreibt|steckt)|was bist|chat ?gpt|sprachmodell|stell dich|erzahl|woher|programmiert)\b/;

/** „Guten Tag, ich hätte da mal eine Frage“, „sag mal, bist du ein Mensch“: the greeting before a phrase changes nothing. */
const GREETING =
  /^(?:sag(?:en sie)? mal(?: ehrlich)?|mal ehrlich|ehrlich|eine frage|hallo|hi|hey|moin|servus|guten (?:tag|morgen|abend)|gruss gott) (?=.)/;

/** „Nein danke, das reicht mir“ is no more than thanks. */
const ENOUGH =
  /^(?:(?:nein|nee|ne|ok|okay|gut|super|ja|vielen|erstmal) )*(?:dank|danke|dankeschon)(?: (?:ihnen|dir|schon|sehr))* (?:das|es|mehr)? ?(?:reicht|wars|war s|war alles|war es|genugt|brauche ich nicht)(?: (?:mir|so|schon|erstmal|jetzt|dann|auch|fur heute|alles))*$/;

export interface SmallSteps {
  /** A message that is a command or small talk word for word. */
  exact(message: string): SmallFind | undefined;
  /** The same by intent name, as the ranker names it. */
  byIntent(intent: string, message: string): SmallFind | undefined;
}

export function createSmallSteps(intents: readonly Intent[]): SmallSteps {
  const phrases = new Map<string, string>();
  for (const { name, examples } of intents)
    if (Object.hasOwn(FINDS, name)) for (const example of examples) phrases.set(normalize(example), name);
  for (const [phrase, name] of FIXED) phrases.set(normalize(phrase), name);

  const byIntent = (intent: string, message: string): SmallFind | undefined => {
    const find = Object.hasOwn(FINDS, intent) ? FINDS[intent] : undefined;
    if (find?.kind === 'command' && find.name === 'language') {
      const language = LANGUAGE_NAMES.find(([pattern]) => pattern.test(message))?.[1];
      return language === undefined ? find : { ...find, argument: language };
    }
    if (find?.kind === 'smalltalk' && find.name === 'areYouHuman' && WHO.test(normalize(message)))
      return { kind: 'smalltalk', name: 'whoAreYou' };
    return find;
  };
  return {
    byIntent,
    exact(message) {
      const said = normalize(message);
      const intent =
        phrases.get(said) ??
        phrases.get(said.replace(GREETING, '')) ??
        (ENOUGH.test(said) ? 'plaudern-dank' : undefined);
      return intent === undefined ? undefined : byIntent(intent, message);
    },
  };
}
