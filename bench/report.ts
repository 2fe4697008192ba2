/** Writes results where people read them: a section of bench/README.md between its markers, and plots as SVG. Refuses to touch anything else. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';

const README = join(__dirname, 'README.md');
const INTRODUCTION =
  '# Benches\n\nMade by `npm run bench -- [matching|scale|storage]`; every section is written by the command, nothing by hand.\n';

export function writeSection(name: string, markdown: string): void {
  const before = existsSync(README) ? readFileSync(README, 'utf8') : INTRODUCTION;
  const start = `<!-- bench:${name} -->`;
  const end = `<!-- /bench:${name} -->`;
  const section = `${start}\n\n${markdown.trim()}\n\n${end}`;
  const from = before.indexOf(start);
  const to = before.indexOf(end);
  const after =
    from < 0 || to < 0
      ? `${before.trimEnd()}\n\n${section}\n`
      : before.slice(0, from) + section + before.slice(to + end.length);
  writeFileSync(README, after);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(3, title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Where and when: a figure without its machine says little. */
export function circumstances(): string {
  return `Measured ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, Node ${process.version}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, load ${(loadavg()[0] ?? 0).toFixed(1)} (other work ran beside it: build is processor time, a question the lesser of clock and processor time).`;
}

const COLOURS = ['#b00020', '#00639a', '#7a5c00', '#5b4ba0', '#00695c', '#8d3b72', '#444444', '#1b5e20'];
const text = (x: number, y: number, content: string, rest = ''): string =>
  `<text x="${x}" y="${y}" ${rest}>${escapeXml(content)}</text>`;

export interface Bar {
  readonly name: string;
  /** 0..1 each. */
  readonly values: readonly [clean: number, typos: number];
}

/** Two bars per engine: as written, with typos. */
export function barPlot(title: string, bars: readonly Bar[]): string {
  const left = 330;
  const width = 420;
  const parts = bars.flatMap(({ name, values }, i) => {
    const y = 50 + i * 40;
    return [
      text(left - 8, y + 18, name, 'text-anchor="end"'),
      ...values.map(
        (value, v) =>
          `<rect x="${left}" y="${y + v * 14}" width="${Math.round(value * width)}" height="12" fill="${v === 0 ? '#00639a' : '#b06a00'}"/>${text(left + Math.round(value * width) + 5, y + 10 + v * 14, percent(value), 'font-size="11"')}`,
      ),
    ];
  });
  return svg(left + width + 70, 60 + bars.length * 40, [
    text(10, 22, `${title} (blue: as written, brown: with phone typos)`, 'font-weight="bold"'),
    ...parts,
  ]);
}

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Both axes logarithmic. */
export function linePlot(title: string, xTitle: string, lines: readonly Line[]): string {
  const all = lines.flatMap(({ points }) => points);
  const lowest = (at: 0 | 1): number =>
    Math.floor(Math.log10(Math.min(...all.map((point) => Math.max(1e-2, point[at])))));
  const highest = (at: 0 | 1): number =>
    Math.ceil(Math.log10(Math.max(...all.map((point) => Math.max(1e-2, point[at])))));
  const [x0, x1, y0, y1] = [lowest(0), highest(0), lowest(1), highest(1)];
  const x = (value: number): number => Math.round(60 + ((Math.log10(value) - x0) / Math.max(1, x1 - x0)) * 400);
  const y = (value: number): number =>
    Math.round(320 - ((Math.log10(Math.max(1e-2, value)) - y0) / Math.max(1, y1 - y0)) * 270);
  const grid: string[] = [];
  for (let e = x0; e <= x1; e++)
    grid.push(
      `<line x1="${x(10 ** e)}" x2="${x(10 ** e)}" y1="50" y2="320" stroke="#ddd"/>`,
      text(x(10 ** e), 338, (10 ** e).toLocaleString('en'), 'text-anchor="middle"'),
    );
  for (let e = y0; e <= y1; e++)
    grid.push(
      `<line x1="60" x2="460" y1="${y(10 ** e)}" y2="${y(10 ** e)}" stroke="#ddd"/>`,
      text(52, y(10 ** e) + 4, `${10 ** e}`, 'text-anchor="end"'),
    );
  const drawn = lines.flatMap(({ name, points }, i) => {
    const colour = COLOURS[i % COLOURS.length] ?? '#000';
    return [
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map(([a, b]) => `${x(a)},${y(b)}`).join(' ')}"/>`,
      ...points.map(([a, b]) => `<circle cx="${x(a)}" cy="${y(b)}" r="3" fill="${colour}"/>`),
      text(475, 62 + i * 20, name, `fill="${colour}"`),
    ];
  });
  return svg(800, 365, [
    text(10, 22, title, 'font-weight="bold"'),
    ...grid,
    text(260, 358, xTitle, 'text-anchor="middle"'),
    ...drawn,
  ]);
}

function svg(width: number, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">\n<rect width="100%" height="100%" fill="#fff"/>\n${parts.join('\n')}\n</svg>\n`;
}

function escapeXml(content: string): string {
  return content.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
