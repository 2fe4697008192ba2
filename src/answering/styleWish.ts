/**
 * „Bitte in einfacher Sprache“, „leichte Sprache aus“: whether a message switches easy language on or off. By patterns alone; refuses a
 * question for a letter or a form in easy language, which is a topic.
 */

/** Longer messages ask something of their own. */
const MAX_OFF_WORDS = 8;
/** Said in passing, it may be longer. */
const MAX_ON_WORDS = 12;

const EASY = '(?:einfach|leicht)(?:e[rsnm]?)? (?:sprache|deutsch|modus|worte[rn]?|version)';
const OFF =
  'aus|weg|abschalten|ausschalten|abstellen|ausstellen|ausmachen|wegmachen|beenden|deaktivieren|stoppen|stopp|ende|off|raus|nicht mehr';
const EASY_OFF: readonly RegExp[] = [
  new RegExp(`^(?:bitte |wieder |jetzt )*ohne ${EASY}(?: bitte)?$`),
  new RegExp(
    `\\b${EASY}(?: (?:bitte|wieder|jetzt|kannst du|konnen sie|mach|schalt))* (?:ab|${OFF})(?: (?:machen|bitte|danke))*$`,
  ),
  new RegExp(`^(?:bitte |jetzt |und )*keine? ${EASY}(?: (?:mehr|bitte|danke|jetzt|verwenden|benutzen|schreiben))*$`),
  new RegExp(`\\b(?:will|mochte|brauche?|mag) (?:die |jetzt )*keine? ${EASY}(?: mehr| bitte| haben)*$`),
  /^(?:bitte )*nicht (?:mehr )?(?:so )?(?:einfach|leicht)(?: (?:bitte|mehr|schreiben|sprechen|reden|antworten|danke))*$/,
];
const EASY_ON = [
  new RegExp(`\\bbitte (?:(?:in|auf|mit|nur|alles|mir|das|antworten?|antworte|schreiben?|erklaren?|sie) )*${EASY}\\b`),
  new RegExp(`\\b${EASY} bitte$`),
];
/** A letter or a form in easy language is a topic, and so is whether there is any. */
const ASKS_FOR_EASY_TEXTS =
  /\b(?:gibt es|gibts|bescheid|brief|schreiben vom|formular|antrag|merkblatt|broschure|flyer|infoblatt)/;

/** Whether a message switches easy language on or off; in passing („ich verstehe schwer, leichte Sprache bitte“) only on. */
export function styleWish(folded: string): 'simple' | 'everyday' | undefined {
  const words = folded.split(' ').length;
  if (words <= MAX_OFF_WORDS && EASY_OFF.some((pattern) => pattern.test(folded))) return 'everyday';
  if (words > MAX_ON_WORDS || ASKS_FOR_EASY_TEXTS.test(folded)) return undefined;
  return EASY_ON.some((pattern) => pattern.test(folded)) ? 'simple' : undefined;
}
