/**
 * BM25 over question variants: interned terms, postings in typed arrays, dense scratch scores, early termination.
 * An entry scores by its best variant; the answer text is a field of its own with a smaller say. Knows no channel and no YAML.
 * Index shape: term → range in [variant…] / [tf in twentieths…] (parallel, ascending), entry → first variant, variant → entry, length, mass.
 * Nothing of an entry's text or terms is kept but its postings: whether a variant has a term is looked up in them (90 MB at 100,000 entries).
 * Source: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework"; idf over entries, not variants.
 */
import type { Term } from './analyzer';
import { runSteps, type Steps } from './steps';

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

/** Number of a term in the index. */
export type TermId = number;

export interface LexicalIndex {
  readonly entryCount: number;
  readonly variantCount: number;
  /** Undefined for a term no entry has. */
  termId(term: string): TermId | undefined;
  /** idf of a term over entries; unknown terms get the highest. */
  idf(term: string): number;
  /** Position of an entry's first variant among all variants. */
  firstVariant(entry: number): number;
  entryOf(variant: number): number;
  variantHas(variant: number, term: TermId): boolean;
  /** Whether any variant of the entry has the term; the answer does not count. */
  entryHas(entry: number, term: TermId): boolean;
  /** Sum of weight · idf over the terms of a variant. */
  mass(variant: number): number;
  /** The best `limit` entries, best first, and behind them those of `also` that have any term of the question. */
  search(query: readonly Term[], limit: number, also?: ReadonlySet<number>): readonly LexicalHit[];
}

const K1 = 1.2;
const B = 0.5;
const ANSWER_WEIGHT = 0.25;
/** Postings looked at per question; rarest terms first, so that what is cut is what says least. */
const POSTING_BUDGET = 8_000;

export function createLexicalIndex(entries: Iterable<IndexedEntry>): LexicalIndex {
  return runSteps(buildLexicalIndex(entries));
}

/** The same in steps, one per entry. */
export function* buildLexicalIndex(entries: Iterable<IndexedEntry>): Steps<LexicalIndex> {
  const termIds = new Map<string, TermId>();
  const builder = new PostingBuilder();
  const answerBuilder = new PostingBuilder();
  const starts: number[] = [];
  const lengths: number[] = [];
  const answerLengthList: number[] = [];
  const df: number[] = [];

  const intern = (term: string): TermId => {
    const id = termIds.get(term);
    if (id !== undefined) return id;
    termIds.set(flat(term), termIds.size);
    df.push(0);
    return termIds.size - 1;
  };

  for (const { variants, answer } of entries) {
    const entry = starts.length;
    const seen = new Set<TermId>();
    starts.push(lengths.length);
    for (const variant of variants) {
      let length = 0;
      for (const [term, tf] of termFrequencies(variant)) {
        const id = intern(term);
        builder.add(id, lengths.length, tf);
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
    answerLengthList.push(answerLength);
    for (const id of seen) df[id] = (df[id] ?? 0) + 1;
    yield;
  }

  const entryCount = starts.length;
  const variantCount = lengths.length;
  const postings = builder.finish(termIds.size);
  const answerPostings = answerBuilder.finish(termIds.size);
  const firstVariants = Uint32Array.from([...starts, variantCount]);
  const entryOfVariant = new Uint32Array(variantCount);
  for (let entry = 0; entry < entryCount; entry++)
    entryOfVariant.fill(entry, firstVariants[entry], firstVariants[entry + 1]);
  const variantNorms = lengthNorms(lengths);
  const answerNorms = lengthNorms(answerLengthList);

  const idfOf = (id: TermId | undefined): number => {
    const n = id === undefined ? 0 : (df[id] ?? 0);
    return Math.log(1 + (entryCount - n + 0.5) / (n + 0.5));
  };
  const masses = new Float32Array(variantCount);
  for (let id = 0; id < termIds.size; id++) {
    const idf = idfOf(id);
    for (let i = postings.starts[id]!; i < postings.starts[id + 1]!; i++)
      masses[postings.ids[i]!]! += (postings.twentieths[i]! / 20) * idf;
  }

  const variantScores = new Float32Array(variantCount);
  const answerScores = new Float32Array(entryCount);
  const bestScores = new Float32Array(entryCount);
  const sums = new Float32Array(entryCount);
  const bestVariants = new Uint32Array(entryCount);
  const touchedVariants = new Uint32Array(variantCount);
  const touchedEntries = new Uint32Array(entryCount);
  const isTouched = new Uint8Array(entryCount);

  return {
    entryCount,
    variantCount,
    termId: (term) => termIds.get(term),
    idf: (term) => idfOf(termIds.get(term)),
    firstVariant: (entry) => firstVariants[entry] ?? 0,
    entryOf: (variant) => entryOfVariant[variant] ?? 0,
    variantHas(variant, term) {
      const at = lowerBound(postings, term, variant);
      return at < postings.starts[term + 1]! && postings.ids[at] === variant;
    },
    entryHas(entry, term) {
      const at = lowerBound(postings, term, firstVariants[entry] ?? 0);
      return at < postings.starts[term + 1]! && entryOfVariant[postings.ids[at]!] === entry;
    },
    mass: (variant) => masses[variant] ?? 0,
    search(query, limit, also) {
      const terms: { id: TermId; weight: number; size: number }[] = [];
      for (const [term, weight] of queryWeights(query)) {
        const id = termIds.get(term);
        if (id === undefined) continue;
        const size = sizeOf(postings, id) + sizeOf(answerPostings, id);
        terms.push({ id, weight: weight * idfOf(id) * (K1 + 1), size });
      }
      terms.sort((a, b) => a.size - b.size);

      let variantTouches = 0;
      let entryTouches = 0;
      let budget = POSTING_BUDGET;
      for (const { id, weight, size } of terms) {
        if (size > budget && entryTouches > 0) break;
        const { ids, twentieths } = postings;
        const end = Math.min(postings.starts[id + 1]!, postings.starts[id]! + budget);
        for (let i = postings.starts[id]!; i < end; i++) {
          const variant = ids[i]!;
          const tf = twentieths[i]! / 20;
          const before = variantScores[variant]!;
          variantScores[variant] = before + (weight * tf) / (tf + variantNorms[variant]!);
          if (before !== 0) continue;
          touchedVariants[variantTouches++] = variant;
          const entry = entryOfVariant[variant]!;
          if (isTouched[entry] === 0) {
            isTouched[entry] = 1;
            touchedEntries[entryTouches++] = entry;
          }
        }
        const { ids: answerIds, twentieths: answerTwentieths } = answerPostings;
        const answerEnd = Math.min(answerPostings.starts[id + 1]!, answerPostings.starts[id]! + budget);
        for (let i = answerPostings.starts[id]!; i < answerEnd; i++) {
          const entry = answerIds[i]!;
          const tf = answerTwentieths[i]! / 20;
          answerScores[entry]! += (weight * tf) / (tf + answerNorms[entry]!);
          if (isTouched[entry] === 0) {
            isTouched[entry] = 1;
            touchedEntries[entryTouches++] = entry;
          }
        }
        budget -= size;
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
      const others: LexicalHit[] = [];
      let floor = -Infinity;
      for (let i = 0; i < entryTouches; i++) {
        const entry = touchedEntries[i]!;
        const best = bestScores[entry]!;
        const answer = answerScores[entry]!;
        const score = best + ANSWER_WEIGHT * answer;
        const isAlso = also?.has(entry) === true;
        if (hits.length < limit || score > floor || isAlso) {
          const sum = sums[entry]! / Math.sqrt(Math.max(1, firstVariants[entry + 1]! - firstVariants[entry]!));
          // The best variant is left over from another question where only the answer has terms of this one.
          const variant = best > 0 ? bestVariants[entry]! : firstVariants[entry]!;
          const hit = { entry, score, best, sum, answer, variant };
          if (isAlso) others.push(hit);
          hits.push(hit);
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
      hits.length = Math.min(limit, hits.length);
      const found = new Set(hits);
      return [...hits, ...others.filter((hit) => !found.has(hit)).sort(byScore)];
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

/** What stands beside the term frequency below the fraction bar, by the length of each text. */
function lengthNorms(lengths: readonly number[]): Float32Array {
  const sum = lengths.reduce((total, length) => total + length, 0);
  const mean = sum === 0 ? 1 : sum / lengths.length;
  return Float32Array.from(lengths, (length) => K1 * (1 - B + (B * length) / mean));
}

interface Postings {
  /** Term t has the places starts[t] up to starts[t + 1]. */
  readonly starts: Uint32Array;
  /** Ascending within a term. */
  readonly ids: Uint32Array;
  /** Term frequency in twentieths: all weights of the analyzer are multiples of one; up to 12.75, where BM25 has long been flat. */
  readonly twentieths: Uint8Array;
}

function sizeOf({ starts }: Postings, term: TermId): number {
  return starts[term + 1]! - starts[term]!;
}

/** The first place of the term with an id of at least `id`. */
function lowerBound({ starts, ids }: Postings, term: TermId, id: number): number {
  let low = starts[term]!;
  let high = starts[term + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A copy without a parent: V8 keeps the whole text alive for a piece of it. */
export function flat(text: string): string {
  return text.split('').join('');
}

/** Collects postings in flat growing arrays and sorts them out by term at the end: no object per posting. */
class PostingBuilder {
  private terms = new Uint32Array(1024);
  private ids = new Uint32Array(1024);
  private twentieths = new Uint8Array(1024);
  private size = 0;

  /** Ids must come in ascending order. */
  add(term: TermId, id: number, tf: number): void {
    if (this.size === this.terms.length) this.grow();
    this.terms[this.size] = term;
    this.ids[this.size] = id;
    this.twentieths[this.size] = Math.min(255, Math.max(1, Math.round(tf * 20)));
    this.size += 1;
  }

  finish(termCount: number): Postings {
    const starts = new Uint32Array(termCount + 1);
    for (let i = 0; i < this.size; i++) starts[this.terms[i]! + 1]! += 1;
    for (let t = 0; t < termCount; t++) starts[t + 1]! += starts[t]!;
    const ids = new Uint32Array(this.size);
    const twentieths = new Uint8Array(this.size);
    const next = starts.slice();
    for (let i = 0; i < this.size; i++) {
      const at = next[this.terms[i]!]!++;
      ids[at] = this.ids[i]!;
      twentieths[at] = this.twentieths[i]!;
    }
    return { starts, ids, twentieths };
  }

  private grow(): void {
    const bigger = this.terms.length * 2;
    const terms = new Uint32Array(bigger);
    terms.set(this.terms);
    this.terms = terms;
    const ids = new Uint32Array(bigger);
    ids.set(this.ids);
    this.ids = ids;
    const twentieths = new Uint8Array(bigger);
    twentieths.set(this.twentieths);
    this.twentieths = twentieths;
  }
}
