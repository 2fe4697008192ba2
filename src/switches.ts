/**
 * The operator's switches: a YAML file that is read again when it changes, so that the bot, a channel, a Jobcenter or one answer is off within
 * seconds and without a restart. No file: everything is on. A file that cannot be understood changes nothing. Decides nothing about wording.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

export interface Switches {
  readonly allOff: boolean;
  /** Channel ids, e.g. `directline` (the website), `msteams`, `telegram`. */
  readonly channelsOff: readonly string[];
  readonly jobcentersOff: readonly string[];
  /** Entry ids. */
  readonly answersOff: readonly string[];
  /** Plain text, told once in every conversation. */
  readonly notice?: string;
}

export const everythingOn: Switches = { allOff: false, channelsOff: [], jobcentersOff: [], answersOff: [] };

const maxFileBytes = 64 * 1024;
const ids = z.array(z.string().min(1).max(100)).max(500).default([]);
const fileSchema = z.strictObject({
  aus: z
    .strictObject({
      // YAML 1.2 knows no „ja“; who writes it means it.
      alles: z
        .union([z.boolean(), z.enum(['ja', 'nein', 'an', 'aus'])])
        .transform((word) => word === true || word === 'ja' || word === 'an')
        .default(false),
      kanaele: ids,
      jobcenter: ids,
      antworten: ids,
    })
    .nullish(),
  hinweis: z.string().trim().max(500).nullish(),
});

/** `problem` says in German what is wrong, for the log. */
export function parseSwitches(text: string): { readonly switches: Switches } | { readonly problem: string } {
  let raw: unknown;
  try {
    raw = parse(text, { maxAliasCount: 0 });
  } catch {
    return { problem: 'kein gültiges YAML' };
  }
  const read = fileSchema.safeParse(raw ?? {});
  if (!read.success) {
    const issue = read.error.issues[0];
    return { problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'ungültig'}` };
  }
  const { aus, hinweis } = read.data;
  return {
    switches: {
      allOff: aus?.alles ?? false,
      channelsOff: aus?.kanaele ?? [],
      jobcentersOff: aus?.jobcenter ?? [],
      answersOff: aus?.antworten ?? [],
      ...(hinweis === undefined || hinweis === null || hinweis === '' ? {} : { notice: hinweis }),
    },
  };
}

/** How many things are off. */
export function countOff({ allOff, channelsOff, jobcentersOff, answersOff }: Switches): number {
  return Number(allOff) + channelsOff.length + jobcentersOff.length + answersOff.length;
}

export type SwitchesEvent =
  { readonly kind: 'changed'; readonly switches: Switches } | { readonly kind: 'rejected'; readonly problem: string };

export interface LiveSwitches {
  current(): Switches;
  /** Looks now. */
  reload(): void;
  close(): void;
}

/** Read by content: a ConfigMap of Kubernetes is replaced as a link, and a network drive tells no changes. */
export function createLiveSwitches(options: {
  readonly file: string;
  readonly pollMs: number;
  readonly onEvent?: (event: SwitchesEvent) => void;
}): LiveSwitches {
  let current = everythingOn;
  let seen = '';
  const reload = (): void => {
    const text = readText(options.file);
    if (text === seen) return;
    seen = text;
    const read = text.length > maxFileBytes ? { problem: 'zu groß' } : parseSwitches(text);
    if ('problem' in read) {
      options.onEvent?.({ kind: 'rejected', problem: read.problem });
      return;
    }
    current = read.switches;
    options.onEvent?.({ kind: 'changed', switches: current });
  };
  reload();
  const timer = setInterval(reload, options.pollMs);
  timer.unref();
  return {
    current: () => current,
    reload,
    close: () => {
      clearInterval(timer);
    },
  };
}

/** What is not there says nothing: everything is on. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
