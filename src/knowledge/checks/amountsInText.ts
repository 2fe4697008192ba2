/**
 * Euro amounts written out in a text: they stay when the law changes. Local texts may name one as long as they end on a day.
 */
import type { Draft } from '../draft';
import { finding, type Finding } from '../findings';
import { passages } from './passages';

/** „563 Euro“, „1.200,50 €“, „€ 25“; not „1-Euro-Job“, not „§ 5“. */
const WRITTEN_AMOUNT = /(?:\d[\d.]*(?:,\d+)?(?:\s|\u00a0)?(?:Euro|EUR|€)(?![\p{L}-]))|(?:€\s?\d[\d.,]*)/gu;

export function amountsInText(draft: Draft): readonly Finding[] {
  return passages(draft).flatMap((passage) => {
    if (passage.local && passage.version?.validUntil !== undefined) return [];
    return [...new Set([...passage.text.matchAll(WRITTEN_AMOUNT)].map(([written]) => written))].map((written) =>
      finding('warning', 'KB_AMOUNT_IN_TEXT', passage.at(), `Der Betrag „${written}“ steht als Zahl im Text.`, nearestParameter(draft, written)),
    );
  });
}

function nearestParameter(draft: Draft, written: string): string {
  const value = Number(written.replace(/[^\d,]/g, '').replace(',', '.'));
  const ids = draft.parameters.filter((each) => each.value.unit === 'euro' && each.value.values.some((one) => one.value === value)).map((each) => each.value.id);
  const [only, ...others] = ids;
  if (only !== undefined && others.length === 0) return `Schreiben Sie {betrag:${only}}.`;
  return `Schreiben Sie {betrag:kennung}; die Kennungen stehen in parameter.yaml${ids.length > 0 ? ` (${ids.join(', ')})` : ''}.`;
}
