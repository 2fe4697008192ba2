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

/** Set where a block's language is not the reply's (German content inside a Turkish reply). */
interface InLanguage {
  readonly language?: string;
}

export type Block =
  /** Markdown subset: paragraphs, `-` lists, `**bold**`, `[title](https://…)`. */
  | (InLanguage & { readonly type: 'text'; readonly markdown: string })
  | (InLanguage & { readonly type: 'heading'; readonly text: string })
  /** Opens on demand ("Mehr dazu"). */
  | (InLanguage & { readonly type: 'details'; readonly title: string; readonly markdown: string })
  | (InLanguage & { readonly type: 'notice'; readonly tone: 'help' | 'warning' | 'info'; readonly markdown: string })
  | (InLanguage & { readonly type: 'events'; readonly events: readonly EventView[] })
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

/** The words a renderer needs around the blocks, already in the reply's language. */
export interface ReplyLabels {
  readonly asOf: string;
  readonly source: string;
  readonly map: string;
  readonly internal: string;
  readonly chooseHint: string;
  readonly moreHint: string;
  /** Title of the button that sends „mehr“. */
  readonly more?: string;
  readonly feedbackHint: string;
  readonly feedbackQuestion: string;
  readonly helpful: { readonly title: string; readonly value: string };
  readonly notHelpful: { readonly title: string; readonly value: string };
}

export interface Reply {
  readonly kind: OutcomeKind;
  readonly entries: readonly Ref[];
  /** BCP 47, e.g. `de`, `ar`. */
  readonly language: string;
  readonly blocks: readonly Block[];
  readonly choices: readonly Choice[];
  /** Present when the answer can be rated; the id of the entry. */
  readonly feedbackFor?: string;
  /** Set by composeReply; absent only in hand-made replies. */
  readonly labels?: ReplyLabels;
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
  /** A messenger: details and what does not fit into one message come when „mehr“ is said, instead of all at once. */
  readonly paged?: boolean;
}
