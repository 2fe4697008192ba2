/**
 * Dashboard and alerts name only what the service measures, and every alarm has its line in the runbook.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createMetrics } from '../../src/observability/metrics';

const folder = join('deploymentTemplates', 'observability');
interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}
const rules = (
  parse(readFileSync(join(folder, 'alerts.yaml'), 'utf8')) as { groups: { rules: Rule[] }[] }
).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(readFileSync(join(folder, 'dashboard.json'), 'utf8')) as {
  readonly panels: readonly {
    readonly id: number;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
  }[];
};
const expressions = [
  ...rules.map(({ expr }) => expr),
  ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
];

/** Name → labels, as declared; histograms also under their three names. */
function declared(): ReadonlyMap<string, readonly string[]> {
  const all = createMetrics({ processMetrics: true }).registry.getMetricsAsArray();
  return new Map(
    all.flatMap((metric) => {
      const labels = 'labelNames' in metric && Array.isArray(metric.labelNames) ? metric.labelNames.map(String) : [];
      const names = [metric.name, ...['_bucket', '_count', '_sum'].map((end) => `${metric.name}${end}`)];
      return names.map((name) => [name, labels] as const);
    }),
  );
}

it('asks only for what the service measures, by labels it has', () => {
  const known = declared();
  const free = ['instance', 'job', 'le'];
  let asked = 0;
  for (const expression of expressions) {
    for (const [, name = '', selector = ''] of expression.matchAll(/\b((?:lotse|process)_[a-z_]+)(?:\{([^}]*)\})?/g)) {
      asked += 1;
      expect([...known.keys()]).toContain(name);
      const labels = [...selector.matchAll(/(\w+)\s*(?:=~|!=|=)/g)].map(([, label = '']) => label);
      for (const label of labels.filter((each) => !free.includes(each)))
        expect([name, known.get(name)]).toEqual([name, expect.arrayContaining([label])]);
    }
    const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(', '));
    const labelsHere = [...expression.matchAll(/\b(lotse_[a-z_]+)/g)].flatMap(([, name = '']) => known.get(name) ?? []);
    for (const label of grouped) expect([...labelsHere, ...free]).toContain(label);
  }
  expect(asked).toBeGreaterThan(25);
});

it('asks only for reasons, results and kinds that the code knows', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join('src', file), 'utf8'))
    .join('\n');
  const values = expressions.flatMap((expression) =>
    [...expression.matchAll(/(?:reason|result|kind)=~?"([^"]+)"/g)].flatMap(([, words = '']) => words.split('|')),
  );
  expect(values.length).toBeGreaterThan(10);
  for (const value of new Set(values)) {
    const word = value.split('.').at(-1) ?? '';
    expect([
      value,
      sources.includes(`'${word}'`) || sources.includes(`'${value}'`) || new RegExp(`\\b${word}:`).test(sources),
    ]).toEqual([value, true]);
  }
});

it('has a line in the runbook for every alarm, and no line without one', () => {
  const runbook = readFileSync(join('docs', 'betrieb.md'), 'utf8');
  const lines = [...runbook.matchAll(/^\| `(Lotse\w+)` \|/gm)].map(([, name]) => name);
  expect(lines.sort()).toEqual(rules.map(({ alert }) => alert).sort());
  expect(runbook).toContain('## Zahlen und Alarme');
  for (const { labels, annotations, for: duration } of rules) {
    expect(['critical', 'warning']).toContain(labels.severity);
    expect(annotations.runbook).toBe('docs/betrieb.md#zahlen-und-alarme');
    expect(duration).toMatch(/^\d+m$/);
  }
});

it('has brackets that close and panels that do not cover each other', () => {
  for (const expression of expressions) {
    for (const [open, close] of [
      ['(', ')'],
      ['{', '}'],
      ['[', ']'],
    ] as const) {
      expect(expression.split(open).length).toBe(expression.split(close).length);
    }
  }
  const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
});
