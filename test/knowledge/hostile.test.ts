/**
 * Whatever stands in a file, reading it ends in values: never an exception, and every finding has a place, a code and a German text.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { assemble } from '../../src/knowledge/assemble/assemble';
import { ADVISORY_RULES, INTEGRITY_RULES } from '../../src/knowledge/checks/rules';
import type { Finding } from '../../src/knowledge/findings';
import { parseYamlFile } from '../../src/knowledge/yamlFile';
import { SAMPLE_KNOWLEDGE } from '../support/tempKnowledge';

const PATHS = [
  'leistungen/termine.yaml',
  'personal/notizen.yaml',
  'aktionen/2019.yaml',
  'jobcenter/nrw.yaml',
  'oertlich/essen/termine.yaml',
  'parameter.yaml',
  'notfall.yaml',
  'synonyme.yaml',
  'wege/antrag.yaml',
  'texte/de.yaml',
];
const originals = PATHS.map((path) => ({ path, text: readFileSync(join(SAMPLE_KNOWLEDGE, path), 'utf8') }));

/** All files, one of them replaced. */
function examine(path: string, content: Uint8Array): readonly Finding[] {
  const read = originals.map((each) => parseYamlFile(each.path, each.path === path ? content : Buffer.from(each.text)));
  const { draft, findings } = assemble(read.map((each) => each.file));
  return [
    ...read.flatMap((each) => each.findings),
    ...findings,
    ...INTEGRITY_RULES.flatMap((rule) => rule(draft)),
    ...ADVISORY_RULES.flatMap((rule) => rule(draft, '2026-11-22')),
  ];
}

function expectUsable(findings: readonly Finding[]): void {
  for (const each of findings) {
    expect(each.line).toBeGreaterThanOrEqual(1);
    expect(each.column).toBeGreaterThanOrEqual(1);
    expect(each.code).toMatch(/^KB_[A-Z_]+$/);
    expect(each.message).toMatch(/\p{L}/u);
  }
}

const path = fc.constantFrom(...PATHS);

test('29 a file that was cut, doubled or scrambled in one place', () => {
  const piece = fc.constantFrom('', '\t', ': ', '- ', '[', '{', '"', "'", '|', '*', '&a', '!x', '---\n', '#', '?', '\n\n', '  ', 'null', '0', '~', '<<: ', '{betrag:', 'ä');
  fc.assert(
    fc.property(path, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40), piece, (which, share, cut, inserted) => {
      const text = originals.find((each) => each.path === which)?.text ?? '';
      const start = Math.floor(share * text.length);
      expectUsable(examine(which, Buffer.from(text.slice(0, start) + inserted + text.slice(start + cut))));
    }),
    { numRuns: 300 },
  );
});

test('any data at all, well-formed', () => {
  fc.assert(
    fc.property(path, fc.json({ maxDepth: 4 }), (which, json) => {
      expectUsable(examine(which, Buffer.from(json)));
    }),
    { numRuns: 200 },
  );
});

test('29 any bytes at all', () => {
  fc.assert(
    fc.property(path, fc.uint8Array({ maxLength: 200 }), (which, bytes) => {
      expectUsable(examine(which, bytes));
    }),
    { numRuns: 200 },
  );
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('23 the id %s is an id like any other or refused', (id) => {
  const text = originals[0]?.text.replaceAll('antrag-unterlagen', id) ?? '';
  expectUsable(examine('leistungen/termine.yaml', Buffer.from(text)));
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test.each(['wird ', 'a, dass ', '1', '§ 1. ', '[', '](', 'Bürgergeld', '<a ', '1.000,', '**', 'z. ', ', die x st', 'ge'])(
  'a passage full of „%s“ does not slow down the rules',
  (part) => {
    const passage = part.repeat(Math.floor(9_999 / part.length));
    const text = originals[0]?.text.replace('Geben Sie nur Kopien ab.', JSON.stringify(passage)) ?? '';
    const start = performance.now();
    const findings = examine('leistungen/termine.yaml', Buffer.from(text));
    // A guard against growth with the square (seconds), not a measurement: machines are loaded.
    expect(performance.now() - start).toBeLessThan(10_000);
    expectUsable(findings);
  },
);

test('a passage longer than anybody reads is refused', () => {
  const text = originals[0]?.text.replace('Geben Sie nur Kopien ab.', 'a '.repeat(6_000)) ?? '';
  expect(examine('leistungen/termine.yaml', Buffer.from(text)).map((each) => each.code)).toEqual(['KB_TEXT_TOO_LONG']);
});
