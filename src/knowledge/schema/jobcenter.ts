/**
 * Jobcenter and their Gemeinden (jobcenter/): German keys, hover texts, and their meaning in the model.
 */
import { z } from 'zod';
import type { Jobcenter, Origin } from '../model';
import { sourcesSchema, toSource } from './entry';
import { day, defined, germanEnum, id, postcode, text, url } from './values';

const kind = germanEnum({ kommunal: 'municipal' });

const municipalitySchema = z
  .strictObject({
    name: text.describe('Name der Gemeinde.'),
    plz: z.array(postcode).optional().describe('Postleitzahlen, jede in Anführungszeichen: "01067".'),
    auch: z.array(text).optional().describe('Ortsteile und Kurznamen, die Menschen benutzen.'),
  })
  .describe('Eine Gemeinde im Gebiet dieses Jobcenters.');

export const jobcenterSchema = z
  .strictObject({
    id: id.describe('Kennung des Jobcenters.'),
    name: text.describe('Name, wie er in der Antwort steht.'),
    kreis: text.describe('Kreis oder kreisfreie Stadt.'),
    land: text.describe('Bundesland.'),
    andere_namen: z.array(text).optional().describe('Andere Namen, zum Beispiel „job-com“.'),
    art: kind.schema.optional().describe('kommunal: von Kreis oder Stadt allein getragen.'),
    gemeinden: z.array(municipalitySchema).optional().describe('Gemeinden, für die es zuständig ist.'),
    web: z
      .strictObject({
        adresse: url.describe('Internetadresse.'),
        gesehen_am: day.describe('Tag, an dem die Adresse gesehen wurde oder in der Quelle stand.'),
      })
      .optional()
      .describe('Internetadresse mit dem Tag, an dem sie belegt ist.'),
    telefon: text.optional().describe('Telefon für Bürgerinnen und Bürger; nur mit Quelle, nie die Pressestelle. In Anführungszeichen.'),
    pressenummern: z
      .array(text)
      .optional()
      .describe('Nummern der Pressestelle aus einer Meldung: nie ein Kontakt; wer eine davon nennt, wird gewarnt.'),
    oeffnungszeiten: text.optional().describe('Öffnungszeiten; nur mit Quelle.'),
    hinweis: text.optional().describe('Was man über dieses Jobcenter noch wissen muss.'),
    quellen: sourcesSchema,
    stand: day.describe('Tag der letzten Überarbeitung.'),
  })
  .describe('Ein Jobcenter.');

export function toJobcenter(raw: z.infer<typeof jobcenterSchema>, origin: Origin): Jobcenter {
  return defined({
    id: raw.id,
    name: raw.name,
    district: raw.kreis,
    otherNames: raw.andere_namen ?? [],
    kind: kind.toModel(raw.art ?? 'kommunal'),
    state: raw.land,
    municipalities: (raw.gemeinden ?? []).map((each) => ({ name: each.name, postcodes: each.plz ?? [], otherNames: each.auch ?? [] })),
    web: raw.web === undefined ? undefined : { url: raw.web.adresse, seenOn: raw.web.gesehen_am },
    phone: raw.telefon,
    pressNumbers: raw.pressenummern ?? [],
    openingHours: raw.oeffnungszeiten,
    remarks: raw.hinweis,
    sources: raw.quellen.map(toSource),
    asOf: raw.stand,
    origin,
  });
}
