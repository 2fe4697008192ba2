/**
 * What the service could not help with, for the editors: unanswered questions, „Keins davon“ and thumbs down. Kept masked, short, without a
 * person and for a limited time; whoever reads them gets only what enough conversations have asked (clusters.ts). Never throws into a turn:
 * a question that cannot be kept is lost, the answer is not.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { maskPersonalData } from '../answering/personalData';
import { isFunctionWord } from '../search/german/functionWords';
import { normalize, tokenize } from '../search/german/normalize';
import { stem } from '../search/german/stem';
import type { Store } from '../storage/ports';

export type MissKind = 'unanswered' | 'noneOfThese' | 'notHelpful';

export interface Miss {
  readonly kind: MissKind;
  readonly question: string;
  /** Topics that were offered or rated and did not help. */
  readonly entryIds: readonly string[];
  /** Any id of the conversation; kept as a short hash, to count it once. */
  readonly conversation: string;
}

const formSchema = z.object({ text: z.string(), by: z.array(z.string()) });
const questionSchema = z.object({
  stems: z.array(z.string()),
  /** Wordings that differ only in order, endings and small words. */
  forms: z.array(formSchema),
  kinds: z.partialRecord(z.enum(['unanswered', 'noneOfThese', 'notHelpful']), z.number()),
  entries: z.record(z.string(), z.number()),
});
export type KeptQuestion = Readonly<z.infer<typeof questionSchema>>;

export interface Learning {
  record(miss: Miss): Promise<void>;
  /** Everything kept; not for showing, see clusters.ts. */
  list(): Promise<readonly KeptQuestion[]>;
}

export const LEARNING_PREFIX = 'learning/';
/** Longer messages are stories about a life, not questions. */
const MAX_CHARS = 200;
const MAX_FORMS = 5;
const MAX_CONVERSATIONS = 50;
const KEEP_MS = 90 * 24 * 60 * 60 * 1_000;
const MAX_TRIES = 5;
const PAGE = 1_000;

export function createLearning(store: Store, nowMs: () => number): Learning {
  return {
    async record(miss) {
      const text = maskPersonalData(miss.question).text.replace(/\s+/g, ' ').trim();
      const stems = contentStems(text);
      if (stems.length === 0 || text.length > MAX_CHARS) return;
      const key = LEARNING_PREFIX + hash(stems.join(' '));
      const by = hash(miss.conversation);
      for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
        const stored = (await store.read([key])).get(key);
        const before = parseQuestion(stored?.value) ?? { stems: [...stems], forms: [], kinds: {}, entries: {} };
        if (before.forms.some((form) => form.by.includes(by))) return;
        const value = JSON.stringify(withMiss(before, miss, text, by));
        const change = { key, value, expect: stored?.eTag ?? null, expiresAtMs: nowMs() + KEEP_MS };
        if ((await store.commit([change])) === 'committed') return;
      }
    },
    async list() {
      const questions: KeptQuestion[] = [];
      let after: string | undefined = undefined;
      for (;;) {
        const rows: Awaited<ReturnType<Store['list']>> = await store.list(LEARNING_PREFIX, {
          limit: PAGE,
          ...(after === undefined ? {} : { after }),
        });
        for (const [, { value }] of rows) {
          const question = parseQuestion(value);
          if (question !== undefined) questions.push(question);
        }
        after = rows.at(-1)?.[0];
        if (rows.length < PAGE || after === undefined) return questions;
      }
    },
  };
}

/** Sorted, each once; without small words, numbers and what was masked. */
export function contentStems(text: string): readonly string[] {
  const tokens = tokenize(normalize(text.replaceAll('[…]', ' ')));
  const content = tokens.filter((token) => !isFunctionWord(token) && !/\d/.test(token) && token.length > 1);
  return [...new Set(content.map(stem))].sort();
}

function withMiss(before: KeptQuestion, { kind, entryIds }: Miss, text: string, by: string): KeptQuestion {
  const form = text.toLowerCase().replace(/[?!.]+$/, '');
  const known = before.forms.some((each) => each.text === form);
  // A further wording is counted with the first: that somebody asked matters more than in which order.
  const target = known || before.forms.length < MAX_FORMS ? form : (before.forms[0]?.text ?? form);
  const forms = known || target !== form ? before.forms : [...before.forms, { text: form, by: [] }];
  const entries = { ...before.entries };
  for (const id of entryIds) entries[id] = (Object.hasOwn(entries, id) ? (entries[id] ?? 0) : 0) + 1;
  return {
    stems: before.stems,
    forms: forms.map((each) =>
      each.text === target && each.by.length < MAX_CONVERSATIONS ? { ...each, by: [...each.by, by] } : each,
    ),
    kinds: { ...before.kinds, [kind]: (before.kinds[kind] ?? 0) + 1 },
    entries,
  };
}

function parseQuestion(json: string | undefined): KeptQuestion | undefined {
  if (json === undefined) return undefined;
  try {
    const parsed = questionSchema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}
