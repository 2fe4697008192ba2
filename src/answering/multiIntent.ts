/**
 * A message of several matters (multi-intent), taken apart by its words alone: sentences, lines, lists, „außerdem“, „und wann …“. A sentence
 * that only describes belongs to the question beside it. Refuses to say what a part means, or whether two parts mean two things
 * (steps/otherMatters.ts does).
 */
import { normalize, tokenize } from '../search/german/normalize';

export interface MessagePart {
  /** What is asked or wanted, in the person's words. */
  readonly asked: string;
  /** The same after what was told about the situation. */
  readonly told: string;
  /** Neither a question nor a wish: a matter of its own only by „außerdem“ or in a list. */
  readonly isStatement: boolean;
  /** Only words, no sentence: „regelsatz? gez?“. */
  readonly isKeywords: boolean;
}

/** More are a story, not a list of questions; and each costs a search. */
const MAX_PARTS = 4;

/** Not after a number or a short word: „1. Dezember“, „z.B.“, „29.8.“. */
const SENTENCE_END = /(?<=[?!…;])\s*|(?<=\p{L}{3}["“)]?\.)\s+|\s*\n+\s*/u;
const LIST_MARK = /^\s*(?:[-*•–]|\(?\d{1,2}[.)]|\(?[a-e]\))\s+/;
/** Says that something else begins. */
const ANNOUNCES =
  /^(?:(?:und|aber|achja|ach ja|ja|so|ok|dann|ich|habe|hab|hatte|hätte) )*(?:außerdem|ausserdem|zusätzlich|ferner|des weiteren|desweiteren|weiterhin|nebenbei|übrigens|und dann noch|ach ja|noch (?:eine|ne|1|ein)(?: \p{L}+)? (?:frage|sache|anliegen)|noch (?:et)?was(?: anderes)?|(?:eine |ne )?(?:andere|zweite|weitere|nächste|dritte) frage|frage (?:eins|zwei|drei|[123])|erstens|zweitens|drittens)\b/iu;
const ANNOUNCES_WITHIN = /\b(?:außerdem|ausserdem|zusätzlich)\b/iu;
const CONNECTIVE = /^[\s:,–-]*(?:(?:und|un|aber|oder|also)\s+)?(?:(?:außerdem|ausserdem|zusätzlich)[\s:,]+)?/iu;
/** Where within a sentence something else may begin: a comma, an „und“. */
const JOINT = /,?\s+(?:und|un|u|sowie)(?:\s+auch)?\s+|,\s+|\s+[&+/]\s+|:\s+/giu;

const QUESTION_WORD =
  'wie|was|wat|wann|wan|wo|wer|wem|wen|welche[rsnm]?|warum|wieso|weshalb|wieviel|woher|wohin|wovon|womit|wofür|ob|bis wann|ab wann|für wen|zu wem|an wen|seit wann|in welche[rnm]';
const VERB =
  'darf|dürfen|kann|können|könnt|könnte|könnten|muss|müssen|müsst|soll|sollen|bekomm|bekomme|bekommen|bekommt|krieg|kriege|kriegen|kriegt|kriag|gibt|gibts|gibs|zahlt|zahlen|zahlts|bezahlt|bezahlen|übernimmt|übernehmen|übernehmt|zählt|zählen|gilt|gelten|hab|habe|haben|hat|bin|ist|sind|wird|werden|wirst|werde|steht|stehen|brauch|brauche|brauchen|braucht|gehört|gehören|hilft|helfen|helft|geht|läuft|bleibt|stimmt|verlier|verliere|reicht|lohnt|speichert|betrifft|dauert|kommt|kommen|dürft';
const SUBJECT =
  'ich|i|man|wir|er|sie|es|ihr|das|der|die|den|d|dem|mein\\p{L}*|unser\\p{L}*|ihre?|jemand|jobcenter|amt|mir|uns|sich|auch|da|dann|denn|dafür|noch|ein\\p{L}*|kein\\p{L}*|geld|nur|eigentlich|trotzdem|hier|dort|hilfe|sie';
const LEAD =
  '(?:(?:und|un|oder|aber|also|dann|ja|hallo|hi|hey|moin|bitte|danke|nun|jetzt|so|ok|okay|achja|ach|noch|kurze|frage|guten|tag|morgen|abend|grüß|gott|nur)[,:!.]?\\s+)*';
const ASKS = new RegExp(
  `^${LEAD}(?:(?:${QUESTION_WORD})(?![\\p{L}])|(?:${VERB})s?\\s+(?:${SUBJECT})(?![\\p{L}])|(?:gibts|gibs|zahlts)(?![\\p{L}]))`,
  'iu',
);
/** A wish says what is wanted without asking. */
const WANTS =
  /(?<!\p{L})(?:(?:ich|wir) (?:möchte|will|wollte|würde|brauche|brauch|benötige|benötigen|suche|bitte|hätte|frage|muss|wollen|möchten|brauchen)|möchte ich|will ich|wollte ich|brauche ich|brauch ich|benötige ich|bräuchte|teilen sie mir|sagen sie mir|bitte um|wüsste gern|brauche noch|brauch noch|brauche auch|hilfe\b.*\bgesucht)(?!\p{L})/iu;
const FINITE =
  /(?<!\p{L})(?:bin|ist|sind|habe?|haben|hat|hatte|wird|werden|wurde|kann|können|muss|müssen|darf|will|möchte|bekommen?|bekomme|kriege?|zahlt|zahlen|brauche?|kommt|gibt|geht|soll|läuft|wohne|arbeite|versteh|verstehe)(?!\p{L})/iu;

/** „regelsatz wie hoch“: in a few words, a question word may stand anywhere. */
const ASKS_WITHIN = new RegExp(`(?<!\\p{L})(?:${QUESTION_WORD})(?!\\p{L})`, 'iu');
const FEW_WORDS = 5;
/** „ich wollte noch fragen, ob …“: only leads to what is asked. */
const INTRODUCES =
  /^(?:(?:bitte|und|ich|wir|noch|auch|mal|gern|gerne|nur|kurz|einfach|sie|mir|uns|außerdem|ferner|hiermit|(?:möchte|wollte|würde|will|hätte|bitte|teilen|sagen|frage|habe|hab|wüsste|interessiert|um|auskunft|wissen|fragen|gewusst|mit|mich))(?:[\s,:.]+|$))+$/iu;
/** „Hab Fragen zu: Strom, Umzug“ */
const QUESTIONS_ABOUT = /^(?:ich\s+)?(?:hab|habe|hätte)\s+(?:\p{L}+\s+)?fragen?\s+(?:zu[mr]?|wegen|über)\s*:?\s*/iu;

/** Short messages of words alone may name several things: „nachhilfe und sportverein“. */
const MOST_KEYWORDS = 10;

/** The matters that a message may be of, in the order in which they are written; fewer than two where it is one. */
export function partsOf(message: string): readonly MessagePart[] {
  const units = unitsOf(message);
  const onlyKeywords =
    tokenize(normalize(message)).length <= MOST_KEYWORDS && units.every(({ asks, isKeywords }) => asks || isKeywords);
  const parts: MessagePart[] = [];
  let told: string[] = [];
  const close = (asked: string, isStatement: boolean, isKeywords = false): void => {
    parts.push({ asked, told: [...told, asked].join(' '), isStatement, isKeywords });
    told = [];
  };
  for (const { text, announced, asks, isKeywords, isListed } of units) {
    if (announced && told.length > 0) {
      const before = told.join(' ');
      told = [];
      close(before, true);
    }
    if (asks || (isKeywords && onlyKeywords)) close(text, false, !asks);
    else if (isListed) close(text, true);
    else told.push(text);
  }
  if (told.length > 0 && (parts.length === 0 || units.some(({ announced }) => announced))) {
    const rest = told.join(' ');
    told = [];
    close(rest, true);
  }
  return parts.length > MAX_PARTS ? parts.slice(0, MAX_PARTS) : parts;
}

interface Unit {
  readonly text: string;
  readonly announced: boolean;
  readonly asks: boolean;
  readonly isKeywords: boolean;
  readonly isListed: boolean;
}

function unitsOf(message: string): readonly Unit[] {
  return message
    .split(SENTENCE_END)
    .filter((sentence) => /\p{L}/u.test(sentence))
    .flatMap((sentence) => {
      const isListed = LIST_MARK.test(sentence);
      const text = sentence.replace(LIST_MARK, '').replace(QUESTIONS_ABOUT, '');
      const bare = text.replace(ANNOUNCES, '').replace(/^[\s:,–-]+/, '');
      const announced = bare !== text.trim() && ANNOUNCES.test(text);
      return clausesOf(announced && /\p{L}/u.test(bare) ? bare : text).map((clause, i, { length }) => ({
        text: clause.text.replace(CONNECTIVE, '').trim(),
        announced: (i === 0 && (announced || isListed || ANNOUNCES_WITHIN.test(clause.text))) || clause.announced,
        asks: asksOrWants(clause.text) || (i === length - 1 && /\?\s*$/.test(clause.text)),
        isKeywords: clause.isKeywords,
        isListed,
      }));
    });
}

function asksOrWants(text: string): boolean {
  if (INTRODUCES.test(text)) return false;
  return (
    ASKS.test(text) || WANTS.test(text) || (ASKS_WITHIN.test(text) && tokenize(normalize(text)).length <= FEW_WORDS)
  );
}

interface Clause {
  readonly text: string;
  readonly announced: boolean;
  readonly isKeywords: boolean;
}

/** A sentence, taken apart where a second question begins in it; or where words alone are listed. */
function clausesOf(sentence: string): readonly Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  for (const joint of sentence.matchAll(JOINT)) {
    const end = joint.index + joint[0].length;
    const rest = sentence.slice(end);
    const before = sentence.slice(from, joint.index);
    const announced = ANNOUNCES.test(rest);
    if (!announced && !ASKS.test(rest) && !/^(?:brauche?|benötige|suche) (?:noch|auch)\b/i.test(rest)) continue;
    if (tokenize(normalize(before)).length < 1) continue;
    clauses.push({ text: before, announced: false, isKeywords: false });
    from = announced ? end + (ANNOUNCES.exec(rest)?.[0].length ?? 0) : end;
  }
  const last = sentence.slice(from);
  if (/\p{L}/u.test(last)) clauses.push({ text: last.trim(), announced: false, isKeywords: false });
  const [only] = clauses;
  if (clauses.length !== 1 || only === undefined) return clauses;
  const isKeywords = !FINITE.test(sentence) && !ASKS.test(sentence);
  const named = isKeywords ? sentence.split(JOINT).filter((each) => /\p{L}{3}/u.test(each)) : [];
  return named.length > 1
    ? named.map((text) => ({ text, announced: false, isKeywords: true }))
    : [{ ...only, isKeywords }];
}
