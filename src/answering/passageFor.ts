/**
 * The passage of an entry that answers a question asked on about it: by the words they share and by the kind of thing that is asked
 * for. Pure. Refuses to be sure of a passage that shares only everyday words with the question: then there is none.
 */
import { isFunctionWord } from '../search/german/functionWords';
import { normalize, tokenize } from '../search/german/normalize';
import { stem } from '../search/german/stem';
import type { Analysis } from '../search/analyzer';
import { FAMILY, speaksOfAge } from './ages';
import { askedIn, toldOf, type Asked } from './asks';
import { subjectsOf } from './ellipsis';
import { joined, listAround } from './joined';
import type { Place } from './outcome';
import type { Passage } from './passages';

export interface Found {
  readonly places: readonly Place[];
  /** Whether every subject of the question stands in it, and not only the one of the title; true where there is none. */
  readonly covers: boolean;
}

export interface Reading {
  /** The question asks for something that can stand in an answer, or not. */
  readonly asks: boolean;
  /** It names something of its own, and not only by words that stand beside every subject: „und wenn ich nicht zahle“. */
  readonly names: boolean;
  readonly found?: Found;
  /** What has it begins with a „Ja“ or „Nein“ to another question: nothing of the answer can be told alone. */
  readonly onlyWhole?: true;
}

const MAX_PLACES = 2;
/** Passages this near to the best one are told beside it. */
const AS_GOOD = 0.05;
/** Share of the subjects that must stand in a passage which has what is asked for … */
const MOST = 0.5;
/** … and in one that has not. */
const NEARLY_ALL = 0.75;
const BY_PART = 0.6;
/** „Karte“ says what a „Schülerkarte“ is, „Schüler“ does not. */
const BY_FIRST_PART = 0.3;
const BY_SYNONYM = 0.8;
/** What the words before a list are worth for each of its points. */
const OF_LEAD = 0.6;
const LEAST_PREFIX = 5;
const MOST_ENDING = 4;

/** Verbs and words that stand beside every subject. */
const WEAK = new Set(
  (
    'bekomm zahl geh geb komm stell mach brauch gilt gelt lauf tun tut leist sein sag find seh les nehm lass steh hol reich wiss mein ' +
    'heiss jobcent amt geld dann sach hand ding weg ganz gar paar nen uberhaupt wirklich eigent ' +
    'tu zieh gibt gib gibts gibs stand drin steht geht gehts gehs furs stattdess behalt abgezog abzieh verdien vergess wohn'
  ).split(' '),
);

interface Subject {
  readonly stem: string;
  readonly parts: readonly string[];
  readonly synonyms: readonly string[];
}

export function readAsking(
  question: string,
  passages: readonly Passage[],
  title: string,
  today: string,
  analyze: (text: string) => Analysis,
): Reading {
  const folded = normalize(question);
  const asked = askedIn(folded, today);
  const subjects = strongSubjects(question, asked, analyze);
  const asks = asked.kinds.length + asked.ages.length + asked.years.length > 0;
  const names = subjects.length > 0;
  const titleStems = new Set(analyze(title).terms.map(({ term }) => term));
  const words = new Map(passages.map((passage) => [passage, analyze(passage.text)]));
  const leads = new Map(passages.map((passage) => [passage, passage.lead === '' ? undefined : analyze(passage.lead)]));
  /** A word of the title, or one that stands everywhere, says less of where. */
  const weightOf = (subject: Subject): number => {
    const within = passages.filter((passage) => match(subject, words.get(passage)) > 0).length;
    const rare = 1 / Math.max(1, Math.sqrt(within));
    return titleStems.has(subject.stem) ? 0.3 * rare : within === 0 ? 1 : Math.max(0.4, rare);
  };
  const weights = new Map(subjects.map((subject) => [subject, weightOf(subject)]));
  const total = [...weights.values()].reduce((sum, each) => sum + each, 0);
  const soft = softWords(folded);

  const scored = passages.map((passage) => {
    const own = words.get(passage);
    const lead = leads.get(passage);
    let covered = 0;
    for (const [subject, weight] of weights)
      covered += weight * Math.max(match(subject, own), OF_LEAD * match(subject, lead));
    const coverage = total === 0 ? 1 : covered / total;
    const kinds = toldOf(asked, normalize(passage.text));
    const age = ageOf(passage, asked);
    const near = own === undefined ? 0 : own.terms.filter(({ term, from }) => from === 'word' && soft.has(term)).length;
    const said = normalize(passage.text);
    const fits = isSure(asked, coverage, kinds, age, total > 0);
    const sure = fits && (!YES_OR_NO.test(said) || isSameQuestion(folded, said, coverage, kinds, asked));
    const score =
      (total === 0 ? 0 : 1.2 * coverage) +
      kinds +
      1.5 * age +
      0.08 * Math.min(3, near) -
      (passage.kind === 'list' ? 0.02 : 0);
    return { passage, score, coverage, fits, sure };
  });
  const [best, ...others] = scored.filter(({ sure }) => sure).sort((a, b) => b.score - a.score);
  if (best === undefined) return scored.some(({ fits }) => fits) ? { asks, names, onlyWhole: true } : { asks, names };
  const beside = others.filter(
    ({ score, passage }) => score >= best.score - AS_GOOD && !overlaps(passage, best.passage),
  );
  // „Zahlt ihr die Wohnung?“ asks for nothing in particular: one point of a list would be too little.
  const told = [best, ...beside]
    .slice(0, MAX_PLACES)
    .map(({ passage }) => (asks ? passage : listAround(passage, passages)));
  return {
    asks,
    names,
    found: {
      places: joined(told, passages),
      covers:
        best.coverage >= NEARLY_ALL && (subjects.length === 0 || subjects.some((each) => !titleStems.has(each.stem))),
    },
  };
}

function isSure(asked: Asked, coverage: number, kinds: number, age: number, hasSubjects: boolean): boolean {
  if (asked.ages.length > 0) return age > 0 && coverage >= MOST;
  if (asked.years.length > 0) return kinds >= 0.5 && coverage >= MOST;
  if (!hasSubjects) return kinds >= 0.5;
  // „Und muss ich das BAföG zurückzahlen?“: a passage on the BAföG that does not speak of paying back has nothing to say.
  if (asked.kinds.length > 0) return kinds > 0 && coverage >= MOST;
  return coverage >= NEARLY_ALL;
}

function ageOf({ text, lead }: Passage, { ages }: Asked): number {
  const own = normalize(text);
  return ages.reduce((best, age) => Math.max(best, speaksOfAge(own, age), 0.5 * speaksOfAge(normalize(lead), age)), 0);
}

function strongSubjects(question: string, asked: Asked, analyze: (text: string) => Analysis): readonly Subject[] {
  return subjectsOf(question)
    .filter((token) => !asked.by.has(token) && !(asked.ages.length > 0 && FAMILY.test(token)))
    .map((token) => ({ token, terms: analyze(token).terms }))
    .filter(({ token, terms }) => !WEAK.has(terms[0]?.term ?? stem(token)))
    .map(({ token, terms }) => ({
      stem: terms[0]?.term ?? stem(token),
      parts: terms.filter(({ from }) => from === 'part').map(({ term }) => term),
      synonyms: terms.filter(({ from }) => from === 'synonym').map(({ term }) => term),
    }));
}

/** Words of the question that are no subject and may still tell two passages apart: „bleibt“, „Zeit“. */
function softWords(folded: string): ReadonlySet<string> {
  return new Set(
    tokenize(folded)
      .filter((token) => !isFunctionWord(token) && token.length > 3)
      .map(stem),
  );
}

function match({ stem: word, parts, synonyms }: Subject, analysis: Analysis | undefined): number {
  if (analysis === undefined) return 0;
  let best = 0;
  for (const { term, from } of analysis.terms) {
    if (term === word) best = Math.max(best, from === 'word' ? 1 : BY_SYNONYM);
    else if (synonyms.includes(term)) best = Math.max(best, BY_SYNONYM);
    else if (parts.includes(term)) best = Math.max(best, term === parts.at(-1) ? BY_PART : BY_FIRST_PART);
    else if (from === 'word' && isBeginning(term, word)) best = Math.max(best, BY_SYNONYM);
  }
  return best;
}

/** „krank“ and „Krankheit“. */
function isBeginning(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= LEAST_PREFIX && long.length - short.length <= MOST_ENDING && long.startsWith(short);
}

function overlaps(one: Passage, other: Passage): boolean {
  return one.place.of === other.place.of && one.end === other.end;
}

/** „Ja, …“ answers the question of the title. */
const YES_OR_NO = /^(?:ja|nein|oft ja|meist(?:ens)? (?:ja|nicht|nein)|nicht immer|in der regel (?:ja|nein))\b/;
const ASKS_WITH_W =
  /^(?:(?:und|oder|aber|ok|okay|also|ja|dann) )*(?:(?:ab|bis|seit|von|an|bei|zu|fur|mit|auf) )?(?:w(?:ie|as|o|er|en|em|ann|arum|ieso|eshalb|ohin|oher|elche\w*|ofur|omit|ieviel\w*))\b/;

/** Whether a passage that begins with „Ja“ or „Nein“ may answer this question: it would be read as the answer to it. */
function isSameQuestion(folded: string, told: string, coverage: number, kinds: number, asked: Asked): boolean {
  const all = asked.kinds.length + asked.years.length;
  if (all > 0 && kinds < 1) return false;
  if (ASKS_WITH_W.test(folded)) return true;
  const figures = folded.match(/\b\d+\b/g) ?? [];
  return coverage >= 0.99 && (asked.ages.length > 0 || figures.every((each) => new RegExp(`\\b${each}\\b`).test(told)));
}
