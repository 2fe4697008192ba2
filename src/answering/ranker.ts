/**
 * From a knowledge base to a search engine: which texts an entry is found by, which classes the classifier has, what is trained.
 * The public engine never holds a staff entry; the staff engine holds both. Refuses to read files (knowledge/modelFile.ts does).
 */
import { z } from 'zod';
import { entriesFor, staffEntriesFor } from '../knowledge/overlay';
import type { Entry, KnowledgeBase } from '../knowledge/model';
import { calibrate, DEFAULT_WEIGHTS, type Calibration, type CombinerWeights } from '../search/combiner';
import { FEATURE_NAMES } from '../search/candidateFeatures';
import { packClassifier, unpackClassifier, type Classifier } from '../search/classifier';
import { LotseError } from '../errors';
import { buildSearchEngine, type SearchDocument, type SearchEngine, type SearchResult } from '../search/searchEngine';
import { runSteps, type Steps } from '../search/steps';
import { DEFAULT_THRESHOLDS, type Thresholds } from './decision';

/** Everything `npm run train` learns; kept in a file beside the knowledge base. */
export interface RankerModel {
  readonly classifier?: Classifier;
  readonly weights: CombinerWeights;
  readonly calibration: Calibration;
  readonly thresholds: Thresholds;
}

export const UNTRAINED: RankerModel = {
  weights: DEFAULT_WEIGHTS,
  calibration: {
    points: [
      [0, 0],
      [1, 1],
    ],
  },
  thresholds: DEFAULT_THRESHOLDS,
};

const modelSchema = z.object({
  weights: z.object(
    Object.fromEntries(FEATURE_NAMES.map((name) => [name, z.number()])) as Record<
      (typeof FEATURE_NAMES)[number],
      z.ZodNumber
    >,
  ),
  calibration: z.object({ points: z.array(z.tuple([z.number(), z.number()])) }),
  thresholds: z.object({ answer: z.number(), offer: z.number(), none: z.number() }),
});

/** Reads what `formatRankerModel` wrote; throws LotseError `MODEL_UNREADABLE`. */
export function parseRankerModel(file: { readonly bytes: Uint8Array; readonly json: unknown }): RankerModel {
  const parsed = modelSchema.safeParse(file.json);
  if (!parsed.success)
    throw new LotseError('MODEL_UNREADABLE', 'modell/ranker.json does not fit; run `npm run train`.', {
      cause: parsed.error,
    });
  return { ...parsed.data, classifier: unpackClassifier(file.bytes) };
}

export function formatRankerModel(
  model: RankerModel,
  figures: object,
): { readonly bytes: Uint8Array; readonly json: object } {
  const { weights, calibration, thresholds, classifier } = model;
  return {
    bytes: classifier === undefined ? new Uint8Array() : packClassifier(classifier),
    json: {
      figures,
      thresholds,
      weights,
      calibration: {
        points: calibration.points.map(([raw, confidence]) => [roundFigure(raw), roundFigure(confidence)]),
      },
    },
  };
}

/** Four digits: what the model's file and its figures keep. */
export function roundFigure(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** Classes of the classifier that are no entry carry this mark, e.g. `-ereignisse`, `-none`. */
export const INTENT_MARK = '-';

/** How much of the belief that is not spent on other intents goes to „nothing of ours“, 0..1. */
export function noneShare(intents: SearchResult['intents']): number {
  let none = 0;
  let others = 0;
  for (const [name, probability] of intents) {
    if (name.startsWith(`${INTENT_MARK}none`)) none += probability;
    else others += probability;
  }
  return others >= 1 ? 0 : none / (1 - others);
}

export interface RankedEntry {
  readonly id: string;
  /** Calibrated, 0..1. */
  readonly confidence: number;
  readonly probability: number;
}

export interface Ranking {
  readonly entries: readonly RankedEntry[];
  /** Probability of an intent, 0 when the model does not know it. */
  intent(name: string): number;
  readonly topIntent: readonly [name: string, probability: number];
  readonly raw: SearchResult;
}

export interface Ranker {
  rank(question: string): Ranking;
  readonly engine: SearchEngine;
}

export function documentOf(entry: Entry): SearchDocument {
  const newest = entry.versions[entry.versions.length - 1];
  return {
    id: entry.id,
    title: entry.title,
    questions: entry.questions,
    examples: entry.examples,
    keywords: entry.keywords,
    answer: newest === undefined ? '' : `${newest.answer} ${newest.more ?? ''}`.replace(/\{[^}]*\}/g, ' '),
  };
}

export function createRanker(
  knowledge: KnowledgeBase,
  model: RankerModel,
  audience: 'citizens' | 'staff',
  jobcenter?: string,
  normalized?: (text: string) => string,
): Ranker {
  return runSteps(buildRanker(knowledge, model, audience, jobcenter, normalized));
}

/** The same in steps, for whoever serves meanwhile. `normalized`: another way to `normalize` the entries, e.g. one that remembers. */
export function* buildRanker(
  knowledge: KnowledgeBase,
  model: RankerModel,
  audience: 'citizens' | 'staff',
  jobcenter?: string,
  normalized?: (text: string) => string,
): Steps<Ranker> {
  const entries =
    audience === 'staff'
      ? [...entriesFor(knowledge, jobcenter), ...staffEntriesFor(knowledge, jobcenter)]
      : entriesFor(knowledge, jobcenter);
  const engine = yield* buildSearchEngine({
    documents: entries.map(documentOf),
    synonyms: knowledge.synonyms,
    weights: model.weights,
    otherTexts: knowledge.intents.flatMap(({ examples }) => examples),
    ...(normalized === undefined ? {} : { normalized }),
    ...(model.classifier === undefined ? {} : { classifier: model.classifier }),
  });
  return {
    engine,
    rank(question) {
      const raw = engine.search(question, 10);
      const intents = new Map(
        raw.intents.filter(([name]) => name.startsWith(INTENT_MARK)).map(([name, p]) => [name.slice(1), p]),
      );
      let topIntent: [string, number] = ['', 0];
      for (const [name, probability] of intents) if (probability > topIntent[1]) topIntent = [name, probability];
      return {
        entries: raw.hits.map(({ id, probability }) => ({
          id,
          probability,
          confidence: calibrate(model.calibration, probability),
        })),
        intent: (name) => intents.get(name) ?? 0,
        topIntent,
        raw,
      };
    },
  };
}
