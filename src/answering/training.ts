/**
 * Learns everything the ranker has from the knowledge base alone: the classifier, the second-stage weights, the calibration and the
 * thresholds – the latter three on utterances left out of the former (three folds), half of them with phone typos. Deterministic.
 * Gold questions are never seen here. Refuses to write files (cli/train.ts does).
 */
import type { KnowledgeBase } from '../knowledge/model';
import { trainClassifier, type Classifier, type Sample } from '../search/classifier';
import {
  calibrate,
  combine,
  DEFAULT_WEIGHTS,
  learnCalibration,
  learnWeights,
  type CombinerSample,
  type CombinerWeights,
} from '../search/combiner';
import { textFeatures } from '../search/textFeatures';
import { createRandom } from '../search/random';
import { analyzerFor, createSearchEngine, type Hit, type SearchDocument, variantsOf } from '../search/searchEngine';
import { DEFAULT_THRESHOLDS, type Thresholds } from './decision';
import { EVENTS_INTENT } from './knownEntries';
import { documentOf, INTENT_MARK, noneShare, roundFigure, type RankerModel } from './ranker';
import { addTypos } from './typoNoise';

const FOLDS = 3;
const HELD_OUT_PER_FOLD = 1500;
/** Of a hundred held-out questions, at most this many may be answered with the wrong entry. */
const WRONG_PER_HUNDRED = 1;
/**
 * The model of the whole is surer than the models of two thirds the threshold is learned on; measured on gold questions, 0.85 answers
 * 92 % at once with 0.4 % wrong (docs/adr/0002).
 */
const HIGHEST_ANSWER_THRESHOLD = 0.9;
/** Of a hundred held-out questions that have an answer, at most this many may be turned away as none of ours. */
const REJECTED_PER_HUNDRED = 0.6;

export interface TrainingReport {
  readonly utterances: number;
  readonly classes: number;
  readonly heldOut: number;
  /** Top-1 on held-out utterances, half of them with typos; models trained on two thirds. */
  readonly top1: number;
  readonly amongThree: number;
  /** Expected calibration error, ten bins. */
  readonly calibrationError: number;
}

export interface Trained {
  readonly model: RankerModel;
  readonly report: TrainingReport;
}

interface Labelled {
  readonly label: string;
  readonly text: string;
}

interface HeldOut extends CombinerSample {
  readonly intentMass: number;
  readonly none: number;
}

export function trainRanker(knowledge: KnowledgeBase, onProgress: (step: string) => void = () => undefined): Trained {
  const documents = [...knowledge.entries, ...knowledge.staffEntries].map(documentOf);
  const intents = withEvents(knowledge);
  const random = createRandom(4711);

  const heldOut: HeldOut[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    onProgress(`Lernen ohne Teil ${fold + 1} von ${FOLDS}`);
    const kept = documents.map((document) => ({
      ...document,
      examples: document.examples.filter((_, i) => foldOf(i, document.examples.length) !== fold),
    }));
    const keptIntents = intents.map((intent) => ({
      ...intent,
      examples: intent.examples.filter((_, i) => i % FOLDS !== fold),
    }));
    const classifier = learnClasses(kept, keptIntents, knowledge);
    const engine = createSearchEngine({
      documents: kept,
      synonyms: knowledge.synonyms,
      weights: DEFAULT_WEIGHTS,
      classifier,
    });
    const left: Labelled[] = [
      ...documents.flatMap(({ id, examples }) =>
        examples.filter((_, i) => foldOf(i, examples.length) === fold).map((text) => ({ label: id, text })),
      ),
      ...intents.flatMap(({ name, examples }) =>
        examples.filter((_, i) => i % FOLDS === fold).map((text) => ({ label: INTENT_MARK + name, text })),
      ),
    ];
    const step = Math.max(1, Math.floor(left.length / HELD_OUT_PER_FOLD));
    onProgress(`Prüfen an Teil ${fold + 1} von ${FOLDS}`);
    for (let i = 0; i < left.length; i += step) {
      const sample = left[i];
      if (sample === undefined) continue;
      const text = (i / step) % 2 === 1 ? addTypos(sample.text, random) : sample.text;
      const { hits, intents: beliefs } = engine.search(text, 40);
      heldOut.push({
        candidates: hits.map(({ features }) => features),
        right: hits.findIndex(({ id }) => id === sample.label),
        intentMass: beliefs.reduce((sum, [, probability]) => sum + probability, 0),
        none: noneShare(beliefs),
      });
    }
  }

  onProgress('Gewichte und Kalibrierung');
  const weights = heldOut.length < 50 ? DEFAULT_WEIGHTS : learnWeights(heldOut);
  const outcomes = heldOut.map((sample) => judge(sample, weights));
  const calibration = learnCalibration(outcomes);
  const thresholds =
    heldOut.length < 50
      ? DEFAULT_THRESHOLDS
      : learnThresholds(outcomes.map((outcome) => ({ ...outcome, confidence: calibrate(calibration, outcome.raw) })));
  onProgress('Lernen am Ganzen');
  const classifier = learnClasses(documents, intents, knowledge);

  const questions = outcomes.filter(({ answerable }) => answerable);
  const confidences = outcomes.map(({ raw, right }) => ({ confidence: calibrate(calibration, raw), right }));
  return {
    model: { classifier, weights, calibration, thresholds },
    report: {
      utterances:
        documents.reduce((sum, document) => sum + variantsOf(document).length, 0) +
        intents.reduce((sum, { examples }) => sum + examples.length, 0),
      classes: classifier.classes.length,
      heldOut: questions.length,
      top1: roundFigure(questions.filter(({ right }) => right).length / Math.max(1, questions.length)),
      amongThree: roundFigure(questions.filter(({ among }) => among).length / Math.max(1, questions.length)),
      calibrationError: roundFigure(calibrationError(confidences)),
    },
  };
}

/** What editors write of an event is asked about in its own words: an event added today is recognised after the next training. */
function withEvents({ intents, events }: KnowledgeBase): KnowledgeBase['intents'] {
  const texts = events.flatMap(({ title, names, topics, description }) => [
    title,
    ...names,
    topics.join(' '),
    ...description.split(/(?<=[.!?])\s+/).filter((sentence) => sentence.length > 20),
  ]);
  return intents.map((intent) =>
    intent.name === EVENTS_INTENT ? { ...intent, examples: [...intent.examples, ...texts] } : intent,
  );
}

/** Utterances of one author stand together, so folds are blocks: what is left out is another hand's. */
function foldOf(index: number, count: number): number {
  return Math.floor((index * FOLDS) / count);
}

function learnClasses(
  documents: readonly SearchDocument[],
  intents: KnowledgeBase['intents'],
  knowledge: KnowledgeBase,
): Classifier {
  const analyzer = analyzerFor(
    documents,
    knowledge.synonyms,
    intents.flatMap(({ examples }) => examples),
  );
  const samples: Sample[] = [
    ...documents.flatMap((document) =>
      variantsOf(document).map((text) => ({ label: document.id, features: textFeatures(analyzer.analyze(text)) })),
    ),
    ...intents.flatMap(({ name, examples }) =>
      examples.map((text) => ({ label: INTENT_MARK + name, features: textFeatures(analyzer.analyze(text)) })),
    ),
  ];
  return trainClassifier(samples);
}

interface Judged {
  readonly raw: number;
  readonly right: boolean;
  readonly among: boolean;
  readonly answerable: boolean;
  readonly none: number;
}

function judge({ candidates, right, intentMass, none }: HeldOut, weights: CombinerWeights): Judged {
  // Nothing recognised, nothing proposed: that is no belief at all.
  if (candidates.length === 0) return { raw: 0, right: false, among: false, answerable: false, none };
  const scores = candidates.map((features) => combine(weights, features));
  const max = Math.max(...scores);
  const total = scores.reduce((sum, score) => sum + Math.exp(score - max), 0);
  const order = scores.map((_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  return {
    raw: (1 / total) * (1 - intentMass),
    right: order[0] === right,
    among: order.slice(0, 3).includes(right),
    answerable: right >= 0,
    none,
  };
}

/** The lowest confidence at which answering stays right often enough over all held-out questions. */
function learnThresholds(outcomes: readonly (Judged & { readonly confidence: number })[]): Thresholds {
  const sorted = [...outcomes].sort((a, b) => b.confidence - a.confidence);
  const allowed = (outcomes.length * WRONG_PER_HUNDRED) / 100;
  let wrong = 0;
  let answer = 0.99;
  for (const { confidence, right } of sorted) {
    if (!right) wrong += 1;
    if (wrong > allowed) break;
    answer = confidence;
  }
  const shares = outcomes
    .filter(({ answerable }) => answerable)
    .map(({ none }) => none)
    .sort((a, b) => b - a);
  const none = shares[Math.floor((shares.length * REJECTED_PER_HUNDRED) / 100)] ?? DEFAULT_THRESHOLDS.none;
  return {
    ...DEFAULT_THRESHOLDS,
    answer: roundFigure(Math.min(HIGHEST_ANSWER_THRESHOLD, Math.max(0.5, answer))),
    none: roundFigure(Math.min(0.9, Math.max(0.2, none))),
  };
}

function calibrationError(outcomes: readonly { readonly confidence: number; readonly right: boolean }[]): number {
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const inBin = outcomes.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin);
    if (inBin.length === 0) continue;
    const meanConfidence = inBin.reduce((sum, { confidence }) => sum + confidence, 0) / inBin.length;
    const accuracy = inBin.filter(({ right }) => right).length / inBin.length;
    error += (inBin.length / outcomes.length) * Math.abs(meanConfidence - accuracy);
  }
  return error;
}

/** Used by the preview and `--explain`: the features of a hit in the order of their say. */
export function weighedFeatures(
  weights: CombinerWeights,
  hit: Hit,
): readonly (readonly [name: string, value: number, say: number])[] {
  return Object.entries(hit.features)
    .map(([name, value]) => [name, value, value * weights[name as keyof CombinerWeights]] as const)
    .sort((a, b) => Math.abs(b[2]) - Math.abs(a[2]));
}
