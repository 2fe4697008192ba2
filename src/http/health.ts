/**
 * `/healthz`: the loop turns. `/readyz`: may traffic come? No while storage fails, while draining, or when nothing was ever loaded;
 * a rejected edit of the knowledge base keeps the last good one and stays ready, marked stale.
 */

export interface Readiness {
  readonly ready: boolean;
  readonly storage: 'ok' | 'failing';
  readonly draining: boolean;
  readonly knowledge: { readonly version: string; readonly stale: boolean } | null;
}

export interface ReadinessSources {
  readonly ping: () => Promise<void>;
  readonly draining: () => boolean;
  readonly knowledge: () => { readonly version: string; readonly stale: boolean } | undefined;
  /** A storage that does not answer within this time is failing. */
  readonly pingTimeoutMs: number;
}

export async function readiness(sources: ReadinessSources): Promise<Readiness> {
  const storage = (await pingWithin(sources)) ? 'ok' : 'failing';
  const draining = sources.draining();
  const knowledge = sources.knowledge() ?? null;
  return { ready: storage === 'ok' && !draining && knowledge !== null, storage, draining, knowledge };
}

async function pingWithin(sources: ReadinessSources): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, sources.pingTimeoutMs);
  });
  try {
    return await Promise.race([
      sources.ping().then(
        () => true,
        () => false,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
