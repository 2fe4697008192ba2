/**
 * Which place a text names, and which of our Jobcenter that means. Pure; decides nothing about the question itself.
 * Refuses to guess: a place of another district is `unknown`, never assigned; a name that several places share is `ambiguous`;
 * an ordinary word that is also a place counts only with a cue such as „in“ or „Jobcenter“. Misspellings are resolved (fuse.js over
 * the names, then a bounded edit distance) only where the text speaks of a place.
 */
import Fuse from 'fuse.js';
import type { Jobcenter } from '../../knowledge/model';
import { commonWords } from '../../search/german/data/commonWords';
import { isFunctionWord } from '../../search/german/functionWords';
import { normalize } from '../../search/german/normalize';
import { editDistance } from '../../search/spelling';
import { isTownEssen, type Word } from './essen';
import { ownPlaces } from './ownPlace';
import { createPlaceIndex, type PlaceIndex, type PlaceName } from './placeNames';
import type { Span } from './span';

export interface PlaceMatch {
  readonly status: 'none' | 'found' | 'ambiguous' | 'unknown';
  /** `found`: all places named (usually one). `ambiguous`: the candidates. Otherwise empty. */
  readonly jobcenterIds: readonly string[];
  /** The place as named, in its usual spelling; the postcode when that was given. */
  readonly place?: string;
  /** The Gemeinde meant, as the knowledge base writes it; absent for districts and regions. */
  readonly town?: string;
  /** `ambiguous`: where else the name is, e.g. `Halle (Saale)`. */
  readonly elsewhere?: string;
  /** In characters of the text. */
  readonly span?: Span;
  /** Places that are named and not meant: „nicht in Essen, sondern in Bochum“, „vorher Wesel“, „arbeite in Hamm, wohne in Ahlen“. */
  readonly denied?: readonly Span[];
  /** All places named, where some are not meant: none of them is the name of something else. */
  readonly mentioned?: string;
  /** The person lives there, and named other places beside: „arbeite in Münster, wohne in Ahlen“. */
  readonly isHome?: true;
}

export interface PlaceFinder {
  find(text: string): PlaceMatch;
}

const MAX_CHARS = 1_000;
/** Words of one text that are looked up as misspelled places. */
const MAX_LOOKUPS = 4;
const NONE: PlaceMatch = { status: 'none', jobcenterIds: [] };

/** Words after which a place is named. */
const CUES = new Set(
  'in aus jobcenter jc stadt gemeinde ort ortsteil stadtteil raum kreis landkreis kreises wohne wohn wohnen wohnt wohnhaft wohnort lebe leben plz postleitzahl rathaus gelebt gezogen sozialamt standort'.split(
    ' ',
  ),
);
/** Words after which a name counts that is no ordinary word, but which say too little for one that is. */
const WEAK_CUES = new Set('nach bei von fur richtung ab hat hier sondern'.split(' '));
/** Before a place that is not meant … */
const DENIAL = /^(?:nicht|nich|net|statt|anstatt|vorher|fruher|bisher|zuvor|ehemals)$/;
/** … and what may stand between. */
const BETWEEN_DENIAL = new Set('in aus bei von nach mehr jobcenter stadt kreis im'.split(' '));
/** What stands beside a place where its Jobcenter is asked for, in a few words. */
const OF_OFFICE = new Set(
  'jobcenter jc amt welches welche welcher zustandig zustandige zustandiges ist fur das westfalen westf nrw stadt kreis adresse telefon nummer link website internetseite offnungszeiten bitte in'.split(
    ' ',
  ),
);
/** One letter off a place, but something else in a Jobcenter. */
const NO_PLACES = new Set(['barmer']);
const COMMON = new Set(commonWords.split(' ').map((word) => normalize(word)));
/** „nach Geldern gezogen“ */
const MOVING = /^(?:(?:um|zu|hin|weg|ver)?gezogen|(?:um|hin|weg)?zieh(?:e|en|t|st)?|umzug|umzuziehen)$/;
/** Place names that are said of a Jobcenter as words: „jobcenter senden“. */
const SAID_OF_OFFICES = new Set('senden werben weil wenden lassen lage much waren laufen lauf helfen'.split(' '));

interface Hit {
  readonly name: PlaceName;
  readonly from: number;
  readonly to: number;
}

/**
 *     const places = createPlaceFinder(knowledge.jobcenters);
 *     places.find('Welche Aktion gibt es in Jülich?')
 *     // { status: 'found', jobcenterIds: ['dueren'], place: 'Jülich', town: 'Jülich', span: { start: 26, end: 32 } }
 */
export function createPlaceFinder(jobcenters: readonly Jobcenter[]): PlaceFinder {
  const index = createPlaceIndex(jobcenters);
  const speller = createPlaceSpeller(index);

  return {
    find(text) {
      const words = wordsOf(text.slice(0, MAX_CHARS));
      if (words.length === 0) return NONE;
      const postcode = postcodeIn(text, words, index);
      const hits = exactHits(words, index);
      if (postcode !== undefined && (postcode.status === 'found' || hits.length === 0)) return postcode;
      const all = hits.length > 0 ? hits : misspelled(words, speller);
      const denied = all.filter((hit) => isSaidNotToBe(words, hit));
      const meant = all.filter((hit) => !denied.includes(hit));
      // „Ich wohne nicht in Essen“ says where not; any other „nicht in Essen“ is about Essen.
      const isDenied = meant.length > 0 || denied.some((hit) => livesElsewhere(words, hit));
      const left = isDenied ? meant : all;
      const { own, isHome } = ownPlaces(words, left);
      const others = all.filter((hit) => !own.includes(hit));
      if (others.length === 0) return resolve(words, own);
      return {
        ...resolve(words, own),
        denied: others.map((hit) => spanOf(words, hit)),
        mentioned: labelsOf(all.map(({ name }) => name)).join(' und '),
        ...(isHome ? { isHome: true as const } : {}),
      };
    },
  };
}

function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const raw = match[0];
    const lower = raw.toLowerCase();
    // Most words need no folding; normalize() is the costly part.
    const key = /^[a-z0-9]+$/.test(lower) && !/ae|oe|ue|(.)\1\1/.test(lower) ? lower : normalize(raw);
    const previous = words[words.length - 1];
    const joined = previous !== undefined && /^[\s\-–/:„“"'(]*$/.test(text.slice(previous.end, match.index));
    words.push({
      text: raw,
      key,
      start: match.index,
      end: match.index + raw.length,
      before: joined ? previous.key : '',
    });
  }
  return words;
}

function exactHits(words: readonly Word[], index: PlaceIndex): readonly Hit[] {
  const hits: Hit[] = [];
  const isPlace = (key: string): boolean => {
    const name = index.byKey.get(key);
    return name !== undefined && (name.caution === 'free' || name.caution === 'capital') && key !== 'essen';
  };
  for (let at = 0; at < words.length; at++) {
    const hit = longestAt(words, at, index);
    if (hit === undefined || !counts(words, hit, isPlace)) continue;
    hits.push(hit);
    at = hit.to - 1;
  }
  return hits;
}

function longestAt(words: readonly Word[], at: number, index: PlaceIndex): Hit | undefined {
  const first = words[at]?.key ?? '';
  const joined = /^jobcenter(?=.{3})/.test(first) ? first.slice(9) : undefined;
  if (joined !== undefined) {
    const name = index.byKey.get(joined);
    return name === undefined ? undefined : { name, from: at, to: at + 1 };
  }
  for (let length = Math.min(index.longestFrom.get(first) ?? 0, words.length - at); length > 0; length--) {
    const key = words
      .slice(at, at + length)
      .map((word) => word.key)
      .join(' ');
    const name = index.byKey.get(key);
    if (name !== undefined) return { name, from: at, to: at + length };
  }
  return undefined;
}

/** Whether a name that stands in the text is meant as a place. */
function counts(words: readonly Word[], { name, from, to }: Hit, isPlace: (key: string) => boolean): boolean {
  const word = words[from];
  if (word === undefined) return false;
  if (name.key === 'essen')
    return word.key.startsWith('jobcenter') || hasTurkishEnding(words, to) || isTownEssen(words, from, isPlace);
  if (name.key === 'munsterland' && /tag$/.test(word.before)) return false;
  const { before } = word;
  const isWholeText =
    to - from === words.length || (from === 1 && to === words.length && (WEAK_CUES.has(before) || CUES.has(before)));
  const hasCue =
    CUES.has(before) ||
    isWholeText ||
    livesHere(words, from) ||
    /^\d{5}$/.test(before) ||
    word.key.startsWith('jobcenter');
  const isShouted = words.length > 1 && words.every(({ text }) => text === text.toUpperCase());
  switch (name.caution) {
    case 'free':
      return true;
    case 'capital':
      if (hasCue || WEAK_CUES.has(before)) return true;
      if (asksForOffice(words, from, to)) return true;
      // „Nicht hamm, ahlen“
      if (/^(?:nicht|statt)$/.test(before) && leadsToPlace(words, to, isPlace)) return true;
      if (followsDeniedPlace(words, from, isPlace)) return true;
      // „Jetzt in Kleve, vorher wesel“
      if (to === words.length && words.length > 2 && /^(?:vorher|fruher|bisher|zuvor)$/.test(before)) return true;
      // „Hamm wir heute auf?“
      return (
        /^\p{Lu}/u.test(word.text) &&
        !isShouted &&
        !(from === 0 && /^(?:wir|mer|se|sie|die)$/.test(words[1]?.key ?? ''))
      );
    case 'cue':
      if (/^(?:in|aus)$/.test(before) && livesHere(words, from)) return true;
      // „ans Jobcenter senden“, „vom Jobcenter weil …“: small letters after „Jobcenter“ are the word.
      return (
        isWholeText ||
        (words.length <= (from === 1 ? 6 : 3) && /^(?:jobcenter|jc)$/.test(before) && !SAID_OF_OFFICES.has(name.key)) ||
        (before === 'nach' && /^\p{Lu}/u.test(word.text) && words.some(({ key }) => MOVING.test(key))) ||
        (hasCue && (/^\p{Lu}/u.test(word.text) || (/^(?:in|aus)$/.test(before) && name.kind !== 'elsewhere')))
      );
    case 'code':
      return (
        word.text === word.text.toUpperCase() &&
        !isShouted &&
        (hasCue || words.length <= 3 || word.text.length === 3 || name.label === 'MH')
      );
  }
}

/** „Essen'de oturuyorum“ */
function hasTurkishEnding(words: readonly Word[], to: number): boolean {
  const ending = words[to];
  return ending !== undefined && ending.start === (words[to - 1]?.end ?? 0) + 1 && /^[dt][ae]n?$/.test(ending.text);
}

function leadsToPlace(words: readonly Word[], at: number, isPlace: (key: string) => boolean): boolean {
  const next = words.slice(at, at + 3).find(({ key }) => !/^(?:sondern|in|aber|aus|nach)$/.test(key));
  return next !== undefined && (isPlace(next.key) || next.key === 'essen');
}

/** „ahlen westfalen jobcenter welches“: a place and words for the office, nothing else. */
function asksForOffice(words: readonly Word[], from: number, to: number): boolean {
  const around = [...words.slice(0, from), ...words.slice(to)].map(({ key }) => key);
  return (
    around.some((key) => /^(?:jobcenter|jc|zustandig\w*)$/.test(key)) &&
    !/^(?:wir|mer|se|sie|die)$/.test(words[to]?.key ?? '') &&
    around.every((key) => OF_OFFICE.has(key))
  );
}

/** „Nicht hamm, ahlen“, „nicht in essen sondern hamm“ */
function followsDeniedPlace(words: readonly Word[], from: number, isPlace: (key: string) => boolean): boolean {
  const keyAt = (at: number): string => words[at]?.key ?? '';
  let at = from - 1;
  while (/^(?:sondern|in|aber|aus|nach)$/.test(keyAt(at))) at -= 1;
  if (!isPlace(keyAt(at)) && keyAt(at) !== 'essen') return false;
  at -= 1;
  while (/^(?:in|aus|nach|mehr)$/.test(keyAt(at))) at -= 1;
  return /^(?:nicht|statt)$/.test(keyAt(at));
}

function livesHere(words: readonly Word[], at: number): boolean {
  return (
    words.slice(Math.max(0, at - 3), at).some(({ key }) => /^(?:wohne|wohn|lebe|wohnort|wohnhaft)$/.test(key)) &&
    !isFunctionWord(words[at]?.key ?? '')
  );
}

/** „Münster-Hiltrup“ is one place, „Essen und Münster“ are two. */
function labelsOf(names: readonly PlaceName[]): readonly string[] {
  const labels = new Map<string, string>();
  for (const { town, label, derived } of names) {
    const key = town ?? label;
    const isTownItself = derived === true || label === town;
    if (!labels.has(key) || isTownItself) labels.set(key, derived === true ? key : label);
  }
  return [...labels.values()];
}

interface PlaceSpeller {
  /** `isWholeText`: nothing but this word says that a place is meant, so it must be nearer. */
  resolve(key: string, isWholeText: boolean): PlaceName | undefined;
}

function createPlaceSpeller(index: PlaceIndex): PlaceSpeller {
  // By first letter, which people hardly mistype, and built on first use: most turns name no place.
  const byLetter = new Map<string, Fuse<PlaceName>>();
  const fuseFor = (letter: string): Fuse<PlaceName> => {
    const known = byLetter.get(letter);
    if (known !== undefined) return known;
    const names = index.spellable.filter(({ key }) => key.startsWith(letter));
    const fuse = new Fuse(names, { keys: ['key'], threshold: 0.4, ignoreLocation: true });
    byLetter.set(letter, fuse);
    return fuse;
  };
  return {
    resolve(key, isWholeText) {
      const max = key.length < (isWholeText ? 11 : 10) ? 1 : 2;
      const near = fuseFor(key.charAt(0))
        .search(key, { limit: 12 })
        .map(({ item }) => ({ item, distance: editDistance(key, item.key.replace(/ /g, ''), max) }))
        .filter(({ distance }) => distance <= max)
        .sort(
          (a, b) =>
            a.distance - b.distance || Number(b.item.jobcenterIds.length > 0) - Number(a.item.jobcenterIds.length > 0),
        );
      return near[0]?.item;
    },
  };
}

function misspelled(words: readonly Word[], speller: PlaceSpeller): readonly Hit[] {
  const hits: Hit[] = [];
  let lookups = 0;
  words.forEach((word, at) => {
    if (lookups >= MAX_LOOKUPS) return;
    const { before } = word;
    const speaksOfPlace =
      words.length === 1 ||
      ((CUES.has(before) || WEAK_CUES.has(before)) &&
        (words.length <= 3 || /^(?:in|aus|jobcenter|jc|stadt|kreis|landkreis)$/.test(before)));
    const minLength = /^(?:jobcenter|jc|kreis)$/.test(before) ? 4 : 5;
    if (
      !speaksOfPlace ||
      word.key.length < minLength ||
      /\d/.test(word.key) ||
      COMMON.has(word.key) ||
      NO_PLACES.has(word.key) ||
      isFunctionWord(word.key)
    )
      return;
    lookups += 1;
    const alone = speller.resolve(word.key, words.length === 1);
    if (alone !== undefined) hits.push({ name: alone, from: at, to: at + 1 });
    const next = words[at + 1];
    if (alone !== undefined || next === undefined || COMMON.has(next.key) || isFunctionWord(next.key)) return;
    const together = speller.resolve(word.key + next.key, false);
    if (together !== undefined) hits.push({ name: together, from: at, to: at + 2 });
  });
  return hits;
}

/** „Nicht (mehr) in X“, „statt X“, „vorher (in) X“, „X nicht, sondern …“. */
function isSaidNotToBe(words: readonly Word[], { from, to }: Hit): boolean {
  let at = from - 1;
  while (at >= 0 && BETWEEN_DENIAL.has(words[at]?.key ?? '')) at -= 1;
  const isFirstOfPair = /^(?:nicht|net)$/.test(words[to]?.key ?? '') && words[to + 1]?.key === 'sondern';
  return isFirstOfPair || DENIAL.test(words[at]?.key ?? '');
}

function livesElsewhere(words: readonly Word[], { from }: Hit): boolean {
  const before = words.slice(Math.max(0, from - 5), from).map(({ key }) => key);
  return /\b(?:wohne|wohn|lebe|wohnen|leben|bin) (?:ja |doch |gar |eigentlich )?nicht (?:mehr )?(?:in|bei)$/.test(
    before.join(' '),
  );
}

function spanOf(words: readonly Word[], { from, to }: Hit): Span {
  return { start: words[from]?.start ?? 0, end: words[to - 1]?.end ?? 0 };
}

function resolve(words: readonly Word[], hits: readonly Hit[]): PlaceMatch {
  const first = hits[0];
  if (first === undefined) return NONE;
  const certain = hits.filter(({ name }) => name.kind === 'place');
  const chosen = certain[0];
  if (chosen !== undefined) {
    const jobcenterIds = [...new Set(certain.flatMap(({ name }) => name.jobcenterIds))];
    const towns = [...new Set(certain.map(({ name }) => name.town))];
    return {
      status: 'found',
      jobcenterIds,
      place: labelsOf(certain.map(({ name }) => name)).join(' und '),
      ...(towns.length === 1 && towns[0] !== undefined ? { town: towns[0] } : {}),
      span: spanOf(words, chosen),
    };
  }
  const asked = hits.find(({ name }) => name.kind === 'ask');
  const { name } = asked ?? first;
  return {
    status: asked === undefined ? 'unknown' : 'ambiguous',
    jobcenterIds: asked === undefined ? [] : name.jobcenterIds,
    place: name.label,
    ...(name.elsewhere === undefined ? {} : { elsewhere: name.elsewhere }),
    span: spanOf(words, asked ?? first),
  };
}

function postcodeIn(text: string, words: readonly Word[], index: PlaceIndex): PlaceMatch | undefined {
  for (const [at, word] of words.entries()) {
    if (!/^\d{5}$/.test(word.text)) continue;
    const before = words[at - 1]?.key ?? '';
    const isAmount =
      /^\s*(?:€|euro?s?\b|eur\b|,\d|\.\d)/i.test(text.slice(word.end, word.end + 12)) ||
      /[€#.,/\d]$/.test(text.slice(Math.max(0, word.start - 1), word.start));
    if (isAmount) continue;
    const known = index.byPostcode.get(word.text);
    const span = { start: word.start, end: word.end };
    const town = known?.towns.length === 1 ? known.towns[0] : undefined;
    if (known !== undefined) {
      const status = known.jobcenterIds.length === 1 ? 'found' : 'ambiguous';
      return {
        status,
        jobcenterIds: known.jobcenterIds,
        place: word.text,
        ...(town === undefined ? {} : { town }),
        span,
      };
    }
    // Any other number is a place only where the text says so.
    const isPlace = /^(?:plz|postleitzahl|in|aus|d|wohne)$/.test(before) || words.length === 1;
    if (isPlace && Number(word.text) >= 1_001) return { status: 'unknown', jobcenterIds: [], place: word.text, span };
  }
  return undefined;
}
