/**
 * Finds personal data in a message and masks it: IBAN, BG number, insurance number, telephone, e-mail, birth date, card number.
 * The same patterns run in the browser before sending (src/widget/personalData.ts). Refuses to keep what it found.
 * Amounts, dates of events and postcodes are not personal data. Every pattern is linear in the length of the text.
 */

export type PersonalDataKind =
  'iban' | 'caseNumber' | 'insuranceNumber' | 'phone' | 'email' | 'birthDate' | 'cardNumber';

/** Stands where something was found. */
export const MASK = '[…]';

export interface Masked {
  /** The text with every find replaced by `MASK`. */
  readonly text: string;
  readonly kinds: readonly PersonalDataKind[];
}

/** Help numbers and office numbers the bot itself names are no secret of the person who quotes them. */
const PUBLIC_NUMBERS = /^(?:112|110|115|116117|116016|116111|116123|08001110111|08001110222|08001110550|061327871012)$/;

const PATTERNS: readonly { readonly kind: PersonalDataKind; readonly pattern: RegExp }[] = [
  { kind: 'email', pattern: /[\p{L}\d._%+-]{1,64}@[\p{L}\d.-]{1,180}\.\p{L}{2,12}/gu },
  { kind: 'iban', pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b/gi },
  // BG number: five digits, two slashes or BG, seven digits (e.g. 35504//0012345, 35504BG0012345) or "BG-Nr. …", customer number 123A456789.
  {
    kind: 'caseNumber',
    pattern:
      /\b\d{5} ?(?:\/{1,2}|bg) ?\d{5,8}\b|\b(?:bg|aktenzeichen|az|kundennummer|kunden-?nr|bg-?nr|bg-?nummer)[.: -]{0,3}(?:nr|nummer)?[.: -]{0,3}\d[\d/. -]{4,20}\d\b|\b\d{3}[A-Z]\d{6}\b/giu,
  },
  {
    kind: 'insuranceNumber',
    pattern: /\b\d{2} ?(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2} ?[A-Z] ?\d{3}\b|\b[A-Z]\d{9}\b/g,
  },
  { kind: 'cardNumber', pattern: /\b(?:\d{4}[ -]){3}\d{4}\b/g },
  {
    kind: 'birthDate',
    pattern:
      /\b(?:geb(?:oren|\.)?|geburtsdatum|geburtstag)(?: ist| am|:|\.)?[ :]{0,3}(?:am )?\d{1,2}\. ?(?:\d{1,2}\.|[a-zä]{3,9}) ?(?:\d{4}|\d{2})\b|\b\d{1,2}\.\d{1,2}\.(?:19[2-9]\d|200\d)\b/giu,
  },
  { kind: 'phone', pattern: /(?:\+\d{1,3}|\b00\d{1,3}|\b0)(?:[ /()-]{0,2}\d){6,13}\b/g },
];

/** „KW26 gibt eine Frage“ has the shape of an IBAN; every real one has ten digits at least. */
const IBAN_DIGITS = 10;

export function maskPersonalData(text: string): Masked {
  const kinds = new Set<PersonalDataKind>();
  let masked = text;
  for (const { kind, pattern } of PATTERNS) {
    masked = masked.replace(pattern, (find) => {
      if (kind === 'phone' && PUBLIC_NUMBERS.test(find.replace(/\D/g, ''))) return find;
      if (kind === 'iban' && find.replace(/\D/g, '').length < IBAN_DIGITS) return find;
      kinds.add(kind);
      return MASK;
    });
  }
  return { text: masked, kinds: [...kinds] };
}
