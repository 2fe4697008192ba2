/**
 * What a message in another language is about, where German retrieval cannot know: the phrases editors list per topic and language
 * (knowledge/texte, `thema.<entry>.woerter`). Tried only after everything else has failed. Refuses to translate and to guess:
 * two equally likely topics are asked back.
 */
import type { Entry, Texts } from '../knowledge/model';
import { MAX_CHOICES } from './decision';
import { OWN_FILE_ENTRY } from './knownEntries';
import type { AnswerOutcome, Choice, Ref } from './outcome';
import { matchesPhrase, parsePhrase, sentencesOf, type Phrase } from './phrases';
import { foldLatin, latinOf } from './transliteration';

const KEY = /^thema\.(.+)\.woerter$/;
/** A list of words is no measured probability; it is surer than asking back and less sure than an exact title. */
const CONFIDENCE = 0.6;
/** People without such a keyboard type these in Latin letters. */
const IN_CYRILLIC: ReadonlySet<string> = new Set(['uk', 'ru']);

interface ForeignTopic {
  readonly entryId: string;
  readonly phrases: readonly Phrase[];
}

export interface ForeignTopics {
  /** `find('Які документи мені потрібні?', 'uk')`; `undefined` when no phrase fits. */
  find(message: string, language: string): AnswerOutcome | undefined;
}

/** `entries`: what may be answered; a topic without its entry is passed over. */
export function createForeignTopics(texts: Texts, entries: readonly Entry[]): ForeignTopics {
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const byLanguage = new Map<string, ForeignTopic[]>();
  const add = (language: string, entryId: string, listed: string): void => {
    const phrases = listed.split(';').map((each) => parsePhrase(each.trim()));
    byLanguage.set(language, [...(byLanguage.get(language) ?? []), { entryId, phrases }]);
  };
  for (const [key, inLanguages] of Object.entries(texts)) {
    const entryId = KEY.exec(key)?.[1];
    if (entryId === undefined || !known.has(entryId)) continue;
    for (const [language, listed] of Object.entries(inLanguages)) {
      add(language, entryId, listed);
      if (IN_CYRILLIC.has(language)) add(`${language}-latin`, entryId, foldLatin(latinOf(listed)));
    }
  }

  return {
    find(message, language) {
      const isLatin = IN_CYRILLIC.has(language) && !/\p{Script=Cyrillic}/u.test(message);
      const sentences = sentencesOf(isLatin ? foldLatin(message) : message);
      const scored = (byLanguage.get(isLatin ? `${language}-latin` : language) ?? [])
        .map(({ entryId, phrases }) => ({ entryId, words: longestMatch(phrases, sentences) }))
        .filter(({ words }) => words > 0)
        .sort((a, b) => b.words - a.words);
      const [best, second] = scored;
      if (best === undefined) return undefined;
      const base = { explanation: [], masked: [], language };
      const refs: readonly Ref[] = scored
        .slice(0, MAX_CHOICES)
        .map(({ entryId }) => ({ id: entryId, confidence: CONFIDENCE / scored.length }));
      const entry = known.get(best.entryId);
      if (second === undefined || second.words < best.words) {
        const entries = [{ id: best.entryId, confidence: CONFIDENCE }];
        if (entry?.urgent !== undefined)
          return { ...base, kind: 'urgent', urgentClass: entry.urgent, entryId: entry.id, entries };
        // „Wo bleibt mein Geld?“ is about the own file in every language.
        return {
          ...base,
          kind: best.entryId === OWN_FILE_ENTRY ? 'private' : 'answer',
          entryId: best.entryId,
          entries,
        };
      }
      const choices: readonly Choice[] = refs.flatMap(({ id }) => {
        const offered = known.get(id);
        return offered === undefined
          ? []
          : [{ id, title: texts[`thema.${id}`]?.[language] ?? offered.title, value: offered.title }];
      });
      return { ...base, kind: 'clarify', about: 'topic', choices, entries: refs };
    },
  };
}

/** How many words the longest fitting phrase has: „Deutschkurs“ by two words beats a topic that shares one. */
function longestMatch(phrases: readonly Phrase[], sentences: readonly (readonly string[])[]): number {
  return Math.max(0, ...phrases.filter((phrase) => matchesPhrase(phrase, sentences)).map(({ parts }) => parts.length));
}
