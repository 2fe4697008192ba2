/** Waits for what another process or a timer brings about. */

/** Resolves when it holds; fails after the time. */
export async function until(holds: () => Promise<boolean> | boolean, timeoutMs = 15_000): Promise<void> {
  const endMs = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > endMs) throw new Error(`Waited ${timeoutMs} ms in vain`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
