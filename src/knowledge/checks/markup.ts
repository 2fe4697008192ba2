/**
 * Texts hold a small Markdown subset (paragraphs, `- ` lists, `**bold**`, links). Everything else would be shown as typed; a link
 * that is not http(s) could run code and is an error.
 */
import type { Draft } from '../draft';
import { finding, type Finding } from '../findings';
import { passages } from './passages';

const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/<\/?[a-z][^>]*>/i, 'HTML'],
  [/^#{1,6} /m, 'eine Überschrift'],
  [/!\[[^\]]*\]\(/, 'ein Bild'],
  [/^\|.*\|/m, 'eine Tabelle'],
  [/^\s*\* /m, 'eine Liste mit „*“'],
];

export function unsafeLinks(draft: Draft): readonly Finding[] {
  return passages(draft).flatMap((passage) =>
    [...passage.text.matchAll(/\]\(\s*([^)\s]*)/g)].flatMap(([, target = '']) =>
      /^https?:\/\//.test(target) || /^tel:[+0-9-]+$/.test(target)
        ? []
        : [finding('error', 'KB_WRONG_URL', passage.at(), `Der Verweis führt nicht zu einer Internetadresse: „${target.slice(0, 60)}“.`, 'Er beginnt mit https://.')],
    ),
  );
}

export function foreignMarkup(draft: Draft): readonly Finding[] {
  return passages(draft).flatMap((passage) =>
    FOREIGN.filter(([pattern]) => pattern.test(passage.text)).map(([, name]) =>
      finding('warning', 'KB_MARKUP', passage.at(), `Der Text enthält ${name}; das zeigt der Dienst nicht an.`, 'Erlaubt sind Absätze, Listen mit „- “, **fett** und Verweise.'),
    ),
  );
}
