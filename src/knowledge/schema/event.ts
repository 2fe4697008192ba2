/**
 * Campaign events (aktionen/): German keys, hover texts, and their meaning in the model.
 */
import { z } from 'zod';
import type { CampaignEvent, Origin } from '../model';
import { sourcesSchema, toSource } from './entry';
import { day, defined, id, moment, text } from './values';

const placeSchema = z
  .strictObject({
    name: text.optional().describe('Name des Ortes, zum Beispiel „Grugapark“.'),
    gemeinde: text.optional().describe('Stadt oder Gemeinde.'),
  })
  .describe('Wo die Aktion stattfindet, soweit die Quelle es sagt.');

const timeSchema = z
  .strictObject({
    von: moment.describe('Beginn: Tag oder Tag mit Uhrzeit.'),
    bis: moment.describe('Ende: Tag oder Tag mit Uhrzeit.'),
  })
  .superRefine((time, sink) => {
    if (time.bis.slice(0, 10) < time.von.slice(0, 10) || (time.bis.length === time.von.length && time.bis < time.von)) {
      sink.addIssue({
        code: 'custom',
        path: ['bis'],
        message: `Die Aktion endet (${time.bis}), bevor sie beginnt (${time.von}).`,
        params: { code: 'KB_DATE_ORDER', proposal: 'Prüfen Sie beide Angaben.' },
      });
    }
  })
  .describe('Ein Zeitraum, wie ihn die Quelle nennt.');

export const eventSchema = z
  .strictObject({
    id: id.describe('Kennung der Aktion: Jahr, Ort, Stichwort.'),
    titel: text.describe('Name der Aktion.'),
    jobcenter: z.array(id).optional().describe('Kennungen der Jobcenter, die sie veranstalten.'),
    ort: placeSchema.optional(),
    termine: z.array(timeSchema).optional().describe('Die Tage laut Quelle. Nennt sie keine, bleibt die Liste leer und „zeit_hinweis“ sagt es.'),
    zeit_hinweis: text.optional().describe('Was die Quelle über die Zeit sagt oder nicht sagt.'),
    widerspruch: text.optional().describe('Ein Widerspruch in der Quelle. Er wird immer genannt.'),
    fuer: text.optional().describe('Wen die Quelle als eingeladen nennt.'),
    themen: z.array(text).optional().describe('Themen der Aktion.'),
    beschreibung: text.describe('Worum es geht: zwei bis drei Sätze, Vergangenes in der Vergangenheit.'),
    einzelheiten: text.optional().describe('Alles Weitere, was die Quelle sagt.'),
    einfach: text.optional().describe('Die Beschreibung in Einfacher Sprache.'),
    quellen: sourcesSchema,
    stand: day.describe('Tag der letzten Überarbeitung.'),
    status: z
      .strictObject({ abgesagt: z.boolean().optional().describe('true, wenn die Aktion abgesagt wurde.') })
      .optional()
      .describe('Ob die Aktion stattfindet.'),
    dach: z.boolean().optional().describe('true für die bundesweite Aktionswoche als Ganzes.'),
    namen: z.array(text).optional().describe('Andere Namen, unter denen gefragt wird.'),
  })
  .superRefine((event, sink) => {
    if ((event.termine ?? []).length === 0 && event.zeit_hinweis === undefined) {
      sink.addIssue({
        code: 'custom',
        path: ['termine'],
        message: 'Die Aktion hat keinen Termin und keinen Hinweis auf die Zeit.',
        params: { code: 'KB_MISSING_KEY', proposal: 'Ergänzen Sie „termine“ oder „zeit_hinweis“.' },
      });
    }
  })
  .describe('Eine Aktion oder Veranstaltung.');

export function toEvent(raw: z.infer<typeof eventSchema>, origin: Origin): CampaignEvent {
  return defined({
    id: raw.id,
    title: raw.titel,
    jobcenters: raw.jobcenter ?? [],
    place: defined({ name: raw.ort?.name, town: raw.ort?.gemeinde }),
    times: (raw.termine ?? []).map((time) => ({ from: time.von, to: time.bis })),
    timeNote: raw.zeit_hinweis,
    contradiction: raw.widerspruch,
    audience: raw.fuer,
    topics: raw.themen ?? [],
    description: raw.beschreibung,
    details: raw.einzelheiten,
    simple: raw.einfach,
    sources: raw.quellen.map(toSource),
    asOf: raw.stand,
    umbrella: raw.dach ?? false,
    cancelled: raw.status?.abgesagt ?? false,
    names: raw.namen ?? [],
    origin,
  });
}
