/**
 * Work in steps: a generator that yields where something else may run and returns what it made. Whoever serves meanwhile walks it slowly;
 * everybody else runs it to its end.
 */
export type Steps<T> = Generator<undefined, T>;

export function runSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
