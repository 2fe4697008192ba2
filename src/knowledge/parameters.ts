/**
 * Amounts in answers: `{betrag:rbs1}` becomes „563 Euro“ as long as that value holds. Past its end the answer says that no checked
 * amount is known; last year's number never goes on.
 */
import type { IsoDate, Parameter } from './model';
import { isValidOn } from './versions';

export const AMOUNT = /\{betrag:([^{}]*)\}/g;

/** Fills every amount of a text as it stands on `day`. */
export function fillParameters(text: string, parameters: readonly Parameter[], day: IsoDate): string {
  return text.replace(AMOUNT, (_, id: string) => amountOn(parameters, id.trim(), day));
}

function amountOn(parameters: readonly Parameter[], id: string, day: IsoDate): string {
  const parameter = parameters.find((each) => each.id === id);
  const current = parameter?.values.find((each) => isValidOn(each, day));
  if (parameter === undefined || current === undefined) return `(für ${day.slice(0, 4)} liegt noch kein geprüfter Betrag vor)`;
  return formatAmount(current.value, parameter.unit);
}

/** „563 Euro“, „95,71 Euro“, „1.200 Euro“, „30 Prozent“; cents only where there are any. */
export function formatAmount(value: number, unit: Parameter['unit']): string {
  const digits = unit === 'euro' && !Number.isInteger(value) ? 2 : 0;
  const number = numberFormat(digits, unit === 'euro' ? digits : 2).format(value);
  return unit === 'euro' ? `${number} Euro` : unit === 'percent' ? `${number} Prozent` : number;
}

const numberFormats = new Map<string, Intl.NumberFormat>();
/** Made once each: making one takes longer than a whole answer's text. */
function numberFormat(least: number, most: number): Intl.NumberFormat {
  const key = `${least} ${most}`;
  const known = numberFormats.get(key) ?? new Intl.NumberFormat('de-DE', { minimumFractionDigits: least, maximumFractionDigits: most, useGrouping: true });
  numberFormats.set(key, known);
  return known;
}
