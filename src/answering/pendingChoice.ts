/**
 * What a message means while choices are open: a click, a number, „die zweite“, part of a title, „Keins davon“ – or a new question,
 * which is none of these and loses nothing. Refuses to guess: half a title that fits two choices is no choice.
 */
import Fuse from 'fuse.js';
import { normalize, tokenize } from '../search/german/normalize';
import { isFunctionWord } from '../search/german/functionWords';
import type { Choice } from './outcome';
import { doubt } from './doubt';
import { styleWish } from './styleWish';

const ORDINALS: readonly RegExp[] = [
  /^(?:das |die |der |den |nummer |nr |punkt |option )?(?:1|eins|erste[rsn]?|a)$/,
  /^(?:das |die |der |den |nummer |nr |punkt |option )?(?:2|zwei|zweite[rsn]?|b)$/,
  /^(?:das |die |der |den |nummer |nr |punkt |option )?(?:3|drei|dritte[rsn]?|c)$/,
  /^(?:das |die |der |den |nummer |nr |punkt |option )?(?:4|vier|vierte[rsn]?|d)$/,
  /^(?:das |die |der |den |nummer |nr |punkt |option )?(?:5|funf|funfte[rsn]?)$/,
];
const LAST = /^(?:das |die |der |den )?(?:letzte[rsn]?)$/;
const FIRST_LIKE = /^(?:ja )?(?:genau )?(?:das |die )?(?:obere|oben)$/;
const NONE =
  /^(?:keins|keines|keine|keiner|nichts)(?: davon| von denen| passt| von beidem| von beiden)*$|^(?:passt|stimmt) (?:alles )?(?:nicht|nix)$|^was anderes$|^etwas anderes$/;

/** What many titles name: by itself it points at none of them. */
const OF_EVERY_TITLE = new Set(['jobcenter', 'jobcenters', 'amt']);

export type PendingFind =
  { readonly kind: 'choice'; readonly choice: Choice } | { readonly kind: 'none' } | { readonly kind: 'new' };

export function resolvePending(message: string, choices: readonly Choice[]): PendingFind {
  const folded = normalize(message);
  const exact = choices.find(({ title, value }) => normalize(title) === folded || normalize(value) === folded);
  if (exact !== undefined) return { kind: 'choice', choice: exact };
  if (NONE.test(folded)) return { kind: 'none' };
  const short = folded
    .replace(/^(?:ich (?:nehme|meine|mein|will|wahle) |bitte |ok |okay |dann |also )+/, '')
    .replace(/(?: bitte)+$/, '');
  for (const [index, pattern] of ORDINALS.entries()) {
    const choice = choices[index];
    if (pattern.test(short)) return choice === undefined ? { kind: 'new' } : { kind: 'choice', choice };
  }
  if (LAST.test(short)) return asChoice(choices[choices.length - 1]);
  if (FIRST_LIKE.test(short)) return asChoice(choices[0]);

  if (styleWish(folded) !== undefined || doubt(folded, message) !== undefined) return { kind: 'new' };
  const words = tokenize(short).filter((token) => !isFunctionWord(token));
  if (words.every((word) => OF_EVERY_TITLE.has(word))) return { kind: 'new' };
  if (words.length === 0 || words.length > 4) return { kind: 'new' };
  const containing = choices.filter(({ title }) => {
    const inTitle = tokenize(normalize(title));
    return words.every((word) =>
      inTitle.some((token) => token === word || (word.length >= 4 && token.startsWith(word))),
    );
  });
  if (containing.length === 1) return asChoice(containing[0]);
  if (containing.length > 1) return { kind: 'new' };

  const fuse = new Fuse(
    choices.map((choice) => ({ choice, title: normalize(choice.title) })),
    { keys: ['title'], threshold: 0.25, ignoreLocation: true, includeScore: true, minMatchCharLength: 4 },
  );
  const [best, second] = fuse.search(words.join(' '));
  if (
    best !== undefined &&
    (best.score ?? 1) <= 0.2 &&
    (second === undefined || (second.score ?? 1) > (best.score ?? 1) + 0.15)
  )
    return asChoice(best.item.choice);
  return { kind: 'new' };
}

function asChoice(choice: Choice | undefined): PendingFind {
  return choice === undefined ? { kind: 'new' } : { kind: 'choice', choice };
}
