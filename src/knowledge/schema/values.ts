/**
 * The small values the German YAML is made of (day, id, address, text) as zod schemas with German messages, and the one helper
 * that turns optional keys into absent ones. Refuses to know any file's shape.
 */
import { z } from 'zod';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether `YYYY-MM-DD` is a day of the calendar. */
export function isDay(text: string): boolean {
  const match = DAY.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** `params` carry the code and the proposal to schemaFindings.ts. */
interface IssueSink {
  readonly addIssue: (issue: { code: 'custom'; message: string; params: Record<string, unknown> }) => void;
}

function report(sink: IssueSink, code: string, message: string, proposal = ''): void {
  sink.addIssue({ code: 'custom', message, params: { code, proposal } });
}

function reportWrongDay(sink: IssueSink, given: string): void {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(given.trim());
  if (german !== null) {
    const iso = `${german[3] ?? ''}-${(german[2] ?? '').padStart(2, '0')}-${(german[1] ?? '').padStart(2, '0')}`;
    if (isDay(iso)) {
      report(sink, 'KB_WRONG_DATE', `Das Datum „${given}“ hat die falsche Form.`, `Schreiben Sie ${iso}.`);
      return;
    }
  }
  if (DAY.test(given) || german !== null) report(sink, 'KB_WRONG_DATE', `Den Tag „${given}“ gibt es nicht.`);
  else report(sink, 'KB_WRONG_DATE', `„${given}“ ist kein Datum.`, 'Schreiben Sie Jahr-Monat-Tag, zum Beispiel 2026-07-01.');
}

/** A day, `2026-07-01`. */
export const day = z
  .string()
  .superRefine((text, sink) => {
    if (!isDay(text)) reportWrongDay(sink, text);
  })
  .meta({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', examples: ['2026-07-01'] });

/** A day with or without a time, `2019-08-27T09:30`. */
export const moment = z
  .string()
  .superRefine((text, sink) => {
    const [date = '', time, more] = text.split('T');
    if (!isDay(date)) reportWrongDay(sink, date);
    else if (more !== undefined || (time !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time))) {
      report(sink, 'KB_WRONG_DATE', `„${text}“ hat keine gültige Uhrzeit.`, 'Schreiben Sie zum Beispiel 2019-08-27T09:30.');
    }
  })
  .meta({ pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2})?$', examples: ['2019-08-27T09:30', '2019-08-27'] });

/** A kebab-case ASCII id, `meldetermin-verpasst`. */
export const id = z
  .string()
  .superRefine((text, sink) => {
    if (text.length > 80 || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)) {
      const better = asId(text);
      const proposal = better === '' ? '' : `Schreiben Sie zum Beispiel „${better}“.`;
      report(sink, 'KB_WRONG_ID', `Die Kennung „${text}“ darf nur kleine Buchstaben ohne Umlaute, Ziffern und Bindestriche haben.`, proposal);
    }
  })
  .meta({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80 });

function asId(text: string): string {
  const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };
  return text
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => umlauts[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
}

/** More than anybody reads in a chat; keeps the rules about wording fast. */
const MAX_TEXT_CHARS = 10_000;

/** Text with something in it; surrounding blanks and the final line break of a block are dropped. */
export const text = z
  .string()
  .superRefine((given, sink) => {
    if (given.trim() === '') report(sink, 'KB_EMPTY', 'Der Text ist leer.');
    if (given.length > MAX_TEXT_CHARS) {
      report(sink, 'KB_TEXT_TOO_LONG', `Der Text hat ${given.length} Zeichen (höchstens ${MAX_TEXT_CHARS}).`, 'Kürzen Sie ihn.');
    }
  })
  .overwrite((given) => given.trim())
  .meta({ minLength: 1, maxLength: MAX_TEXT_CHARS });

/** An address that a citizen may be sent to; anything but http(s) could run code in the page. */
export const url = z
  .string()
  .superRefine((given, sink) => {
    if (!/^https?:\/\/[^\s<>"'`]+$/.test(given) || !URL.canParse(given)) {
      const proposal = /^www\./.test(given) ? `Schreiben Sie https://${given}` : 'Sie beginnt mit https:// und hat keine Leerzeichen.';
      report(sink, 'KB_WRONG_URL', `„${given}“ ist keine Internetadresse.`, proposal);
    }
  })
  .meta({ pattern: '^https?://', examples: ['https://www.gesetze-im-internet.de/sgb_2/__32.html'] });

export const postcode = z
  .string()
  .superRefine((given, sink) => {
    if (!/^\d{5}$/.test(given)) report(sink, 'KB_WRONG_POSTCODE', `„${given}“ ist keine Postleitzahl (fünf Ziffern).`);
  })
  .meta({ pattern: '^\\d{5}$', examples: ['01067'] });

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without its undefined values, so that an absent YAML key is an absent property. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Defined<T>;
}

/** A German word for each value of a model type; `[keys]` for the schema, the record for the mapping. */
export function germanEnum<T extends string>(words: Readonly<Record<string, T>>): {
  readonly schema: z.ZodEnum<Record<string, string>>;
  readonly toModel: (word: string) => T;
} {
  return {
    schema: z.enum(Object.keys(words)),
    toModel(word) {
      const value = words[word];
      if (value === undefined) throw new RangeError(`Not a word of the schema: ${word}`);
      return value;
    },
  };
}
