/**
 * The documents hold: the table of settings is the one in the code, links lead somewhere, commands exist, error codes are explained.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { handbook, withSettings } from '../../src/cli/config';

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...['docs', 'deploymentTemplates'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.md$/i.test(file))
      .map((file) => join(folder, file)),
  ),
];

it('has the table of settings that the code has (npm run config)', () => {
  const text = readFileSync(handbook, 'utf8');
  expect(withSettings(text)).toBe(text);
});

it.each(documents)('%s has only links that lead somewhere', (document) => {
  const text = readFileSync(document, 'utf8').replace(/```[\s\S]*?```/g, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(([, a, b]) => a ?? b ?? '');
  for (const link of links.filter((each) => !/^(https?|mailto):/.test(each))) {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? document : join(dirname(document), file);
    expect([link, existsSync(target)]).toEqual([link, true]);
    if (anchor !== undefined && target.endsWith('.md'))
      expect([link, anchorsOf(target).includes(anchor)]).toEqual([link, true]);
  }
});

it('names only commands that package.json has', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  for (const document of documents) {
    const named = [...readFileSync(document, 'utf8').matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(
      ([, name = '']) => name,
    );
    for (const name of named) expect([document, name, name in scripts]).toEqual([document, name, true]);
  }
  for (const [name, command] of Object.entries(scripts)) {
    const file = /(?:tsx|node) (\S+\.(?:ts|mjs))/.exec(command)?.[1];
    if (file !== undefined) expect([name, existsSync(file)]).toEqual([name, true]);
  }
});

/** As GitHub makes them of headings. */
function anchorsOf(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

// CONTRIBUTING makes up a channel to show how one is added.
it.each(documents.filter((document) => document !== 'CONTRIBUTING.md'))(
  '%s names only files of ours that exist',
  (document) => {
    const text = readFileSync(document, 'utf8');
    const named = [
      ...text.matchAll(/`((?:src|dialogs|knowledge|test|scripts|bench|deploymentTemplates|docs)\/[\w./-]*)`/g),
    ];
    for (const [, file = ''] of named) expect([file, existsSync(file)]).toEqual([file, true]);
  },
);
