/**
 * Whether an entry is looked after on a given day: review date, a version for today, reservation where the law is uncertain,
 * Einfache Sprache where citizens read.
 */
import type { Draft } from '../draft';
import { finding, type Finding } from '../findings';
import type { IsoDate } from '../model';
import { isValidOn, versionOn } from '../versions';
import { entryItems, isOwn } from './passages';

const RESERVATION =
  /nicht (sicher|gesichert|geprüft|belegt|bekannt|verlässlich|abschließend|eindeutig|geklärt|fest)|unsicher|ungeklärt|offen|keine (verlässliche|geprüfte|gesicherte|sichere|belegte)|(kein|keinen) (geprüfte|gesicherte|belegte)|war geplant|ist geplant|Entwurf|widersprech|noch nicht (geprüft|bekannt|geklärt|entschieden|beschlossen)|fragen Sie|kann ich Ihnen nicht|weiß ich nicht/i;

export function overdueReviews(draft: Draft, today: IsoDate): readonly Finding[] {
  return entryItems(draft).flatMap((item) => {
    const { reviewBy, asOf, id } = item.value;
    if (item.keys !== undefined && !item.keys.includes('pruefen_bis')) return [];
    if (reviewBy < asOf) {
      return [finding('warning', 'KB_DATE_ORDER', item.at('pruefen_bis'), `„${id}“ soll bis ${reviewBy} geprüft werden, hat aber den Stand ${asOf}.`, 'Setzen Sie einen späteren Tag.')];
    }
    if (reviewBy >= today) return [];
    return [finding('warning', 'KB_REVIEW_OVERDUE', item.at('pruefen_bis'), `„${id}“ war bis ${reviewBy} zu prüfen.`, 'Prüfen Sie den Eintrag und setzen Sie „stand“ und „pruefen_bis“ neu.')];
  });
}

export function noVersionToday(draft: Draft, today: IsoDate): readonly Finding[] {
  return entryItems(draft).flatMap((item) =>
    !isOwn(item, 'fassungen') || versionOn(item.value, today) !== undefined
      ? []
      : [finding('warning', 'KB_NO_VERSION_TODAY', item.at('fassungen'), `Für „${item.value.id}“ gilt am ${today} keine Fassung; der Dienst kann nicht antworten.`, 'Ergänzen Sie eine.')],
  );
}

export function missingReservation(draft: Draft, today: IsoDate): readonly Finding[] {
  return entryItems(draft).flatMap((item) => {
    const { certainty, versions } = item.value;
    if ((certainty !== 'U' && certainty !== 'E') || !isOwn(item, 'fassungen')) return [];
    return versions.flatMap((version, index) =>
      !isValidOn(version, today) || RESERVATION.test(version.answer)
        ? []
        : [
            finding(
              'warning',
              'KB_NO_RESERVATION',
              item.at('fassungen', index, 'antwort'),
              `Die Gewissheit ist ${certainty}, aber die Antwort hat keinen Vorbehalt.`,
              'Zum Beispiel: „Dazu habe ich keine geprüfte Quelle. Bitte fragen Sie Ihr Jobcenter.“',
            ),
          ],
    );
  });
}

export function missingSimple(draft: Draft, today: IsoDate): readonly Finding[] {
  return entryItems(draft).flatMap((item) => {
    if (item.value.audience === 'staff' || !isOwn(item, 'fassungen')) return [];
    return item.value.versions.flatMap((version, index) =>
      version.simple !== undefined || (version.validUntil !== undefined && version.validUntil < today)
        ? []
        : [finding('warning', 'KB_NO_SIMPLE', item.at('fassungen', index), `Dieser Fassung von „${item.value.id}“ fehlt die Einfache Sprache.`, 'Ergänzen Sie „einfach“.')],
    );
  });
}
