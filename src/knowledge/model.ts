/**
 * The knowledge base as readonly values: what the YAML files mean once they have been read and checked.
 * Knows no YAML and no German keys (schema.ts maps them); refuses to hold behaviour.
 */

/** `YYYY-MM-DD`, Europe/Berlin. */
export type IsoDate = string;
/** `YYYY-MM-DDTHH:MM` or `YYYY-MM-DD`, Europe/Berlin. */
export type IsoDateTime = string;

export type Audience = 'citizens' | 'staff' | 'both';
/** Certainty as in shared/domain/law-state.md: V1 official text … U unknown. */
export type Certainty = 'V1' | 'V2' | 'V3' | 'E' | 'H' | 'U';
/** Which date decides which version of an entry applies. */
export type Anchor = 'event' | 'approvalPeriod' | 'application' | 'calendarDay';
export type UrgentClass = 'suicide' | 'violence' | 'child' | 'hunger' | 'homeless' | 'eviction' | 'power' | 'theft' | 'medical';

/** Where something stands in the knowledge base; file relative to its root, line and column from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Source {
  readonly title: string;
  readonly url?: string;
  /** Date of the source or of the day it was seen. */
  readonly date?: IsoDate;
}

export interface Link {
  readonly title: string;
  readonly url: string;
}

/** One wording of an answer and the days on which it may be given. */
export interface AnswerVersion {
  readonly validFrom?: IsoDate;
  readonly validUntil?: IsoDate;
  /** Everyday German, the answer first. Markdown subset: paragraphs, `-` lists, `**bold**`, links. May hold `{betrag:id}`. */
  readonly answer: string;
  readonly more?: string;
  /** Einfache Sprache. */
  readonly simple?: string;
}

/** A reviewed translation of an answer, stale once the German original has changed. */
export interface Translation {
  readonly language: string;
  readonly answer: string;
  readonly asOf: IsoDate;
}

export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly audience: Audience;
  /** Question variants an editor would stand by; shown as suggestions. */
  readonly questions: readonly string[];
  /** Utterances as citizens type them; for matching only, never shown. */
  readonly examples: readonly string[];
  readonly keywords: readonly string[];
  readonly versions: readonly AnswerVersion[];
  readonly anchor: Anchor;
  readonly legalBasis: readonly string[];
  readonly sources: readonly Source[];
  /** "Stand": day of the last revision. */
  readonly asOf: IsoDate;
  readonly reviewBy: IsoDate;
  readonly certainty: Certainty;
  /** Evidence as in the catalogue, e.g. `A/C`; C, E and U mean that the expert check is outstanding. */
  readonly evidence?: string;
  readonly checkedBy: string | null;
  readonly seeAlso: readonly string[];
  readonly actions: readonly Link[];
  /** The answer needs facts of the own Jobcenter; the service adds who knows. */
  readonly local: boolean;
  readonly urgent?: UrgentClass;
  readonly translations: readonly Translation[];
  readonly origin: Origin;
}

/** An internal note on a citizens' entry; lives in the staff index only. */
export interface StaffNote {
  readonly entryId: string;
  readonly text: string;
  readonly origin: Origin;
}

export interface EventTime {
  readonly from: IsoDateTime;
  readonly to: IsoDateTime;
}

export interface CampaignEvent {
  readonly id: string;
  readonly title: string;
  readonly jobcenters: readonly string[];
  readonly place: { readonly name?: string; readonly town?: string };
  /** Days as the source states them; empty when the source gives none (then `timeNote` says so). */
  readonly times: readonly EventTime[];
  /** What the source says, or does not say, about the time. */
  readonly timeNote?: string;
  /** A contradiction in the source; always told. */
  readonly contradiction?: string;
  /** Whom the source names as invited; absent when it names nobody. */
  readonly audience?: string;
  readonly topics: readonly string[];
  readonly description: string;
  readonly details?: string;
  /** Same as `description` in Einfache Sprache. */
  readonly simple?: string;
  readonly sources: readonly Source[];
  readonly asOf: IsoDate;
  /** The nationwide week as a whole, not a single event. */
  readonly umbrella: boolean;
  readonly cancelled: boolean;
  /** Other names, for matching. */
  readonly names: readonly string[];
  readonly origin: Origin;
}

export interface Municipality {
  readonly name: string;
  readonly postcodes: readonly string[];
  /** Districts and short names that citizens use. */
  readonly otherNames: readonly string[];
}

export interface Jobcenter {
  readonly id: string;
  readonly name: string;
  readonly district: string;
  readonly otherNames: readonly string[];
  readonly kind: 'municipal';
  readonly state: string;
  readonly municipalities: readonly Municipality[];
  readonly web?: { readonly url: string; readonly seenOn: IsoDate };
  readonly phone?: string;
  /** Press contacts that sources name: never shown as a contact, told apart when a person quotes one. */
  readonly pressNumbers: readonly string[];
  readonly openingHours?: string;
  readonly remarks?: string;
  readonly sources: readonly Source[];
  readonly asOf: IsoDate;
  readonly origin: Origin;
}

/** An amount with its validity; past its end the answer says that no checked amount is known. */
export interface Parameter {
  readonly id: string;
  readonly label: string;
  readonly values: readonly {
    readonly value: number;
    readonly validFrom: IsoDate;
    readonly validUntil?: IsoDate;
    readonly source: string;
  }[];
  readonly unit: 'euro' | 'percent' | 'number';
}

export interface HelpNumber {
  readonly id: string;
  readonly label: string;
  readonly numbers: readonly string[];
  readonly note?: string;
  readonly source: string;
  readonly asOf: IsoDate;
}

/** How urgent need of one class is recognised and what is said before anything else. */
export interface UrgentRule {
  readonly class: UrgentClass;
  /** The entry that follows the help numbers. */
  readonly entryId: string;
  readonly helpNumbers: readonly string[];
  /** Said first, everyday language. */
  readonly opening: string;
  /** Phrases (any order inside a phrase; `|` alternatives, `*` prefix) that alone make a message urgent. */
  readonly triggers: readonly string[];
  /** Phrases that take a trigger back, e.g. „kann nicht mehr kommen“. */
  readonly exceptions: readonly string[];
  /** Phrases that only look like this need to the ranker, e.g. „oma kann nicht mehr“; they take no trigger back. */
  readonly lookalikes?: readonly string[];
}

/** What people want that no entry answers (events, small talk, „nothing of ours“), learned from examples. */
export interface Intent {
  readonly name: string;
  readonly examples: readonly string[];
}

export interface SynonymGroup {
  /** The word the knowledge base uses. */
  readonly term: string;
  readonly alternatives: readonly string[];
}

/** A guided way (application, letter received, …): steps with choices, declared by editors. */
export interface Guide {
  readonly id: string;
  readonly title: string;
  readonly triggers: readonly string[];
  readonly start: string;
  readonly steps: readonly GuideStep[];
  readonly origin: Origin;
}

export interface GuideStep {
  readonly id: string;
  readonly text: string;
  readonly simple?: string;
  readonly entryId?: string;
  readonly choices: readonly { readonly label: string; readonly next: string }[];
}

/** The service's own wording by key and language; `{name}` marks a place to fill. */
export type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What one Jobcenter changes about a base entry, or adds. */
export interface Overlay {
  readonly jobcenter: string;
  readonly entry: Entry;
  /** `asOf` of the base entry when the overlay was written; older than the base: stale. */
  readonly basedOn?: IsoDate;
}

export interface KnowledgeBase {
  /** Content hash; changes with every edit. */
  readonly version: string;
  /** Everything a citizen may see. */
  readonly entries: readonly Entry[];
  /** Never reachable from a citizen's turn. */
  readonly staffEntries: readonly Entry[];
  readonly staffNotes: readonly StaffNote[];
  readonly overlays: readonly Overlay[];
  readonly events: readonly CampaignEvent[];
  readonly jobcenters: readonly Jobcenter[];
  readonly parameters: readonly Parameter[];
  readonly helpNumbers: readonly HelpNumber[];
  readonly urgentRules: readonly UrgentRule[];
  readonly synonyms: readonly SynonymGroup[];
  readonly intents: readonly Intent[];
  readonly guides: readonly Guide[];
  readonly texts: Texts;
}
