/**
 * Kept questions that mean the same, as one: only what at least five conversations have asked, and of that only words that at least five of
 * them have used. A rare word (a name, a place, a story) can therefore never be shown. Pure.
 */
import { z } from 'zod';
import { normalize, tokenize } from '../search/german/normalize';
import { stem } from '../search/german/stem';
import type { KeptQuestion, MissKind } from './questions';

export const MIN_CONVERSATIONS = 5;
/** Share of common content words from which on two questions are one. */
const ALIKE = 0.5;

const clusterSchema = z.object({
  text: z.string(),
  conversations: z.number(),
  kinds: z.partialRecord(z.enum(['unanswered', 'noneOfThese', 'notHelpful']), z.number()),
  entries: z.array(z.string()),
});
/** What may be shown and written to a file. */
export type Cluster = Readonly<z.infer<typeof clusterSchema>>;

export const clusterFileSchema = z.object({ version: z.literal(1), clusters: z.array(clusterSchema) });

/** Most asked first. */
export function clusterQuestions(questions: readonly KeptQuestion[]): readonly Cluster[] {
  const clusters = grouped(questions).flatMap((group) => {
    const cluster = toCluster(group);
    return cluster === undefined ? [] : [cluster];
  });
  return clusters.sort((a, b) => b.conversations - a.conversations || (a.text < b.text ? -1 : 1));
}

/** Each question joins the first group whose leading question it resembles; the most asked lead. */
function grouped(questions: readonly KeptQuestion[]): readonly (readonly KeptQuestion[])[] {
  const groups: KeptQuestion[][] = [];
  for (const question of [...questions].sort((a, b) => asked([b]).size - asked([a]).size)) {
    const own = new Set(question.stems);
    const group = groups.find(([leader]) => leader !== undefined && likeness(own, leader.stems) >= ALIKE);
    if (group === undefined) groups.push([question]);
    else group.push(question);
  }
  return groups;
}

function likeness(a: ReadonlySet<string>, b: readonly string[]): number {
  const common = b.filter((each) => a.has(each)).length;
  return common / (a.size + b.length - common);
}

function asked(group: readonly KeptQuestion[]): ReadonlySet<string> {
  return new Set(group.flatMap(({ forms }) => forms.flatMap(({ by }) => by)));
}

function toCluster(group: readonly KeptQuestion[]): Cluster | undefined {
  const conversations = asked(group).size;
  const text = conversations < MIN_CONVERSATIONS ? '' : shownText(group);
  if (text === '') return undefined;
  const kinds: Partial<Record<MissKind, number>> = {};
  for (const { kinds: own } of group)
    for (const [kind, count] of Object.entries(own) as [MissKind, number][]) kinds[kind] = (kinds[kind] ?? 0) + count;
  const entries = new Map<string, number>();
  for (const question of group)
    for (const [id, count] of Object.entries(question.entries)) entries.set(id, (entries.get(id) ?? 0) + count);
  return { text, conversations, kinds, entries: [...entries].sort((a, b) => b[1] - a[1]).map(([id]) => id) };
}

/** A wording that enough conversations share, else the words of the most usual one that enough have used. */
function shownText(group: readonly KeptQuestion[]): string {
  const forms = group.flatMap((question) => question.forms).sort((a, b) => b.by.length - a.by.length);
  const [usual] = forms;
  if (usual === undefined) return '';
  if (new Set(usual.by).size >= MIN_CONVERSATIONS) return usual.text;
  const users = new Map<string, Set<string>>();
  for (const { text, by } of forms)
    for (const word of stemsOf(text)) {
      const known = users.get(word) ?? new Set<string>();
      for (const each of by) known.add(each);
      users.set(word, known);
    }
  const common = tokenize(usual.text).filter(
    (word) => (users.get(stem(normalize(word)))?.size ?? 0) >= MIN_CONVERSATIONS,
  );
  return common.join(' ');
}

function stemsOf(text: string): ReadonlySet<string> {
  return new Set(tokenize(normalize(text)).map(stem));
}
