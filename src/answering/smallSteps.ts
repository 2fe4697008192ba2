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
  ['mensch', 'kommando-mensch'],
  ['einfache sprache', 'kommando-einfach'],
  ['leichte sprache', 'kommando-einfach'],
  ['alltagssprache', 'kommando-alltag'],
  ['sprache wechseln', 'kommando-sprache'],
  ['meine daten löschen', 'kommando-loeschen'],
  ['daten löschen', 'kommando-loeschen'],
  ['barrierefreiheit', 'kommando-barrierefreiheit'],
  ['datenschutz', 'kommando-datenschutz'],
  ['drucken', 'kommando-drucken'],
  ['mehr', 'kommando-mehr'],
  ['mehr dazu', 'kommando-mehr'],
  ['keins davon', 'keins-davon'],
  ['ich habe eine frage', 'plaudern-gruss'],
  // In the other languages of the bot.
  ...phrasesOf(
    'plaudern-gruss',
    'hi|hello|good morning|good evening|привет|здравствуйте|добрый день|привіт|добрий день|доброго дня|вітаю|selam|merhaba|iyi günler|مرحبا|السلام عليكم|أهلا',
  ),
  ...phrasesOf(
    'plaudern-dank',
    'thanks|thank you|thank you very much|спасибо|спасибо большое|дякую|щиро дякую|teşekkürler|teşekkür ederim|sağ ol|شكرا|شكرا جزيلا',
  ),
  ...phrasesOf('plaudern-abschied', 'bye|goodbye|пока|до свидания|до побачення|бувай|hoşça kal|görüşürüz|مع السلامة'),
  ['ich hätte eine frage', 'plaudern-gruss'],
  ['ich hätte da mal eine frage', 'plaudern-gruss'],
  ['ich habe mal eine frage', 'plaudern-gruss'],
  ['ich habe ein problem', 'plaudern-gruss'],
];

function phrasesOf(intent: string, listed: string): readonly (readonly [string, string])[] {
  return listed.split('|').map((phrase) => [phrase, intent] as const);
}

const LANGUAGE_NAMES: readonly (readonly [RegExp, (typeof LANGUAGES)[number]])[] = [
  [/\b(?:englisch|english)\b/i, 'en'],
  [/ukrain|україн/i, 'uk'],
  [/russ|русск/i, 'ru'],
  [/türk|tuerk|turk/i, 'tr'],
  [/arab|العربية|عربي/i, 'ar'],
  [/\b(?:deutsch|german)\b/i, 'de'],
];

/** „Guten Tag, ich hätte da mal eine Frage“: the greeting before a phrase changes nothing. */
const GREETING = /^(?:hallo|hi|hey|moin|servus|guten (?:tag|morgen|abend)|gruss gott) (?=.)/;

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
    return find;
  };
  return {
    byIntent,
    exact(message) {
      const said = normalize(message);
      const intent = phrases.get(said) ?? phrases.get(said.replace(GREETING, ''));
      return intent === undefined ? undefined : byIntent(intent, message);
    },
  };
}
