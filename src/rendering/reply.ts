/**
 * The channel-neutral reply: what is said, in blocks, before a channel's capabilities decide how.
 * Every block has a plain-text form (plainText.ts), so no channel loses anything.
 */
import type { Choice, OutcomeKind, Ref } from '../answering/outcome';
import type { IsoDate, IsoDateTime, Link, Source } from '../knowledge/model';

export interface EventView {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly where: string;
  readonly description: string;
  readonly contradiction?: string;
  readonly past: boolean;
  readonly start?: IsoDateTime;
  readonly end?: IsoDateTime;
  readonly mapQuery?: string;
  readonly sources: readonly Source[];
  readonly asOf: IsoDate;
}

export type Block =
  /** Markdown subset: paragraphs, `-` lists, `**bold**`, `[title](https://…)`. */
  | { readonly type: 'text'; readonly markdown: string }
  | { readonly type: 'heading'; readonly text: string }
  /** Opens on demand ("Mehr dazu"). */
  | { readonly type: 'details'; readonly title: string; readonly markdown: string }
  | { readonly type: 'notice'; readonly tone: 'help' | 'warning' | 'info'; readonly markdown: string }
  | { readonly type: 'events'; readonly events: readonly EventView[] }
  | { readonly type: 'links'; readonly links: readonly Link[] }
  /** "Stand", legal basis, sources, who checked it. */
  | {
      readonly type: 'provenance';
      readonly asOf: IsoDate;
      readonly legalBasis: readonly string[];
      readonly sources: readonly Source[];
      readonly remark?: string;
    }
  /** Staff only; never built for a citizen's turn. */
  | { readonly type: 'internal'; readonly markdown: string };

export interface Reply {
  readonly kind: OutcomeKind;
  readonly entries: readonly Ref[];
  /** BCP 47, e.g. `de`, `ar`. */
  readonly language: string;
  readonly blocks: readonly Block[];
  readonly choices: readonly Choice[];
  /** Present when the answer can be rated; the id of the entry. */
  readonly feedbackFor?: string;
}

/** What a channel can show; rendering goes by this, never by a channel's name. */
export interface Capabilities {
  readonly markdown: boolean;
  /** Suggested actions under the message. */
  readonly suggestedActions: boolean;
  readonly maxSuggestedActions: number;
  readonly adaptiveCards: boolean;
  /** The client understands `channelData.reply` (our widget). */
  readonly structuredReply: boolean;
  readonly maxChars: number;
}
