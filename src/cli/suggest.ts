/**
 * `npm run suggest [-- DATEI] [--knowledge ORDNER] [--patch ZIEL]`: proposed variants from what people asked and did not find, as a patch
 * of the YAML; and what staff reported. Reads the files the service writes (of questions only what at least five conversations asked).
 * Changes nothing.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createAnswering } from '../answering/answering';
import { berlinDate, systemClock } from '../clock';
import { readFolderTexts } from '../knowledge/spreadsheet/sheetFolder';
import { readClusters } from '../learning/clusterFile';
import type { Cluster } from '../learning/clusters';
import { readReports, REPORT_FILE, type ReportedAnswer } from '../learning/reportFile';
import { suggest } from '../learning/suggest';
import { openKnowledge } from './openKnowledge';

const USAGE = 'Aufruf: npm run suggest [-- .data/lernen.json] [--knowledge ORDNER] [--patch vorschlag.patch]';

function main(): number {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: { knowledge: { type: 'string', default: 'knowledge' }, patch: { type: 'string' } },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  const source = parsed.positionals[0] ?? '.data/lernen.json';
  section('Von Mitarbeitenden gemeldet', readReports(join(dirname(source), REPORT_FILE)).map(reported));
  if (!existsSync(source)) {
    console.log(
      `${source} gibt es noch nicht: Der Dienst schreibt die Datei, sobald fünf Gespräche dasselbe gefragt haben.`,
    );
    return 0;
  }
  const clusters = readClusters(source);
  if (clusters === undefined) {
    console.error(`${source} ist nicht lesbar. ${USAGE}`);
    return 1;
  }
  const result = openKnowledge(parsed.values.knowledge);
  if ('error' in result) {
    for (const line of result.error) console.error(line);
    return 1;
  }
  const { knowledge, model } = result.opened;
  const mind = { knowledge, answering: createAnswering(knowledge, { model }) };
  const files = readFolderTexts(parsed.values.knowledge);
  const { patch, proposed, unplaced, unhelpful } = suggest(clusters, mind, files, berlinDate(systemClock.nowMs()));

  section(
    'Vorschläge',
    proposed.map(({ cluster, entryId }) => `${line(cluster)} → ${entryId}`),
  );
  section('Kein Thema passt (fehlt eines?)', unplaced.map(line));
  section(
    'Antwort half nicht',
    unhelpful.map(({ cluster, entryIds }) => `${line(cluster)} → ${entryIds.join(', ')}`),
  );
  if (patch === '') return 0;
  if (parsed.values.patch === undefined) console.log(`\n${patch}`);
  else {
    writeFileSync(parsed.values.patch, patch);
    console.log(
      `\n${parsed.values.patch} geschrieben; übernehmen: git apply --directory=${parsed.values.knowledge} ${parsed.values.patch}`,
    );
  }
  return 0;
}

function section(title: string, lines: readonly string[]): void {
  console.log(`\n${title}: ${lines.length === 0 ? 'nichts' : ''}`);
  for (const each of lines) console.log(`  ${each}`);
}

const REASONS: Readonly<Record<string, string>> = {
  wrong: 'falsch',
  outdated: 'veraltet',
  unclear: 'unverständlich',
  doesNotFit: 'passt nicht',
};

function reported({ entryId, day, reason, proposal }: ReportedAnswer): string {
  const words = proposal === undefined ? '' : `: „${proposal.replace(/\s+/g, ' ')}“`;
  return `${day} ${entryId}, ${REASONS[reason] ?? reason}${words}`;
}

function line({ text, conversations }: Cluster): string {
  return `„${text}“ (${conversations} Gespräche)`;
}

process.exitCode = main();
