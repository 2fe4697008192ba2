/**
 * notfall.yaml and texte/<sprache>.yaml, which are no plain lists of items.
 */
import { located } from '../draft';
import { finding, type Finding } from '../findings';
import { emergencySchema, helpNumberSchema, toHelpNumber, toUrgentRule, urgentRuleSchema } from '../schema/reference';
import type { Path, YamlFile } from '../yamlFile';
import { type Collection, isRaw, parseItem } from './collection';

/** The frame first, then item by item, so that one broken rule does not hide the others. */
export function readEmergency(into: Collection, file: YamlFile): void {
  const { hilfenummern, regeln, ...rest } = isRaw(file.value) ? file.value : {};
  const emptied = (list: unknown): unknown => (Array.isArray(list) ? [] : list);
  const frame = isRaw(file.value) ? { ...rest, hilfenummern: emptied(hilfenummern), regeln: emptied(regeln) } : file.value;
  if (parseItem(into, emergencySchema, file, [], frame) === undefined) return;

  itemsOf(hilfenummern).forEach((value, index) => {
    const path = ['hilfenummern', index];
    const raw = parseItem(into, helpNumberSchema, file, path, value, into.ids.helpNumbers);
    if (raw !== undefined) into.helpNumbers.push(located(toHelpNumber(raw), file, path));
  });
  itemsOf(regeln).forEach((value, index) => {
    const path = ['regeln', index];
    const raw = parseItem(into, urgentRuleSchema, file, path, value);
    if (raw !== undefined) into.urgentRules.push(located(toUrgentRule(raw), file, path));
  });
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

const TEXT_KEY = /^[A-Za-z][A-Za-z0-9_.-]*$/;

/** Nested keys become `a.b`; both spellings may stand in one file. */
export function readTexts(into: Collection, file: YamlFile, language: string): void {
  const texts: { key: string; text: string; path: Path }[] = [];
  const descend = (value: unknown, path: Path): void => {
    if (typeof value === 'string' && path.length > 0) {
      texts.push({ key: path.join('.'), text: value.trim(), path });
    } else if (isRaw(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (TEXT_KEY.test(key)) descend(inner, [...path, key]);
        else into.findings.push(wrongTextKey(file, [...path, key], key));
      }
    } else {
      into.findings.push(noText(file, path, value));
    }
  };
  descend(file.value, []);
  into.texts.push({ language, file, texts });
}

function wrongTextKey(file: YamlFile, path: Path, key: string): Finding {
  const message = `Der Schlüssel „${key}“ darf nur Buchstaben, Ziffern, Punkt und Bindestrich haben.`;
  return finding('error', 'KB_WRONG_ID', file.atKey(path), message);
}

function noText(file: YamlFile, path: Path, value: unknown): Finding {
  if (value === null) return finding('error', 'KB_EMPTY', file.at(path), 'Hier fehlt der Text.');
  const typed = file.source(path);
  return finding('error', 'KB_WRONG_TYPE', file.at(path), 'Hier wird Text erwartet.', typed === undefined ? '' : `Schreiben Sie "${typed}".`);
}
