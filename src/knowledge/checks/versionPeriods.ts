/**
 * The periods of an entry's versions and of an amount's values: in order, without gap or overlap, so that every day has exactly one.
 */
import type { Draft } from '../draft';
import { finding, type Finding } from '../findings';
import type { IsoDate, Origin } from '../model';

interface Period {
  readonly from: IsoDate | undefined;
  readonly until: IsoDate | undefined;
  readonly at: Origin;
}

export function versionPeriods(draft: Draft): readonly Finding[] {
  const local = draft.overlays.filter((overlay) => overlay.keys.includes('fassungen')).map(({ value, at }) => ({ value: value.entry, at }));
  const entries = [...draft.entries, ...draft.staffEntries, ...local].flatMap(({ value, at }) =>
    inOrder(value.versions.map((version, index) => ({ from: version.validFrom, until: version.validUntil, at: at('fassungen', index) })), 'Fassung', true),
  );
  // An amount may have no checked value for a while: then the answer says so.
  const parameters = draft.parameters.flatMap(({ value, at }) =>
    inOrder(value.values.map((each, index) => ({ from: each.validFrom, until: each.validUntil, at: at('werte', index) })), 'Wert', false),
  );
  return [...entries, ...parameters];
}

function inOrder(periods: readonly Period[], noun: 'Fassung' | 'Wert', noGaps: boolean): readonly Finding[] {
  const reversed = periods.filter(({ from, until }) => from !== undefined && until !== undefined && from > until);
  if (reversed.length > 0) {
    return reversed.map(({ from, until, at }) =>
      finding('error', 'KB_DATE_ORDER', at, `„gueltig_ab“ (${from ?? ''}) liegt nach „gueltig_bis“ (${until ?? ''}).`, 'Prüfen Sie beide Angaben.'),
    );
  }
  const sorted = [...periods].sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
  return sorted.slice(1).flatMap((next, index) => {
    const previous = sorted[index];
    if (previous === undefined) return [];
    const begins = next.from ?? 'immer';
    if (previous.until === undefined || next.from === undefined || next.from <= previous.until) {
      const proposal = previous.until === undefined ? `Beenden Sie die Fassung in Zeile ${previous.at.line} mit „gueltig_bis“.` : 'Prüfen Sie „gueltig_ab“ und „gueltig_bis“.';
      const what = noun === 'Fassung' ? 'Diese Fassung' : 'Dieser Wert';
      return [finding('error', 'KB_VERSION_OVERLAP', next.at, `${what} (ab ${begins}) überschneidet sich mit Zeile ${previous.at.line}.`, proposal)];
    }
    if (noGaps && dayAfter(previous.until) !== next.from) {
      return [
        finding('error', 'KB_VERSION_GAP', next.at, `Zwischen ${previous.until} (Zeile ${previous.at.line}) und ${begins} gilt keine Fassung.`, `Schließen Sie die Lücke: gueltig_ab: ${dayAfter(previous.until)}.`),
      ];
    }
    return [];
  });
}

export function dayAfter(day: IsoDate): IsoDate {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}
