/**
 * What a website says about its chat: the `data-…` attributes of the embed line. German, because webmasters of Jobcenters write them.
 * Unknown or unusable values fall back; nothing a page says is trusted with more than text, a colour and web addresses.
 */
export const LANGUAGES = ['de', 'en', 'uk', 'ru', 'tr', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface WidgetSettings {
  /** Where the service is, without a slash at the end. */
  readonly service: string;
  readonly name: string;
  readonly jobcenter?: string;
  readonly language: Language;
  /** Set by the page, not only assumed. */
  readonly languageGiven: boolean;
  readonly greeting?: string;
  /** `#rrggbb`. */
  readonly colour?: string;
  readonly logo?: string;
  readonly position: 'right' | 'left';
  readonly privacyUrl: string;
  readonly accessibilityUrl: string;
  /** Asked as soon as the chat is open. */
  readonly question?: string;
}

type Data = Readonly<Record<string, string | undefined>>;

const MAX_QUESTION_CHARS = 300;

/**
 * `data` are the attributes (`jobcenter`, `name`, `sprache`, `begruessung`, `farbe`, `logo`, `position`, `datenschutz`, `barrierefreiheit`, `frage`);
 * `address` is the page's: its `?frage=` opens the chat with a question unless `data-frage="aus"`.
 */
export function readSettings(data: Data, service: string, address: string): WidgetSettings {
  const language = LANGUAGES.find((each) => each === data['sprache']);
  const question = data['frage'] === 'aus' ? undefined : readQuestion(address);
  return {
    service,
    name: text(data['name']) ?? 'Jobcenter-Lotse',
    language: language ?? 'de',
    languageGiven: language !== undefined,
    position: data['position'] === 'links' ? 'left' : 'right',
    privacyUrl: webAddress(data['datenschutz'], address) ?? `${service}/widget/datenschutz.html`,
    accessibilityUrl: webAddress(data['barrierefreiheit'], address) ?? `${service}/widget/barrierefreiheit.html`,
    ...optional('jobcenter', /^[a-z0-9-]{1,64}$/.exec(data['jobcenter'] ?? '')?.[0]),
    ...optional('greeting', text(data['begruessung'])),
    ...optional('colour', /^#[0-9a-f]{6}$/i.exec(data['farbe'] ?? '')?.[0]),
    ...optional('logo', webAddress(data['logo'], address)),
    ...optional('question', question),
  };
}

/** The address of the service: where this script came from, without its name. */
export function serviceOf(scriptAddress: string): string {
  return new URL('.', scriptAddress).href.replace(/\/$/, '');
}

function readQuestion(address: string): string | undefined {
  const question = new URL(address).searchParams.get('frage')?.trim() ?? '';
  return question === '' ? undefined : question.slice(0, MAX_QUESTION_CHARS);
}

function text(value: string | undefined): string | undefined {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? undefined : trimmed.slice(0, 200);
}

function webAddress(value: string | undefined, base: string): string | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  try {
    const url = new URL(value, base);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}
