/**
 * axe-core on a page with everything WCAG 2.2 AA and its best practices; returns findings as readable lines.
 */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function axeFindings(page: Page): Promise<readonly string[]> {
  // Evaluated by the browser's own tools, so the page's policy need not allow it.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async (tags): Promise<readonly Violation[]> => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    // "Incomplete" results of colour contrast come from overlaps; the rule itself still fails what it can measure.
    return (await inPage.run({ runOnly: tags, resultTypes: ['violations'] })).violations;
  }, TAGS);
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n  ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join('\n  ')}`,
  );
}
