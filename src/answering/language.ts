/**
 * Recognises the language of a message where that is certain: script for Ukrainian, Russian and Arabic, letters and frequent words for
 * Turkish and English. Everything else is German, learners' German included. Refuses to guess from one word that German has too.
 */

export const LANGUAGES = ['de', 'en', 'uk', 'ru', 'tr', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

const ENGLISH =
  'the you your how what where when why who can could would should please help need my is are was were have has do does did not get got money pay rent apply application appointment letter live and for with from this that they their english speak i am want know find office job work child children kids to myself kill husband wife beats hits food eat nothing homeless sleep street electricity stolen wallet document documents lost missed letter deadline insurance school we our baby still anymore live there these those events been will about if me us it or so on at of all any more who whom since after before going happened happening no has have milk place cut off power hello thank thanks new a an today tomorrow yesterday week'.split(
    ' ',
  );
const ENGLISH_ONLY = new Set(
  ENGLISH.filter(
    (word) =>
      ![
        'was',
        'am',
        'i',
        'job',
        'for',
        'get',
        'not',
        'is',
        'help',
        'my',
        'wallet',
        'baby',
        'kids',
        'still',
        'to',
        'live',
        'events',
        'new',
        'a',
        'an',
        'no',
        'off',
        'power',
        'place',
        'cut',
        'me',
        'so',
        'on',
        'at',
        'all',
        'more',
        'will',
        'who',
        'or',
      ].includes(word),
  ),
);
const ENGLISH_ANY = new Set(ENGLISH);
const TURKISH = new Set(
  'ben bana benim nasıl nerede ne zaman kadar için var yok mı mi mu mü bir para kira ev iş işsizlik başvuru başvurusu randevu lütfen yardım istiyorum olarak değil ve çocuk çocuklar almanya almanca türkçe merhaba gerekiyor yapabilirim alabilir miyim param evim geldi nedir hangi ölmek yaşamak istemiyorum artık kocam beni dövüyor yiyecek yemek yok kaldı kalmadı kalacak yerim belgeler belge gerekli kaçırdım kaybettim mektup hastayım okul sigorta elektrik kesildi yardıma ihtiyacım'.split(
    ' ',
  ),
);
const GERMAN = new Set(
  'ich nicht und der die das wie was wo wann mein meine kann muss habe hab bin ist ein eine zu vom von für mit bekomme geld bitte jobcenter welche gibt es mir kein keine wenn'.split(
    ' ',
  ),
);

export function detectLanguage(text: string): Language {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return 'de';
  if (share(text, /\p{Script=Arabic}/gu, letters) > 0.2) return 'ar';
  if (share(text, /\p{Script=Cyrillic}/gu, letters) > 0.2) return isUkrainian(text) ? 'uk' : 'ru';
  // „I want to die“ is not the German article.
  const words = (
    text
      .toLowerCase()
      .replace(/\b(to|wanna) die\b/g, '$1')
      .match(/\p{L}+/gu) ?? []
  ).filter((word) => word !== 'jobcenter');
  const german = count(words, GERMAN);
  const turkish = count([...new Set(words)], TURKISH) + (/[ğışİ]/.test(text) ? 1 : 0);
  if (turkish >= 2 && turkish > german) return 'tr';
  if (words.length > 0 && words.length <= 2 && words.every((word) => word.length >= 5 && TURKISH.has(word)))
    return 'tr';
  const only = count(words, ENGLISH_ONLY);
  const english = count(words, ENGLISH_ANY);
  if (only >= 2 && english / words.length >= 0.5 && only > german) return 'en';
  if (only >= 1 && german === 0 && words.length >= 3 && english / words.length >= 0.75) return 'en';
  if (words.length > 0 && words.length <= 2 && only >= 1 && english === words.length && german === 0) return 'en';
  return 'de';
}

function share(text: string, pattern: RegExp, letters: number): number {
  return (text.match(pattern)?.length ?? 0) / letters;
}

function count(words: readonly string[], vocabulary: ReadonlySet<string>): number {
  return words.filter((word) => vocabulary.has(word)).length;
}

const UKRAINIAN_WORDS = new Set([
  'як',
  'що',
  'де',
  'коли',
  'мені',
  'дуже',
  'гроші',
  'чи',
  'та',
  'допоможіть',
  'потрібно',
  'який',
  'яка',
  'які',
  'мій',
  'дякую',
  'добрий',
  'є',
]);

function isUkrainian(text: string): boolean {
  if (/[іїєґ]/i.test(text)) return true;
  if (/[ыэъё]/i.test(text)) return false;
  return (text.toLowerCase().match(/\p{L}+/gu) ?? []).some((word) => UKRAINIAN_WORDS.has(word));
}
