/**
 * „Kann ich das per Mail machen?“ after the time limit of an objection: how to object stands in the entry beside it. Refuses to say it: the
 * entry is offered, for only its own wording says whom it is for.
 */
import type { Entry } from '../../knowledge/model';
import { versionOn } from '../../knowledge/versions';
import { asksForWay } from '../asks';
import { CLAIMED_BACK_ENTRY } from '../knownEntries';
import { passagesOf } from '../passages';
import { readAsking } from '../passageFor';
import type { EntryFinder } from './entryFinder';
import type { Turn } from './turn';

/** From here on an entry is meant without being a neighbour … */
const SURELY = 0.9;
/** … and a neighbour is. */
const LIKELY = 0.5;

/** The entry that has what the last one has not. */
export function neighbourOf(turn: Turn, last: Entry, entryOf: EntryFinder): string | undefined {
  const { text, folded, context, ranking, ranker } = turn;
  const { today, style, language } = context;
  const isMeant = (id: string): boolean =>
    id !== last.id &&
    entryOf(id, context)?.urgent === undefined &&
    (id !== CLAIMED_BACK_ENTRY || mayBeClaimedBack(last));
  const [top] = ranking.entries;
  if (top !== undefined && isMeant(top.id)) {
    const least = last.seeAlso.includes(top.id) ? LIKELY : SURELY;
    if (top.confidence >= least) return top.id;
  }
  // How much and until when stands in every entry, of something else; by which way is said where it matters.
  if (!asksForWay(folded)) return undefined;
  const simple = style === 'simple' || language !== 'de';
  return last.seeAlso.filter(isMeant).find((id) => {
    const entry = entryOf(id, context);
    const version = entry === undefined ? undefined : versionOn(entry, today);
    if (entry === undefined || version === undefined) return false;
    const { found, onlyWhole } = readAsking(text, passagesOf(version, simple), entry.title, today, (each) =>
      ranker.engine.analyze(each),
    );
    return found !== undefined || onlyWhole === true;
  });
}

/** What is granted is not claimed back: only where the entry itself points there. */
export function mayBeClaimedBack({ id, seeAlso }: Entry): boolean {
  return id === CLAIMED_BACK_ENTRY || seeAlso.includes(CLAIMED_BACK_ENTRY);
}
