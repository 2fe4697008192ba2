/**
 * Questions of a message that neither the answer nor what is offered beside it speaks of: „Wo gebe ich Unterlagen ab und wie lange dauert es?“.
 * They are offered in the person's own words, which claim nothing. Refuses whatever leans on another part, and messages that tell a story.
 */
import { hasSubject } from '../ellipsis';
import type { MessagePart } from '../multiIntent';
import { OWN_WORDS } from '../openQuestions';
import type { Choice } from '../outcome';
import { MASK } from '../personalData';
import { noneShare, type Ranker, type Ranking } from '../ranker';
import { normalize, tokenize } from '../../search/german/normalize';

/** Longer messages tell more than they ask. */
const MAX_TOKENS = 28;
/** How sure a question is of something else, and words alone. Chosen on the gold questions: two in a thousand are offered one. */
const SURE = { asked: 0.7, unasked: 0.95 } as const;
/** „Wo kann ich Unterlagen abgeben?“ is made of words that ask on, but says by itself what is meant. */
const SURE_WITHOUT_SUBJECT = 0.9;
/** What was told is not what this part asks for … */
const UNTOLD = 0.05;
/** … but what another part does. */
const TOLD = 0.3;
/** Belongs to nothing of ours. */
const MOST_NONE = 0.5;
const LEAST_TOKENS_OF_A_QUESTION = 3;
/** Points back at another part; „wie ist das mit“ does not. */
const POINTS_BACK =
  /\b(?:das|dafur|dagegen|dabei|damit|davon|daran|darauf|dazu|dann|es|er|ihn|ihm|sein\w*|da|so|sowas|dort|deren|dessen|diese\w*)\b/;
const POINTS_AHEAD = /^(?:(?:und|dann|da) )?(?:(?:was|wie) ist das mit )?/;

/** `offered`: ids that are told or offered already; `told`: what was told of the whole. */
export function lostQuestions(
  message: string,
  parts: readonly MessagePart[],
  ranker: Ranker,
  told: string,
  offered: ReadonlySet<string>,
): readonly Choice[] {
  const isUnasked = ({ isStatement, isKeywords }: MessagePart): boolean => isStatement || isKeywords;
  const unasked = parts.filter(isUnasked).length;
  const tellsStory = parts.some((part) => part.told !== part.asked) || (unasked > 0 && unasked < parts.length);
  if (tellsStory || message.includes(MASK) || tokenize(normalize(message)).length > MAX_TOKENS) return [];
  const read = parts.map((part) => ({ part, ranking: ranker.rank(part.asked) }));
  if (!read.some(({ ranking }) => beliefIn(told, ranking) >= TOLD)) return [];
  return read.flatMap(({ part, ranking }) => {
    const [top] = ranking.entries;
    const least = isUnasked(part) ? SURE.unasked : SURE.asked;
    const isLost =
      top !== undefined &&
      top.confidence >= least &&
      !offered.has(top.id) &&
      beliefIn(told, ranking) < UNTOLD &&
      noneShare(ranking.raw.intents) < MOST_NONE &&
      (hasSubject(part.asked) || top.confidence >= SURE_WITHOUT_SUBJECT) &&
      standsAlone(part.asked, isUnasked(part));
    return isLost ? [{ id: OWN_WORDS, title: `„${part.asked}“`, value: part.asked, asked: true as const }] : [];
  });
}

function standsAlone(asked: string, isUnasked: boolean): boolean {
  const folded = normalize(asked);
  return (
    !POINTS_BACK.test(folded.replace(POINTS_AHEAD, '')) &&
    (isUnasked || tokenize(folded).length >= LEAST_TOKENS_OF_A_QUESTION)
  );
}

function beliefIn(id: string, { entries }: Ranking): number {
  return entries.find((entry) => entry.id === id)?.confidence ?? 0;
}
