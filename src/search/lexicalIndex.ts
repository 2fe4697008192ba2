/**
 * BM25 over question variants: interned terms, postings in typed arrays, dense scratch scores, early termination.
 * An entry scores by its best variant; the answer text is a field of its own with a smaller say. Knows no channel and no YAML.
 * Index shape: term → [variant…] / [tf…] (parallel), variant → entry, entry → answer length.
 * Source: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework"; idf over entries, not variants.
 */
import type { Term } from './analyzer';

/** The analysed form of one entry. */
export interface IndexedEntry {
  readonly variants: readonly (readonly Term[])[];
  readonly answer: readonly Term[];
}

export interface LexicalHit {
  /** Position of the entry in the order it was added. */
  readonly entry: number;
  readonly score: number;
  /** BM25 of the best variant. */
  readonly best: number;
  /** Sum over the variants, damped by their number. */
  readonly sum: number;
  readonly answer: number;
  /** Position of the best variant among all variants. */
  readonly variant: number;
}

export interface LexicalIndex {
  readonly entryCount: number;
  readonly variantCount: number;
  /** idf of a term over entries; unknown terms get the highest. */
  idf(term: string): number;
  /** The best `limit` entries, best first. */
  search(query: readonly Term[], limit: number): readonly LexicalHit[];
}

const K1 = 1.2;
const B = 0.5;
const ANSWER_WEIGHT = 0.25;
/** Postings looked at per question; rarest terms first, so that what is cut is what says least. */
const POSTING_BUDGET = 120_000;

interface Postings {
  readonly ids: Uint32Array;
  readonly tfs: Float32Array;
}

export function createLexicalIndex(entries: readonly IndexedEntry[]): LexicalIndex {
  const termIds = new Map<string, number>();
  const builder = new PostingBuilder();
  const answerBuilder = new PostingBuilder();
  const entryOf: number[] = [];
  const lengths: number[] = [];
  const answerLengths = new Float32Array(entries.length);
  const df: number[] = [];

  const intern = (term: string): number => {
    const id = termIds.get(term);
    if (id !== undefined) return id;
    termIds.set(term, termIds.size);
    df.push(0);
    return termIds.size - 1;
  };

  for (const [entry, { variants, answer }] of entries.entries()) {
    const seen = new Set<number>();
    for (const variant of variants) {
      const variantId = entryOf.length;
      entryOf.push(entry);
      let length = 0;
      for (const [term, tf] of termFrequencies(variant)) {
        const id = intern(term);
        builder.add(id, variantId, tf);
        length += tf;
        seen.add(id);
      }
      lengths.push(length);
    }
    let answerLength = 0;
    for (const [term, tf] of termFrequencies(answer)) {
      const id = intern(term);
      answerBuilder.add(id, entry, tf);
      answerLength += tf;
      seen.add(id);
    }
    answerLengths[entry] = answerLength;
    for (const id of seen) df[id] = (df[id] ?? 0) + 1;
  }

  const postings = builder.finish(termIds.size);
  const answerPostings = answerBuilder.finish(termIds.size);
  const entryOfVariant = Uint32Array.from(entryOf);
  const variantLengths = Float32Array.from(lengths);
  const meanLength = mean(variantLengths);
  const meanAnswerLength = mean(answerLengths);
  const variantsPerEntry = new Float32Array(entries.length);
  for (const entry of entryOfVariant) variantsPerEntry[entry] = (variantsPerEntry[entry] ?? 0) + 1;

  const variantScores = new Float32Array(entryOfVariant.length);
  const answerScores = new Float32Array(entries.length);
  const bestScores = new Float32Array(entries.length);
  const sums = new Float32Array(entries.length);
  const bestVariants = new Uint32Array(entries.length);
  const touchedVariants = new Uint32Array(entryOfVariant.length);
  const touchedEntries = new Uint32Array(entries.length);
  const isTouched = new Uint8Array(entries.length);

  const idfOf = (id: number | undefined): number => {
    const n = id === undefined ? 0 : (df[id] ?? 0);
    return Math.log(1 + (entries.length - n + 0.5) / (n + 0.5));
  };

  return {
    entryCount: entries.length,
    variantCount: entryOfVariant.length,
    idf: (term) => idfOf(termIds.get(term)),
    search(query, limit) {
      const terms: { id: number; weight: number; size: number }[] = [];
      for (const [term, weight] of queryWeights(query)) {
        const id = termIds.get(term);
        if (id === undefined) continue;
        const size = (postings[id]?.ids.length ?? 0) + (answerPostings[id]?.ids.length ?? 0);
        terms.push({ id, weight: weight * idfOf(id), size });
      }
      terms.sort((a, b) => a.size - b.size);

      let variantTouches = 0;
      let entryTouches = 0;
      let budget = POSTING_BUDGET;
      for (const { id, weight, size } of terms) {
        if (size > budget && entryTouches > 0) break;
        budget -= size;
        const list = postings[id];
        if (list !== undefined) {
          const { ids, tfs } = list;
          for (let i = 0; i < ids.length; i++) {
            const variant = ids[i]!;
            const tf = tfs[i]!;
            const score = (weight * tf * (K1 + 1)) / (tf + K1 * (1 - B + (B * variantLengths[variant]!) / meanLength));
            if (variantScores[variant] === 0) touchedVariants[variantTouches++] = variant;
            variantScores[variant]! += score;
            const entry = entryOfVariant[variant]!;
            if (isTouched[entry] === 0) {
              isTouched[entry] = 1;
              touchedEntries[entryTouches++] = entry;
            }
          }
        }
        const answers = answerPostings[id];
        if (answers !== undefined) {
          const { ids, tfs } = answers;
          for (let i = 0; i < ids.length; i++) {
            const entry = ids[i]!;
            const tf = tfs[i]!;
            answerScores[entry]! +=
              (weight * tf * (K1 + 1)) / (tf + K1 * (1 - B + (B * answerLengths[entry]!) / meanAnswerLength));
            if (isTouched[entry] === 0) {
              isTouched[entry] = 1;
              touchedEntries[entryTouches++] = entry;
            }
          }
        }
      }

      for (let i = 0; i < variantTouches; i++) {
        const variant = touchedVariants[i]!;
        const score = variantScores[variant]!;
        const entry = entryOfVariant[variant]!;
        sums[entry]! += score;
        if (score > bestScores[entry]!) {
          bestScores[entry] = score;
          bestVariants[entry] = variant;
        }
        variantScores[variant] = 0;
      }
      const hits: LexicalHit[] = [];
      let floor = -Infinity;
      for (let i = 0; i < entryTouches; i++) {
        const entry = touchedEntries[i]!;
        const best = bestScores[entry]!;
        const answer = answerScores[entry]!;
        const score = best + ANSWER_WEIGHT * answer;
        if (hits.length < limit || score > floor) {
          const sum = sums[entry]! / Math.sqrt(Math.max(1, variantsPerEntry[entry]!));
          hits.push({ entry, score, best, sum, answer, variant: bestVariants[entry]! });
          if (hits.length >= 4 * limit) {
            hits.sort(byScore);
            hits.length = limit;
            floor = hits[limit - 1]?.score ?? -Infinity;
          }
        }
        bestScores[entry] = 0;
        sums[entry] = 0;
        answerScores[entry] = 0;
        isTouched[entry] = 0;
      }
      hits.sort(byScore);
      return hits.slice(0, limit);
    },
  };
}

/** Ties go to the entry added first, so that the order is the same on every run. */
function byScore(a: LexicalHit, b: LexicalHit): number {
  return b.score - a.score || a.entry - b.entry;
}

function termFrequencies(terms: readonly Term[]): ReadonlyMap<string, number> {
  const tfs = new Map<string, number>();
  for (const { term, weight } of terms) tfs.set(term, (tfs.get(term) ?? 0) + weight);
  return tfs;
}

/** A term asked for twice counts once, with its larger weight. */
function queryWeights(terms: readonly Term[]): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const { term, weight } of terms) weights.set(term, Math.max(weights.get(term) ?? 0, weight));
  return weights;
}

function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 || sum === 0 ? 1 : sum / values.length;
}

/** Collects postings in flat growing arrays and sorts them out by term at the end: no object per posting. */
class PostingBuilder {
  private terms = new Uint32Array(1024);
  private ids = new Uint32Array(1024);
  private tfs = new Float32Array(1024);
  private size = 0;

  add(term: number, id: number, tf: number): void {
    if (this.size === this.terms.length) this.grow();
    this.terms[this.size] = term;
    this.ids[this.size] = id;
    this.tfs[this.size] = tf;
    this.size += 1;
  }

  finish(termCount: number): readonly Postings[] {
    const starts = new Uint32Array(termCount + 1);
    for (let i = 0; i < this.size; i++) starts[this.terms[i]! + 1]! += 1;
    for (let t = 0; t < termCount; t++) starts[t + 1]! += starts[t]!;
    const ids = new Uint32Array(this.size);
    const tfs = new Float32Array(this.size);
    const next = starts.slice();
    for (let i = 0; i < this.size; i++) {
      const at = next[this.terms[i]!]!++;
      ids[at] = this.ids[i]!;
      tfs[at] = this.tfs[i]!;
    }
    const lists: Postings[] = [];
    for (let t = 0; t < termCount; t++) {
      lists.push({ ids: ids.subarray(starts[t], starts[t + 1]), tfs: tfs.subarray(starts[t], starts[t + 1]) });
    }
    return lists;
  }

  private grow(): void {
    const bigger = this.terms.length * 2;
    const terms = new Uint32Array(bigger);
    terms.set(this.terms);
    this.terms = terms;
    const ids = new Uint32Array(bigger);
    ids.set(this.ids);
    this.ids = ids;
    const tfs = new Float32Array(bigger);
    tfs.set(this.tfs);
    this.tfs = tfs;
  }
}
