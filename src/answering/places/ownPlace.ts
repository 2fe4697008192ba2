/**
 * Of several places in one message, the one where the person lives: „ich arbeite in Münster und wohne in Ahlen“. By the words beside each;
 * refuses to choose where none of them says so and nothing speaks against the others.
 */
import type { Word } from './essen';

/** Where a place stands among the words. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

type Standing = 'home' | 'aside' | 'open';

/** Words before a place that are read, back to the place before it. */
const WINDOW = 8;
const LIVES = /^(?:wohne?|lebe?|wohnhaft|wohnort|gemeldet|zuhause|wohnsitz|hause)$/;
const LIVES_WITH_US = /^(?:wohnen|leben)$/;
const ONESELF = /^(?:ich|wir)$/;
const OTHERS =
  /^(?:mann|frau|ex\w*|freund\w*|partner\w*|tochter|sohn|mutter|mama|vater|papa|oma|opa|bruder|schwester|kind\w*|eltern|bekannte\w*|nachbar\w*|cousin\w*|onkel|tante|schwieger\w*|enkel\w*|neffe|nichte|kumpel|kolleg\w*|chef\w*|arbeitgeber\w*|firma|er|sie)$/;
const NOW = /^(?:jetzt|nun|inzwischen|mittlerweile|seitdem|aktuell|derzeit)$/;
/** What else one does somewhere, or did. */
const NOT_LIVING =
  /^(?:arbeite\w*|jobbe|schaffe|schaff|studier\w*|war|waren|wohnten?|lebten?|fruher|komme?|geboren|gewohnt|gelebt|ursprunglich|pendel\w*|fahre?|besuche?|krankenhaus|klinik|reha|kur|schule|ausbildung|job|arbeit|praktikum|gearbeitet|knast|haft|gefangnis|aufgewachsen)$/;
/** „… nach Hamm gezogen“ */
const MOVED = /^(?:um|her|zu|hin)?gezogen$/;
/** Words behind a place that belong to it. */
const BEHIND = 3;

export interface OwnPlaces<T> {
  /** In the order of the text: all of them where nothing tells them apart. */
  readonly own: readonly T[];
  /** The person said to live there, and named others beside. */
  readonly isHome: boolean;
}

export function ownPlaces<T extends Stretch>(words: readonly Word[], places: readonly T[]): OwnPlaces<T> {
  if (places.length < 2) return { own: places, isHome: false };
  const read = places.map((place, i) => ({ place, standing: standingOf(words, places, i) }));
  const homes = read.filter(({ standing }) => standing === 'home');
  const open = read.filter(({ standing }) => standing === 'open');
  const own = homes.length > 0 ? homes : open.length > 0 ? open : read;
  return { own: own.map(({ place }) => place), isHome: homes.length > 0 };
}

function standingOf(words: readonly Word[], places: readonly Stretch[], i: number): Standing {
  const { from, to } = places[i] ?? { from: 0, to: 0 };
  const previous = places[i - 1];
  const next = places[i + 1];
  const keys = (start: number, end: number): readonly string[] => words.slice(start, end).map(({ key }) => key);
  const start = previous === undefined ? 0 : previous.to + (isSaidBehind(words[previous.to]?.key ?? '') ? 1 : 0);
  const before = keys(Math.max(start, from - WINDOW), from);
  const behind = keys(to, Math.min(next?.from ?? words.length, to + BEHIND));
  // The word nearest to the place says whose and what it is.
  for (const key of [...before].reverse()) {
    if (NOW.test(key)) return 'home';
    if (LIVES.test(key) || (LIVES_WITH_US.test(key) && before.some((each) => ONESELF.test(each)))) return 'home';
    if (NOT_LIVING.test(key)) return isAboutPeople(before) || isAboutPeople(behind) ? 'aside' : 'open';
    if (OTHERS.test(key)) return 'aside';
    if (ONESELF.test(key)) break;
  }
  const [first = ''] = behind;
  if (/^(?:wohne?|lebe?|gemeldet)$/.test(first)) return 'home';
  if (behind.some((key) => MOVED.test(key)) && before.at(-1) === 'nach') return 'home';
  return behind.some((key) => NOT_LIVING.test(key)) && before.some((key) => ONESELF.test(key)) ? 'aside' : 'open';
}

/** „gemeldet“ behind a place is said of that one, not of the next. */
function isSaidBehind(key: string): boolean {
  return /^(?:gemeldet|geboren|gewohnt|gelebt|gearbeitet)$/.test(key);
}

/** „Was war in Essen und Hamm?“ is about neither. */
function isAboutPeople(keys: readonly string[]): boolean {
  return keys.some((key) => ONESELF.test(key) || OTHERS.test(key) || /^(?:arbeite|komme?|mein\w*)$/.test(key));
}
