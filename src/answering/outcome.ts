/**
 * What a turn means: one value per message, driving wording, metrics, evaluation and tests alike. A miss is a value.
 * Holds ids and facts, never sentences (those are in knowledge/texte and the entries).
 */
import type { IsoDate } from '../knowledge/model';

/** An entry, event or Jobcenter behind an outcome; confidence is calibrated, 0..1. */
export interface Ref {
  readonly id: string;
  readonly confidence: number;
}

/** How a score came about; printed by `ask --explain` and shown in the preview. */
export interface Explanation {
  readonly step: string;
  readonly lines: readonly string[];
}

/** What an event question asks for; every field narrows. */
export interface EventFilter {
  readonly jobcenters?: readonly string[];
  readonly town?: string;
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  readonly eventIds?: readonly string[];
}

/**
 * `still`: whether one can still go there, or it still takes place. `details`: something in particular, which the description or the details
 * answer; `unsaid`: something that neither does.
 */
export type EventAspect = 'all' | 'when' | 'where' | 'who' | 'still' | 'details' | 'unsaid';

/** Where in the wording of an entry something stands: lines of one of its fields, counted from 0. */
export interface Place {
  readonly of: 'answer' | 'more' | 'simple';
  readonly lines: readonly number[];
}

export type CommandName =
  | 'help'
  | 'menu'
  | 'back'
  | 'cancel'
  | 'restart'
  | 'human'
  | 'simple'
  | 'everyday'
  | 'language'
  | 'deleteData'
  | 'accessibility'
  | 'privacy'
  | 'more'
  | 'print'
  | 'source'
  | 'feedback'
  | 'guide';

export type SmalltalkName =
  'greeting' | 'thanks' | 'goodbye' | 'areYouHuman' | 'whoAreYou' | 'rudeness' | 'howAreYou' | 'yes' | 'no';

export type FallbackReason =
  'empty' | 'tooLong' | 'unintelligible' | 'outOfScope' | 'noneOfThese' | 'languageUnsupported' | 'unknownPlace';

interface Base {
  readonly entries: readonly Ref[];
  readonly explanation: readonly Explanation[];
  /** Kinds of personal data found in the message (already masked), e.g. `iban`. */
  readonly masked: readonly string[];
  /** Something a person must be told before the answer: they named a number that is a press office's. */
  readonly notice?: 'pressNumber';
  /** What else was asked in the same message; offered first. */
  readonly also?: readonly Choice[];
  /** Language of the message; `de` unless recognised with certainty. */
  readonly language: string;
}

export type AnswerOutcome =
  | (Base & {
      readonly kind: 'answer';
      readonly entryId: string;
      readonly follow?: boolean;
      /** Asked on about the last answer: where in it that stands; empty: it does not. Absent: nothing in particular was asked. */
      readonly places?: readonly Place[];
      /** `places` is empty: the entry that has what is asked for. */
      readonly elsewhere?: string;
      /** Entry of a need that was spoken of beside the question; offered first. */
      readonly need?: string;
      /** The day of a case from before or after a change, which falls under the version of that day. */
      readonly caseDay?: IsoDate;
    })
  | (Base & {
      readonly kind: 'events';
      readonly filter: EventFilter;
      readonly eventIds: readonly string[];
      readonly aspect: EventAspect;
      /** Nothing matched the filter: `eventIds` are the nearest ones. */
      readonly nearest: boolean;
      /** Something true that must be said with the list, e.g. `noneForJobcenter`. */
      readonly notes: readonly EventNote[];
      /** „Gab es …?“: only then is „Ja“ an answer. */
      readonly whether?: boolean;
      /** What is asked stands only in the details of the one event, or more is asked than was told of it. */
      readonly details?: boolean;
    })
  | (Base & {
      readonly kind: 'jobcenter';
      readonly jobcenterIds: readonly string[];
      /** The place as the person named it. */
      readonly place?: string;
      readonly status: 'found' | 'ambiguous' | 'unknown' | 'ask';
      /** It was named before; this message asks how to reach it. */
      readonly contact?: 'address' | 'phone' | 'hours' | 'mail';
      /** It is somebody else who lives there: not kept as the person's own. */
      readonly ofOther?: true;
      /** `ask`: the place asked for is not told, or why it is asked. */
      readonly why?: true;
    })
  | (Base & {
      readonly kind: 'clarify';
      readonly choices: readonly Choice[];
      readonly about: 'topic' | 'place' | 'event';
    })
  | (Base & {
      readonly kind: 'urgent';
      readonly urgentClass: string;
      readonly entryId: string;
      /** All of it was told just before: the first sentence and the numbers are enough. */
      readonly again?: true;
    })
  | (Base & { readonly kind: 'private'; readonly entryId?: string })
  | (Base & { readonly kind: 'smalltalk'; readonly name: SmalltalkName })
  | (Base & { readonly kind: 'command'; readonly name: CommandName; readonly argument?: string })
  | (Base & { readonly kind: 'fallback'; readonly reason: FallbackReason });

export type OutcomeKind = AnswerOutcome['kind'];

/** An outcome of that kind without what is the same for every message. */
export type Body<K extends OutcomeKind> = Omit<
  Extract<AnswerOutcome, { kind: K }>,
  'explanation' | 'masked' | 'language'
>;

/** What a step decides. */
export type AnyBody = { readonly [K in OutcomeKind]: Body<K> }[OutcomeKind] & {
  /** Where a step knows better than the message alone. */
  readonly language?: string;
};

export type EventNote =
  | { readonly name: 'noneInPeriod'; readonly from: IsoDate; readonly to: IsoDate }
  | { readonly name: 'noneForJobcenter'; readonly jobcenter: string }
  | { readonly name: 'placeUnknown'; readonly place: string }
  | { readonly name: 'noUpcoming' };

/** One offered choice: `value` is what a click sends. */
export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly value: string;
  /** The person asked for it; with several of them, the others stay open when one is chosen. */
  readonly asked?: true;
}

/** Who somebody has said to be, other than who asks for benefits. */
export type Role = 'landlord' | 'employer';

/** What the conversation so far contributes to the meaning of the next message. Plain JSON. */
export interface TurnContext {
  readonly today: IsoDate;
  readonly audience: 'citizens' | 'staff';
  readonly style: 'everyday' | 'simple';
  /** Chosen by the person; `de` by default. */
  readonly language: string;
  readonly jobcenter?: string;
  /** As it was told in the last answers. */
  readonly role?: Role;
  /** What the last answer was about. */
  readonly topic?:
    /** `caseDay`: the day of the case it was told for, where that was another than today's. */
    | { readonly kind: 'entry'; readonly id: string; readonly caseDay?: IsoDate }
    | { readonly kind: 'events'; readonly filter: EventFilter; readonly eventIds: readonly string[] }
    | { readonly kind: 'jobcenter'; readonly id: string };
  /** Choices offered in the last reply and still open. */
  readonly pending?: {
    readonly about: 'topic' | 'place' | 'event' | 'feedback';
    readonly choices: readonly Choice[];
    readonly question: string;
  };
}
