/**
 * leistungen/ and personal/ (whole entries) and oertlich/<jobcenter>/ (what one Jobcenter changes or adds).
 */
import { located } from '../draft';
import { didYouMean, finding } from '../findings';
import type { Overlay } from '../model';
import { entrySchema, overlaySchema, toEntry } from '../schema/entry';
import type { YamlFile } from '../yamlFile';
import { type Collection, eachItem, isRaw, parseItem } from './collection';

/** `folder` decides who may see an entry that does not say so itself. */
export function readEntries(into: Collection, file: YamlFile, folder: 'citizens' | 'staff'): void {
  eachItem(file, (value, path, origin) => {
    const raw = parseItem(into, entrySchema, file, path, value, into.ids.entries);
    if (raw === undefined || !isRaw(value)) return;
    const entry = toEntry(raw, origin, folder);
    if (folder === 'staff' && entry.audience !== 'staff') {
      into.findings.push(
        finding(
          'error',
          'KB_AUDIENCE',
          file.at([...path, 'zielgruppe']),
          'Im Ordner personal/ steht nur, was für Mitarbeitende ist.',
          'Schreiben Sie „personal“ oder verschieben Sie den Eintrag nach leistungen/.',
        ),
      );
      return;
    }
    if (!into.bases.has(entry.id)) into.bases.set(entry.id, { raw: value, entry, folder });
    (entry.audience === 'staff' ? into.staffEntries : into.entries).push(located(entry, file, path));
  });
}

/** The keys that are given replace those of the base entry. Call it when all base entries are in. */
export function readOverlays(into: Collection, file: YamlFile, jobcenter: string): void {
  eachItem(file, (value, path, origin) => {
    const given = parseItem(into, overlaySchema, file, path, value);
    if (given === undefined || !isRaw(value)) return;
    const base = into.bases.get(given.id);
    // The base entry exists but is broken, or may stand in a file that could not be read: nothing sure can be said here.
    if (base === undefined && (!into.complete || into.brokenIds.has(given.id))) return;
    // Hardly anything is given: a change to an entry whose id is mistyped rather than an addition.
    if (base === undefined && (given.titel === undefined || given.fragen === undefined)) {
      const message = `Das Thema „${given.id}“ gibt es nicht.`;
      const proposal = didYouMean(given.id, into.ids.entries);
      into.findings.push(finding('error', 'KB_UNKNOWN_LINK', file.at([...path, 'id']), message, proposal));
      return;
    }
    const { beruht_auf: basedOn, ...own } = value;
    const raw = parseItem(into, entrySchema, file, path, { ...base?.raw, ...own }, into.ids.entries);
    if (raw === undefined) return;
    const entry = toEntry(raw, origin, base?.folder ?? 'citizens');
    const overlay: Overlay = typeof basedOn === 'string' ? { jobcenter, entry, basedOn } : { jobcenter, entry };
    into.overlays.push({ ...located(overlay, file, path), keys: Object.keys(own), base: base?.entry });
  });
}
