/**
 * Lets only so many pieces of work run at once, in the order of asking. Knows no keys and no errors: what the work throws, its caller gets.
 */
export type Lanes = <T>(work: () => Promise<T>) => Promise<T>;

export function createLanes(width: number): Lanes {
  const waiting: (() => void)[] = [];
  let free = width;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
