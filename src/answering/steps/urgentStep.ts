/**
 * Urgent need, before everything else: by the editors' phrases, or by a ranker that is sure. Refuses what an exception of the editors
 * takes back, and staff who want their own plan for a customer's emergency.
 */
import type { Entry, UrgentClass } from '../../knowledge/model';
import { isFunctionWord } from '../../search/german/functionWords';
import { tokenize } from '../../search/german/normalize';
import { hasEnglish } from '../language';
import type { AnyBody } from '../outcome';
import type { RankedEntry } from '../ranker';
import { LIFE_AT_RISK, type UrgencyDetector, type UrgentFind } from '../urgency';
import type { EntryFinder } from './entryFinder';
import { choiceOf, needOf } from './ofEntry';
import { refsOf, withFirst, type Step, type Turn } from './turn';

/** Without a phrase of the editors, only a ranker this sure makes a message urgent. */
const SURE_URGENT = 0.8;
const LIKELY_URGENT = 0.5;
/** A phrase of need that puts no life at risk gives way to a question understood this well: on gold questions it was always the right one. */
const SURE_OF_QUESTION = 0.8;
/** A shorter message that speaks of need is about it. */
const WORDS_FOR_A_QUESTION_BESIDE = 15;
/** „Ich kann nicht mehr, die Miete ist nicht bezahlt“: so long and so clear, the other matter is offered beside the help. */
const WORDS_FOR_A_MATTER_BESIDE = 10;
const SURE_OF_MATTER = 0.9;
/** Who it is was said before. */
const SPEAKS_OF_THE_SAME = /^(?:und |aber |ja |weil )*(?:er|sie|der|die) /;

/** The entry that ranks first, and how surely. */
interface Top {
  readonly entry: Entry;
  readonly confidence: number;
}

export function createUrgentStep(urgency: UrgencyDetector, entryOf: EntryFinder): Step {
  return (turn) => {
    const [best] = turn.ranking.entries;
    const top = topOf(best, best === undefined ? undefined : entryOf(best.id, turn.context));
    // Staff asking what to do in a customer's emergency want their own plan.
    if (top?.entry.audience === 'staff' && top.confidence >= LIKELY_URGENT) return undefined;
    const found = urgency.detect(turn.text);
    if (found !== undefined) return byPhrase(found, top, turn, urgency, entryOf);
    const need = top?.entry.urgent;
    // „veraltet“ has letters of „Gewalt“: one word that no editor listed is too little to send the police.
    const saysEnough = tokenize(turn.folded).filter((token) => !isFunctionWord(token)).length >= 2;
    return saysEnough &&
      isGerman(turn) &&
      top !== undefined &&
      need !== undefined &&
      top.confidence >= SURE_URGENT &&
      !urgency.takesBack(need, turn.text)
      ? needOf(need, top.entry.id, refsOf(turn.ranking))
      : undefined;
  };
}

/** „I live in“ has letters of „I want to live no more“: of another language the ranker knows too little to send for help. */
function isGerman({ language, context, text }: Turn): boolean {
  return language === 'de' && (context.language === 'de' || !hasEnglish(text));
}

function topOf(best: RankedEntry | undefined, entry: Entry | undefined): Top | undefined {
  return best === undefined || entry === undefined ? undefined : { entry, confidence: best.confidence };
}

/** What the reply before this message offered, or was about. */
function offeredBefore({ context }: Turn, entryOf: EntryFinder): readonly Entry[] {
  const { topic, pending } = context;
  const ids = [...(topic?.kind === 'entry' ? [topic.id] : []), ...(pending?.choices ?? []).map(({ id }) => id)];
  return ids.flatMap((id) => entryOf(id, context) ?? []);
}

/** The phrase says that it is urgent; unless a life is at risk, the ranker may know better which need it is, or that a question is asked. */
function byPhrase(
  { rule }: UrgentFind,
  top: Top | undefined,
  turn: Turn,
  urgency: UrgencyDetector,
  entryOf: EntryFinder,
): AnyBody {
  const { ranking, folded, text } = turn;
  const words = tokenize(folded).length;
  const told = (need: UrgentClass, entryId: string): AnyBody =>
    needOf(need, entryId, withFirst(entryId, 1, refsOf(ranking)));
  // „Er fasst mich an“ after „ich bin 17, mein Stiefvater …“: whoever was offered help for children is told that.
  const [young] =
    rule.class !== 'violence' || !SPEAKS_OF_THE_SAME.test(folded)
      ? []
      : offeredBefore(turn, entryOf).filter(({ urgent }) => urgent === 'child');
  if (young !== undefined) return told('child', young.id);
  if (top === undefined) return told(rule.class, rule.entryId);
  const { entry, confidence } = top;
  if (LIFE_AT_RISK.has(rule.class)) {
    // „papa schlägt mich“: violence by the phrase, a child by the rest of it.
    const child = rule.class === 'violence' && entry.urgent === 'child' && confidence >= LIKELY_URGENT;
    if (child) return told(entry.urgent, entry.id);
    const isMatterBeside =
      words >= WORDS_FOR_A_MATTER_BESIDE && entry.urgent === undefined && confidence >= SURE_OF_MATTER;
    return { ...told(rule.class, rule.entryId), ...(isMatterBeside ? { also: [choiceOf(entry)] } : {}) };
  }
  // „kein Geld mehr, und das Jobcenter geht nicht ans Telefon“ is no letter of farewell.
  if (entry.urgent !== undefined && confidence >= LIKELY_URGENT && !urgency.takesBack(entry.urgent, text))
    return told(entry.urgent, entry.id);
  // „Konto leer, Vermieter droht – kann ein Gericht das eilig entscheiden?“: the question is answered, help stands beside it.
  const asksMore = words >= WORDS_FOR_A_QUESTION_BESIDE;
  if (asksMore && entry.urgent === undefined && confidence >= SURE_OF_QUESTION)
    return { kind: 'answer', entryId: entry.id, need: rule.entryId, entries: refsOf(ranking) };
  return told(rule.class, rule.entryId);
}
