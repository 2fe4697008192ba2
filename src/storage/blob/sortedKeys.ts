/**
 * Keys in code-unit order, in pieces of at most a thousand, so that a key finds its place in microseconds among a million.
 */
interface SortedKeys {
  add(key: string): void;
  remove(key: string): void;
  /** From the first key that is not below `from` (or, with `after`, is above it). */
  from(from: string, options?: { readonly after: boolean }): Iterable<string>;
}

const maxPiece = 1_024;

export function createSortedKeys(): SortedKeys {
  /** None is empty, but for the first one of no keys at all. */
  const pieces: string[][] = [[]];

  /** The last piece that begins at or below the key, or the first. */
  const pieceOf = (key: string): number => {
    const index = firstIndex(pieces.length, (at) => (pieces[at]?.[0] ?? '') > key);
    return Math.max(0, index - 1);
  };
  const placeIn = (piece: readonly string[], key: string): number =>
    firstIndex(piece.length, (at) => (piece[at] ?? '') >= key);

  return {
    add(key) {
      const index = pieceOf(key);
      const piece = pieces[index] ?? [];
      const place = placeIn(piece, key);
      if (piece[place] === key) return;
      piece.splice(place, 0, key);
      if (piece.length > maxPiece) pieces.splice(index + 1, 0, piece.splice(maxPiece / 2));
    },
    remove(key) {
      const index = pieceOf(key);
      const piece = pieces[index] ?? [];
      const place = placeIn(piece, key);
      if (piece[place] !== key) return;
      piece.splice(place, 1);
      if (piece.length === 0 && pieces.length > 1) pieces.splice(index, 1);
    },
    *from(from, { after } = { after: false }) {
      const first = pieceOf(from);
      for (let index = first; index < pieces.length; index += 1) {
        const piece = pieces[index] ?? [];
        for (let place = index === first ? placeIn(piece, from) : 0; place < piece.length; place += 1) {
          const key = piece[place] ?? '';
          if (!after || key !== from) yield key;
        }
      }
    },
  };
}

/** The first index for which it holds, of conditions that once they hold go on holding. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
