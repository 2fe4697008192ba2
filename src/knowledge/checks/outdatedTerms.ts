/**
 * Words and numbers of the law before 1 July 2026 in versions that apply afterwards, unless the sentence itself says that they are
 * past. Source: law-state.md, sections 3 and 8.3.
 */
import type { Draft } from '../draft';
import { finding, type Finding } from '../findings';
import type { IsoDate } from '../model';
import { passages } from './passages';
import { excerpt, sentences } from './sentences';

const REFORM: IsoDate = '2026-07-01';

const PAST =
  /früher|ehemals|damals|bisher|bis dahin|vorher|hieß|nicht mehr|abgeschafft|weggefallen|entfallen|ersetzt|abgelöst|Umstellung|umbenannt|löst .* ab|alte[nrsm]?\b|\bWort|Begriff|\bName|Bezeichnung|bis (zum |Ende |einschließlich )?(30\. ?(Juni|0?6\.)|Juni 2026)|vor dem 1\. ?(Juli|0?7\.)/i;

const TERMS: readonly { readonly term: RegExp; readonly with?: RegExp; readonly name: string; readonly proposal: string }[] = [
  { term: /Bürgergeld/, name: 'Bürgergeld', proposal: 'Schreiben Sie „Grundsicherungsgeld (früher Bürgergeld)“.' },
  { term: /Hartz[ -]?(IV|4)/i, name: 'Hartz IV', proposal: 'Schreiben Sie „Grundsicherungsgeld (früher Hartz IV)“.' },
  { term: /\bEGV\b|Eingliederungsvereinbarung/, name: 'Eingliederungsvereinbarung', proposal: 'Seit 1. Juli 2026 heißt es Kooperationsplan.' },
  { term: /\b40\.?000\b|vermoegen-alt-karenz/, name: '40.000', proposal: 'Die Vermögensgrenze der Karenzzeit gilt seit 1. Juli 2026 nicht mehr.' },
  {
    term: /\b10 ?(Prozent|%)/,
    with: /Meldevers|Termin|versäum|Minderung|gemindert|Sanktion/,
    name: '10 Prozent bei Meldeversäumnis',
    proposal: 'Seit 1. Juli 2026 bleibt das erste Mal ohne Minderung, danach sind es 30 Prozent.',
  },
  { term: /Schlichtung/, name: 'Schlichtungsverfahren', proposal: 'Es ist seit 1. Juli 2026 abgeschafft.' },
  { term: /§ ?16j\b/, name: '§ 16j', proposal: 'Prüfen Sie die Vorschrift.' },
];

export function outdatedTerms(draft: Draft, today: IsoDate): readonly Finding[] {
  const from = today > REFORM ? today : REFORM;
  return passages(draft).flatMap((passage) => {
    if (passage.version?.validUntil !== undefined && passage.version.validUntil < from) return [];
    const explained = new Set<string>();
    const outdated = new Map<string, Finding>();
    for (const sentence of sentences(passage.text)) {
      for (const { term, with: also, name, proposal } of TERMS) {
        if (!term.test(sentence) || also?.test(sentence) === false) continue;
        if (PAST.test(sentence)) explained.add(name);
        // Once the passage has said that a name is past, it may go on using it.
        else if (!explained.has(name) && !outdated.has(name)) {
          outdated.set(name, finding('warning', 'KB_OUTDATED_TERM', passage.at(), `„${name}“ steht in einer Fassung, die nach dem 30.06.2026 gilt: „${excerpt(sentence)}“`, proposal));
        }
      }
    }
    return [...outdated.values()];
  });
}
