/**
 * Looks up the service's own sentences (knowledge/texte) by key, style and language, and fills their places.
 * Refuses to hold wording: a missing key is an error, found by the tests before anybody sees it.
 */
import { LotseError } from '../errors';
import type { Texts } from '../knowledge/model';
import type { ReplyView } from './view';

export type Places = Readonly<Record<string, string | number>>;
type Speech = Pick<ReplyView, 'knowledge' | 'style' | 'language'>;

/**
 * The sentence for `key`: Einfache Sprache where it is wanted and exists, the person's language, else German.
 * `say(view, 'jobcenter.gefunden', { ort: 'Ahlen', name: 'Jobcenter Kreis Warendorf' })`
 */
export function say(view: Speech, key: string, places: Places = {}): string {
  const found = wording(view, key);
  if (found === undefined) throw new LotseError('TEXT_MISSING', `No wording for ${key}`);
  return fill(found, places);
}

/** Whether the knowledge base has a German sentence for the key. */
export function hasWording(view: Speech, key: string): boolean {
  return lookUp(view.knowledge.texts, 'de', key) !== undefined;
}

/** What a button sends: always German, because that is what answering understands. */
export function sends(view: Speech, key: string): string {
  return lookUp(view.knowledge.texts, 'de', `${key}.wert`)?.trim() ?? say(view, key);
}

/** The phrases of a `.woerter` key, lower case. */
export function phrases(view: Speech, key: string): readonly string[] {
  const all = lookUp(view.knowledge.texts, 'de', `${key}.woerter`) ?? '';
  return all
    .split('|')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '');
}

/** Languages that have the service's own texts with the name each gives itself, German first. */
export function languagesOf(texts: Texts): readonly { readonly code: string; readonly name: string }[] {
  return Object.entries(texts['sprache.name'] ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => (a.code === 'de' ? -1 : b.code === 'de' ? 1 : a.code.localeCompare(b.code)));
}

function wording(view: Speech, key: string): string | undefined {
  const { texts } = view.knowledge;
  if (view.language !== 'de') return lookUp(texts, view.language, key) ?? lookUp(texts, 'de', key);
  return (view.style === 'simple' ? lookUp(texts, 'de', `${key}.einfach`) : undefined) ?? lookUp(texts, 'de', key);
}

function lookUp(texts: Texts, language: string, key: string): string | undefined {
  const byLanguage = Object.hasOwn(texts, key) ? texts[key] : undefined;
  return byLanguage !== undefined && Object.hasOwn(byLanguage, language) ? byLanguage[language]?.trim() : undefined;
}

function fill(text: string, places: Places): string {
  return text.replace(/\{([a-z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(places, name) ? String(places[name]) : whole,
  );
}
