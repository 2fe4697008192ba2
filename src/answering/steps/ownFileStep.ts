/**
 * What only the own file knows: „Wann kommt mein Geld?“. Answers with what holds for everybody, if there is such an entry; refuses to
 * look anything up.
 */
import type { Entry } from '../../knowledge/model';
import { OWN_FILE_ENTRY } from '../knownEntries';
import type { EntryFinder } from './entryFinder';
import { LIKELY_INTENT } from './levels';
import { refsOf, withFirst, type Step } from './turn';

const MONEY_WORDS = /\b(?:geld|gelder|kohle|zahlung|auszahlung|uberweisung|leistung|leistungen)\b/;
/** „Ich habe kein Geld bekommen“ is about the own file, however it is put. */
const NO_PAYMENT =
  /\b(?:hab|habe|haben)\b.*\b(?:kein|keine|nix|nichts)\b.*\b(?:geld|kohle|zahlung|uberweisung)\b.*\b(?:bekommen|gekriegt|erhalten)\b/;
/** Belief in the entry and in the intent together. */
const SURE_OF_MONEY = 0.5;
/** A topic less likely than this is not told beside „I cannot look“. */
const LEAST_TOLD = 0.2;

/** `entries`: those for everybody. */
export function createOwnFileStep(entries: readonly Entry[], entryOf: EntryFinder): Step {
  const hasMoneyEntry = entries.some(({ id }) => id === OWN_FILE_ENTRY);
  return ({ folded, ranking, context }) => {
    const [top] = ranking.entries;
    const own = ranking.intent('eigene-akte');
    const asksForMoney =
      (top?.id === OWN_FILE_ENTRY && top.confidence + own >= SURE_OF_MONEY) || NO_PAYMENT.test(folded);
    if (!asksForMoney && !(own >= LIKELY_INTENT && own > (top?.confidence ?? 0))) return undefined;
    const refs = refsOf(ranking);
    if (top !== undefined && entryOf(top.id, context) !== undefined && top.confidence >= LEAST_TOLD)
      return { kind: 'private', entries: refs, entryId: top.id };
    if (hasMoneyEntry && MONEY_WORDS.test(folded)) {
      const entries = top?.id === OWN_FILE_ENTRY ? refs : withFirst(OWN_FILE_ENTRY, own, refs);
      return { kind: 'private', entries, entryId: OWN_FILE_ENTRY };
    }
    return { kind: 'private', entries: refs };
  };
}
