/**
 * „Stimmt das?“, „das ist falsch“: a word about the last answer, in whatever words. By patterns alone; refuses what is said with the same words
 * of a letter of the office or of one's own case.
 */

/** Longer messages ask something of their own. */
const MAX_DOUBT_WORDS = 8;

const LEAD =
  '^(?:(?:und|aber|hm|hmm|na ja|naja|ach|echt|oh|ok|okay|nein|ne|nee|doch|hey|halt|moment|dann|also|sorry|entschuldigung|ja) )*';
const MARK = '(?: (?:denn|auch|so|jetzt|wirklich|echt|tatsachlich|uberhaupt|alles|ganz|genau|da|eigentlich|bitte))*';
const SOURCE: readonly RegExp[] = [
  new RegExp(`${LEAD}stimmt (?:das|es)${MARK}$`),
  new RegExp(`${LEAD}(?:(?:echt|wirklich) jetzt|ernsthaft|im ernst)$`),
  new RegExp(`${LEAD}ist das (?:auch |denn |wirklich |echt |tatsachlich )+so$`),
  new RegExp(`${LEAD}wer (?:sagt|behauptet) das${MARK}$`),
  new RegExp(
    `${LEAD}(?:hast du|haben sie|gibt es) (?:dafur |dazu )?(?:eine|einen) (?:quelle|beleg|nachweis)(?: (?:dafur|dazu))?$`,
  ),
  new RegExp(`${LEAD}(?:ist|war) das${MARK} (?:sicher|wahr|richtig|korrekt)$`),
  new RegExp(`${LEAD}(?:bist du|sind sie|seid ihr)(?: (?:dir|sich|euch))?${MARK} sicher$`),
  new RegExp(
    `${LEAD}(?:woher|von wo|wo) (?:weisst du|wissen sie|wisst ihr|hast du|haben sie|habt ihr) (?:das|die info|die infos)${MARK}(?: her)?$`,
  ),
  new RegExp(`${LEAD}woher (?:kommt|stammt|ist) (?:das|die info|die information|die auskunft|die antwort)${MARK}$`),
  new RegExp(
    `${LEAD}(?:wo|worauf) (?:steht|basiert|beruht|stutzt sich) (?:das|die antwort|die auskunft)${MARK}(?: geschrieben| im gesetz)?$`,
  ),
  new RegExp(
    `${LEAD}(?:in |auf )?(?:welche[rsnm]?|was ist (?:die|deine|ihre)|die|deine|ihre|nenne?n? sie (?:die|ihre|mir die)|nenn (?:mir )?(?:die|deine)|gibt es (?:dafur |dazu )?(?:eine|die))?(?:^| )?(?:quellen?|quellenangaben?|rechtsgrundlagen?)(?: (?:dafur|dazu|bitte|hast du|haben sie|ist das))*$`,
  ),
  new RegExp(
    `${LEAD}(?:von wann|wie aktuell) (?:ist|sind) (?:das|die info|die infos|die auskunft|die antwort|die angaben?)${MARK}$`,
  ),
];
/** A question by its mark alone: without it, „sicher“ is a yes. */
const SURELY = new RegExp(`${LEAD}(?:ganz |wirklich |auch )*(?:sicher|wirklich|echt|im ernst)$`);
const SOFT = '(?: (?:ja|gar|leider|doch|aber))*';
const WRONG: readonly RegExp[] = [
  new RegExp(`${LEAD}(?:das )?kann${SOFT} nicht (?:stimmen|sein|richtig sein)$`),
  new RegExp(`${LEAD}(?:das )?glaube?(?: ich)?(?: (?:dir|ihnen|das))*(?: ich)? nicht$`),
  new RegExp(
    `${LEAD}(?:das |mir )*(?:wurde|hat man)(?: (?:mir|das|aber))* (?:anders|was anderes|etwas anderes) (?:gesagt|erklart)$`,
  ),
  new RegExp(
    `${LEAD}(?:das|es) (?:stimmt${MARK}${SOFT} nicht|(?:ist|war)${MARK}${SOFT} (?:nicht (?:richtig|wahr|korrekt)|falsch|gelogen|quatsch|unsinn|blodsinn))(?= |$)`,
  ),
  new RegExp(`${LEAD}stimmt (?:doch |ja |gar |aber |so )*nicht$`),
  /\b(?:das |da |es )?(?:hast du|haben sie|hattest du|hatten sie|hast)(?: (?:das|mir|doch|aber|ja|eben|gerade|vorhin|vorher|grad))* (?:anders|was anderes|etwas anderes)(?: (?:gesagt|geschrieben|erzahlt|behauptet))*$/,
  /\b(?:ihre|deine|eure|die|diese|letzte) (?:letzte )?(?:antwort|auskunft|info|information)(?: (?:ist|war|stimmt))(?: (?:ja|doch|aber|leider|so|dann|einfach))* (?:falsch|nicht|nicht richtig|verkehrt|quatsch|unsinn)$/,
  /\b(?:war|ist) (?:ihre|deine|eure|die|diese) (?:letzte )?(?:antwort|auskunft)(?: (?:ja|doch|also|aber|leider|wohl|dann))* (?:falsch|nicht richtig|verkehrt)$/,
  new RegExp(
    `${LEAD}(?:da |jetzt )?(?:lugst du|du lugst|sie lugen|du irrst dich|sie irren sich|du liegst(?: da)? falsch|sie liegen(?: da)? falsch|irrst du dich|irren sie sich)$`,
  ),
  /\b(?:sagt|sagte|sagen|meint|behauptet|erzahlt)(?: (?:aber|da|mir|dazu|doch))* (?:was|etwas) (?:ganz )?anderes$/,
];
/** Of these somebody says with the same words that they are wrong, and it is no word about the chat. */
const OF_SOMETHING_ELSE =
  /\b(?:bescheid|brief|schreiben|berechn|gerechnet|rechnung|betrag|summe|adresse|name|termin|konto|kontonummer|geld|fair|gerecht|schuld|in ordnung|sachbearbeiter|meine frage|was ich|passt|uberein|stimmt nicht mit)/;

/** „Das stimmt nicht, ich habe alles abgegeben“ is about a letter of the office … */
const OWN_CASE = /\b(?:ich|wir|mein\w*|unser\w*|hab|habe|haben wir)\b/;
/** … unless it says from where the person knows better. */
const HEARD =
  /\b(?:gelesen|gehort|gesehen|weiss|wissen|denke|glaube|finde|gefunden|nachgeschaut|gegoogelt|erfahren|sagt|sagte|sagen|meint)\b/;

/** A word about the last answer: where it comes from, or that it is wrong. */
export function doubt(folded: string, text: string): 'source' | 'wrong' | undefined {
  if (folded.split(' ').length > MAX_DOUBT_WORDS) return undefined;
  if (SOURCE.some((pattern) => pattern.test(folded)) || (text.trimEnd().endsWith('?') && SURELY.test(folded)))
    return 'source';
  const [said] = WRONG.flatMap((pattern) => pattern.exec(folded) ?? []);
  if (said === undefined || OF_SOMETHING_ELSE.test(folded)) return undefined;
  const reason = folded.slice(folded.indexOf(said) + said.length);
  return OWN_CASE.test(reason) && !HEARD.test(reason) ? undefined : 'wrong';
}
