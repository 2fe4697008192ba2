/**
 * The knowledge base while it is being examined: every item with the file it came from, so that a rule can point at any key of it.
 * Becomes a KnowledgeBase only when nothing is wrong (load.ts).
 */
import type {
  CampaignEvent,
  Entry,
  Guide,
  HelpNumber,
  Jobcenter,
  Origin,
  Overlay,
  Parameter,
  StaffNote,
  Intent,
  SynonymGroup,
  UrgentRule,
} from './model';
import type { Path, YamlFile } from './yamlFile';

/** A value of the model and where its German keys stand. */
export interface Located<T> {
  readonly value: T;
  readonly file: string;
  /** Place of the value under a German key path, e.g. `at('siehe_auch', 2)`; of the item itself without one. */
  readonly at: (...path: readonly (string | number)[]) => Origin;
}

export function located<T>(value: T, file: YamlFile, prefix: Path): Located<T> {
  return { value, file: file.path, at: (...path) => file.at([...prefix, ...path]) };
}

/** The text of one language: key → text, with the place of each. */
export interface LanguageTexts {
  readonly language: string;
  readonly file: YamlFile;
  readonly texts: readonly { readonly key: string; readonly text: string; readonly path: Path }[];
}

/** Every id that is written somewhere, readable or not: a broken entry must not turn all links to it into findings. */
export interface MentionedIds {
  readonly entries: ReadonlySet<string>;
  readonly jobcenters: ReadonlySet<string>;
  readonly parameters: ReadonlySet<string>;
  readonly helpNumbers: ReadonlySet<string>;
}

export interface Draft {
  readonly entries: readonly Located<Entry>[];
  readonly staffEntries: readonly Located<Entry>[];
  readonly staffNotes: readonly Located<StaffNote>[];
  /** `keys`: the German keys the overlay itself gives. */
  readonly overlays: readonly (Located<Overlay> & { readonly keys: readonly string[]; readonly base: Entry | undefined })[];
  readonly events: readonly Located<CampaignEvent>[];
  readonly jobcenters: readonly Located<Jobcenter>[];
  readonly parameters: readonly Located<Parameter>[];
  readonly helpNumbers: readonly Located<HelpNumber>[];
  readonly urgentRules: readonly Located<UrgentRule>[];
  readonly synonyms: readonly Located<SynonymGroup>[];
  readonly intents: readonly Located<Intent>[];
  readonly guides: readonly Located<Guide>[];
  readonly texts: readonly LanguageTexts[];
  readonly ids: MentionedIds;
  /** False when a file could not be read at all: what it holds is unknown, so rules about missing things stay silent. */
  readonly complete: boolean;
}
