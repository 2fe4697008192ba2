/**
 * What has been overtaken by a change of its German or general original: local wordings, translations, texts of the service.
 */
import type { Draft, LanguageTexts } from '../draft';
import { didYouMean, finding, type Finding } from '../findings';
import { entryItems, isOwn } from './passages';

export function staleOverlays(draft: Draft): readonly Finding[] {
  return draft.overlays.flatMap((overlay) => {
    const { basedOn, jobcenter } = overlay.value;
    if (overlay.base === undefined || basedOn === undefined || basedOn >= overlay.base.asOf) return [];
    const { id, asOf, origin } = overlay.base;
    return [
      finding(
        'warning',
        'KB_STALE_OVERLAY',
        overlay.at('beruht_auf'),
        `Die Fassung von „${id}“ für ${jobcenter} beruht auf dem Stand ${basedOn}; der allgemeine Eintrag (${origin.file}:${origin.line}) hat den Stand ${asOf}.`,
        'Vergleichen Sie beide und setzen Sie „beruht_auf“ neu.',
      ),
    ];
  });
}

export function staleTranslations(draft: Draft): readonly Finding[] {
  return entryItems(draft).flatMap((item) =>
    (isOwn(item, 'uebersetzungen') ? item.value.translations : []).flatMap((translation, index) =>
      translation.asOf >= item.value.asOf
        ? []
        : [
            finding(
              'warning',
              'KB_STALE_TRANSLATION',
              item.at('uebersetzungen', index),
              `Die Übersetzung (${translation.language}) von „${item.value.id}“ hat den Stand ${translation.asOf}, der deutsche Text ${item.value.asOf}.`,
              'Bis sie geprüft ist, zeigt der Dienst den deutschen Text.',
            ),
          ],
    ),
  );
}

/** Keys that steer understanding or exist only in German. */
const GERMAN_ONLY = /^personal\.|\.(einfach|wert|woerter|personal)(\.|$)/;

export function staleTexts(draft: Draft): readonly Finding[] {
  const german = draft.texts.find((each) => each.language === 'de');
  if (german === undefined) return [];
  const originals = new Map(german.texts.map(({ key, text }) => [key, text]));
  return draft.texts.filter((each) => each !== german).flatMap((each) => [...missingTexts(each, originals), ...differingTexts(each, originals)]);
}

function missingTexts(language: LanguageTexts, originals: ReadonlyMap<string, string>): readonly Finding[] {
  const given = new Set(language.texts.map(({ key }) => key));
  // A language without a name is not spoken, only told so in a few sentences.
  if (originals.has('sprache.name') && !given.has('sprache.name')) return [];
  const missing = [...originals.keys()].filter((key) => !given.has(key) && !GERMAN_ONLY.test(key));
  if (missing.length === 0) return [];
  const named = missing.slice(0, 5).join(', ');
  const more = missing.length > 5 ? ` und ${missing.length - 5} weitere` : '';
  return [finding('warning', 'KB_TEXT_MISSING', language.file.at([]), `In dieser Sprache fehlen ${missing.length} Texte: ${named}${more}.`)];
}

/** Phrases that recognise a topic in another language have no German counterpart: German retrieval needs none. */
const OWN_PHRASES = /^thema\..+\.woerter$/;

function differingTexts(language: LanguageTexts, originals: ReadonlyMap<string, string>): readonly Finding[] {
  return language.texts.flatMap(({ key, text, path }) => {
    const original = originals.get(key);
    if (original === undefined) {
      if (OWN_PHRASES.test(key)) return [];
      return [finding('warning', 'KB_TEXT_UNKNOWN', language.file.at(path), `Den Text „${key}“ gibt es im Deutschen nicht.`, didYouMean(key, originals.keys()))];
    }
    if (places(original) === places(text)) return [];
    return [finding('warning', 'KB_TEXT_PLACEHOLDER', language.file.at(path), `„${key}“ hat andere Platzhalter (${places(text) || 'keine'}) als der deutsche Text (${places(original) || 'keine'}).`)];
  });
}

function places(text: string): string {
  return [...new Set(text.match(/\{[a-zA-Z]+\}/g) ?? [])].sort().join(' ');
}
