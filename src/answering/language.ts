/**
 * Recognises the language of a message where that is certain: by script and its letters, else by words (languageWords.ts). Everything
 * else is German, learners' German included; in a conversation in another language, what could be either stays in that one. Refuses to
 * guess from one word that German has too.
 */
import { normalize, tokenize } from '../search/german/normalize';
import {
  CYRILLIC,
  foldLetters,
  isOfItsForm,
  isSurely,
  isSurelyGerman,
  lettered,
  LOANWORDS,
  PERSIAN,
  WORDS,
} from './languageWords';

/** Languages the bot answers in. */
export const LANGUAGES = ['de', 'en', 'uk', 'ru', 'tr', 'ar'] as const;
/** Recognised, to say in them what the bot can. */
const OTHER_LANGUAGES = ['pl', 'ro', 'bg', 'fa', 'fr', 'es', 'it', 'ku'] as const;

const OTHERS: ReadonlySet<string> = new Set(OTHER_LANGUAGES);
/** More words without a German one among them are no German. */
const WORDS_OF_GERMAN = 4;
/** So many words are short enough for one word to tell. */
const FEW_WORDS = 3;
const MIXED_SHARE = 0.5;
const ALMOST_ALL = 0.75;
/** „I am a student“: each word could be German, these two together not. */
const PAIRS: Readonly<Record<string, RegExp>> = {
  en: /(?:^| )(?:i am|i m|i have|i was|i will|i do|i live|i refused|i took|i feel|is my|my job|help me|for me|can i|may i)(?= |$)/,
  tr: /(?:^| )(?:var mi|yok mu|ne kadar|ne zaman|ne oldu|ne olur)(?= |$)/,
};

export function isOtherLanguage(language: string): boolean {
  return OTHERS.has(language);
}

/** `spoken`: what the conversation is held in. */
export function detectLanguage(text: string, spoken = 'de'): string {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return 'de';
  if (share(text, /\p{Script=Arabic}/gu, letters) > 0.2) return inArabicLetters(text, spoken);
  if (share(text, /\p{Script=Cyrillic}/gu, letters) > 0.2) return inCyrillic(text, spoken);
  return inLatinLetters(text, spoken);
}

function share(text: string, pattern: RegExp, letters: number): number {
  return (text.match(pattern)?.length ?? 0) / letters;
}

function inArabicLetters(text: string, spoken: string): string {
  if (/[ەێۆڕڵ]/.test(text)) return 'ku';
  if (/[پچژگ]/.test(text)) return 'fa';
  if (spoken === 'ar') return 'ar';
  // On a Persian keyboard these two letters have codes of their own.
  if (/[یک]/.test(text) && !/[ةيكأإى]/.test(text)) return 'fa';
  const words = text.match(/\p{L}+/gu) ?? [];
  return words.some((word) => PERSIAN.has(word.replace(/ك/g, 'ک').replace(/ي/g, 'ی'))) ? 'fa' : 'ar';
}

function inCyrillic(text: string, spoken: string): string {
  if (/[іїєґ]/i.test(text)) return 'uk';
  // Russian has this letter before vowels only.
  if (/ъ(?![еёюяи])/i.test(text)) return 'bg';
  if (/[ыэё]/i.test(text)) return 'ru';
  const words = tokenize(foldLetters(normalize(text)));
  const said = (language: 'uk' | 'ru' | 'bg'): number => words.filter((word) => saysOnly(language, word)).length;
  const [uk, ru, bg] = [said('uk'), said('ru'), said('bg')];
  if (bg > uk && bg > ru) return 'bg';
  // „так“, „школа“: what the one who is spoken with could have written is in their language.
  if (spoken === 'uk') return ru > uk ? 'ru' : 'uk';
  if (spoken === 'ru') return uk > ru ? 'uk' : 'ru';
  return uk > ru ? 'uk' : 'ru';
}

/** Words that two of them have tell nothing. */
function saysOnly(language: keyof typeof CYRILLIC, word: string): boolean {
  if (!CYRILLIC[language].has(word)) return false;
  return !(['uk', 'ru', 'bg'] as const).some((other) => other !== language && CYRILLIC[other].has(word));
}

/** Whether a word of it is English and no loanword. */
export function hasEnglish(text: string): boolean {
  return tokenize(foldLetters(normalize(text))).some((word) => isSurely('en', word) || word === 'help');
}

interface Told {
  readonly language: string;
  readonly sure: number;
  readonly known: number;
  /** A word of its ending or letters. */
  readonly byForm: boolean;
}

function inLatinLetters(text: string, spoken: string): string {
  // „I want to die“ is not the German article.
  const folded = foldLetters(normalize(text)).replace(/\b(to|wanna) die\b/g, '$1');
  const words = tokenize(folded).filter((word) => !LOANWORDS.has(word) && !/^\d+$/.test(word));
  if (words.length === 0) return 'de';
  const german = words.filter(isSurelyGerman).length + (text.includes('ß') ? 1 : 0);
  const [best, second] = Object.keys(WORDS)
    .map((language) => tell(language, words, folded, text))
    .sort(
      (a, b) => b.sure - a.sure || b.known - a.known || Number(b.language === spoken) - Number(a.language === spoken),
    );
  if (best === undefined || best.sure <= german || !isEnough(best, german, words.length)) {
    // „more in all of this“: not certain, but nothing in it is German.
    const couldBeSpoken = german === 0 && tell(spoken, words, folded, text).known > 0;
    return spoken !== 'de' && couldBeSpoken && words.length >= WORDS_OF_GERMAN ? spoken : 'de';
  }
  return second?.language === spoken && second.sure === best.sure && second.known === best.known
    ? spoken
    : best.language;
}

function tell(language: string, words: readonly string[], folded: string, text: string): Told {
  const letters = lettered(language, text);
  const isSure = (word: string): boolean => isSurely(language, word) || letters.includes(word);
  const certain = words.filter(isSure).length;
  const shared = words.filter((word) => !isSure(word) && WORDS[language]?.shared.has(word) === true).length;
  const pair = PAIRS[language]?.test(folded) === true ? 1 : 0;
  return {
    language,
    sure: certain + pair,
    known: certain + shared,
    byForm: words.some((word) => letters.includes(word) || isOfItsForm(language, word)),
  };
}

function isEnough({ language, sure, known, byForm }: Told, german: number, length: number): boolean {
  if (sure === 0) return false;
  const share = known / length;
  if (sure >= 2 && share >= MIXED_SHARE) return true;
  // „evden atılıyorum“: no other language here has such a word.
  if (length <= FEW_WORDS && byForm && german === 0) return true;
  return share >= (length <= 2 || (length > FEW_WORDS && isOtherLanguage(language)) ? 1 : ALMOST_ALL);
}
