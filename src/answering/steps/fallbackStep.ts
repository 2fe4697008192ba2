/** Nothing fits: told apart is what cannot be read from what is not ours. Always knows, so it stands last. */
import type { Body } from '../outcome';
import type { Turn } from './turn';

/** Fewer words of the message than this are known: it cannot be read. */
const LEAST_KNOWN_SHARE = 0.34;

export function fallbackStep({ text, ranking }: Turn): Body<'fallback'> {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const isReadable = letters >= 2 && ranking.raw.analysis.knownShare >= LEAST_KNOWN_SHARE;
  return { kind: 'fallback', reason: isReadable ? 'outOfScope' : 'unintelligible', entries: [] };
}
