/**
 * Entries (leistungen/, personal/, oertlich/) and staff notes: German keys, hover texts, and their meaning in the model.
 */
import { z } from 'zod';
import type { AnswerVersion, Entry, Link, Origin, Source, StaffNote } from '../model';
import { day, defined, germanEnum, id, text, url } from './values';

const audience = germanEnum({ buerger: 'citizens', personal: 'staff', beide: 'both' });
const anchor = germanEnum({ ereignis: 'event', bewilligungszeitraum: 'approvalPeriod', antrag: 'application', kalendertag: 'calendarDay' });
const certainty = germanEnum({ V1: 'V1', V2: 'V2', V3: 'V3', E: 'E', H: 'H', U: 'U' });
export const urgentClass = germanEnum({
  suizid: 'suicide',
  gewalt: 'violence',
  kind: 'child',
  hunger: 'hunger',
  obdachlos: 'homeless',
  raeumung: 'eviction',
  strom: 'power',
  diebstahl: 'theft',
  medizin: 'medical',
});

export const sourceSchema = z
  .strictObject({
    titel: text.describe('Name der Quelle, so wie er unter der Antwort stehen soll.'),
    url: url.optional().describe('Internetadresse der Quelle, wenn es eine gibt.'),
    datum: day.optional().describe('Datum der Quelle oder der Tag, an dem sie gelesen wurde.'),
  })
  .describe('Woher die Auskunft stammt.');

export const sourcesSchema = z.array(sourceSchema).min(1).describe('Die Quellen. Mindestens eine; ohne Quelle wird kein Eintrag veröffentlicht.');

const linkSchema = z
  .strictObject({
    titel: text.describe('Beschriftung der Schaltfläche.'),
    url: url.describe('Internetadresse, zu der sie führt.'),
  })
  .describe('Eine Schaltfläche unter der Antwort.');

const versionSchema = z
  .strictObject({
    gueltig_ab: day.nullish().describe('Erster Tag, an dem diese Fassung gilt. Fehlt die Angabe, gilt sie schon immer.'),
    gueltig_bis: day.nullish().describe('Letzter Tag, an dem diese Fassung gilt. Fehlt die Angabe, gilt sie unbegrenzt.'),
    antwort: text.describe(
      'Die Antwort in Alltagssprache: Der erste Satz beantwortet die Frage, danach höchstens drei kurze Sätze. Beträge nur als {betrag:kennung}.',
    ),
    mehr: text.optional().describe('Einzelheiten; sie öffnen sich unter „Mehr dazu“.'),
    einfach: text.optional().describe('Dasselbe in Einfacher Sprache: höchstens 12 Wörter je Satz, eine Aussage je Satz.'),
  })
  .describe('Ein Wortlaut der Antwort und die Tage, an denen er gilt.');

const translationSchema = z
  .strictObject({
    sprache: z
      .string()
      .regex(/^[a-z]{2,3}$/)
      .describe('Kürzel der Sprache: en, uk, ru, ar, tr …'),
    antwort: text.describe('Die geprüfte Übersetzung der Antwort.'),
    stand: day.describe('Stand des deutschen Textes, der übersetzt wurde. Ist der deutsche Text neuer, gilt die Übersetzung als veraltet.'),
  })
  .describe('Eine geprüfte Übersetzung.');

export const entrySchema = z
  .strictObject({
    id: id.describe('Kennung des Themas: kleine Buchstaben ohne Umlaute, Bindestriche. Sie wird nie geändert.'),
    titel: text.describe('Kurzer Titel, wie er in der Auswahl „Meinten Sie …“ steht.'),
    kategorie: text.describe('Rubrik im Menü, zum Beispiel „Antrag & Ablauf“.'),
    zielgruppe: audience.schema.optional().describe('Wer die Antwort sehen darf: buerger, personal oder beide.'),
    fragen: z
      .array(text)
      .min(1)
      .describe('Fragen, die dieses Thema beantwortet; die erste ist die wichtigste. Mindestens fünf, verschieden in Wörtern, nicht nur in der Schreibweise.'),
    beispiele: z.array(text).optional().describe('Sätze, wie Menschen sie tippen. Nur zum Wiedererkennen; sie werden nie angezeigt.'),
    stichworte: z.array(text).optional().describe('Fach- und Alltagswörter, auch frühere Begriffe.'),
    fassungen: z
      .array(versionSchema)
      .min(1)
      .describe('Der Wortlaut mit Gültigkeit. Gezeigt wird die Fassung, die an dem Tag gilt; eine Gesetzesänderung lässt sich vorbereiten.'),
    anknuepfung: anchor.schema.optional().describe('Welches Datum entscheidet, welche Fassung gilt: ereignis, bewilligungszeitraum, antrag oder kalendertag.'),
    rechtsgrundlage: z.array(text).optional().describe('Paragraphen, zum Beispiel "§ 32 SGB II".'),
    quellen: sourcesSchema,
    stand: day.describe('Tag der letzten fachlichen Überarbeitung; steht unter der Antwort.'),
    pruefen_bis: day.describe('Bis zu diesem Tag muss der Eintrag wieder geprüft werden.'),
    gewissheit: certainty.schema.describe('Wie sicher die Auskunft ist: V1 Gesetzestext gelesen, V2, V3, E nur Entwurf, H Hintergrundwissen, U unsicher.'),
    nachweis: z
      .string()
      .regex(/^[A-Z](\/[A-Z])*$/)
      .optional()
      .describe('Nachweis nach dem Themenkatalog, zum Beispiel A/C. Bei C, E und U steht die fachliche Prüfung noch aus.'),
    geprueft_von: text.nullish().describe('Wer den Eintrag fachlich geprüft hat. null: noch niemand, und die Antwort sagt das.'),
    siehe_auch: z.array(id).optional().describe('Kennungen verwandter Themen.'),
    aktionen: z.array(linkSchema).optional().describe('Schaltflächen unter der Antwort.'),
    oertlich: z.boolean().optional().describe('true, wenn die Antwort Angaben des eigenen Jobcenters braucht.'),
    dringend: urgentClass.schema.optional().describe('Notlage, zu der dieser Eintrag gehört.'),
    uebersetzungen: z.array(translationSchema).optional().describe('Geprüfte Übersetzungen.'),
  })
  .describe('Ein Thema mit seiner Antwort.');

export type RawEntry = z.infer<typeof entrySchema>;

/** An addition, or the keys of a base entry that this Jobcenter words differently. */
export const overlaySchema = entrySchema
  .partial()
  .extend({
    id: id.describe('Kennung des Themas, das ergänzt oder ersetzt wird.'),
    beruht_auf: day.optional().describe('Stand des allgemeinen Eintrags, als diese Fassung entstand. Ist er inzwischen neuer, meldet die Prüfung das.'),
  })
  .describe('Was dieses Jobcenter an einem Thema ändert (nur die geänderten Angaben) oder neu hinzufügt (alle Angaben).');

export type RawOverlay = z.infer<typeof overlaySchema>;

export const staffNoteSchema = z
  .strictObject({
    zu: id.describe('Kennung des Themas, zu dem die Notiz gehört.'),
    text: text.describe('Nur für Mitarbeitende; Bürgerinnen und Bürger sehen die Notiz nie.'),
  })
  .describe('Interne Notiz zu einem Thema.');

export function toSource(raw: z.infer<typeof sourceSchema>): Source {
  return defined({ title: raw.titel, url: raw.url, date: raw.datum });
}

function toLink(raw: z.infer<typeof linkSchema>): Link {
  return { title: raw.titel, url: raw.url };
}

function toVersion(raw: z.infer<typeof versionSchema>): AnswerVersion {
  return defined({
    validFrom: raw.gueltig_ab ?? undefined,
    validUntil: raw.gueltig_bis ?? undefined,
    answer: raw.antwort,
    more: raw.mehr,
    simple: raw.einfach,
  });
}

/** `folder` decides the audience where the entry does not name one; everything in personal/ is for staff. */
export function toEntry(raw: RawEntry, origin: Origin, folder: 'citizens' | 'staff'): Entry {
  return defined({
    id: raw.id,
    title: raw.titel,
    category: raw.kategorie,
    audience: raw.zielgruppe === undefined ? folder : audience.toModel(raw.zielgruppe),
    questions: raw.fragen,
    examples: raw.beispiele ?? [],
    keywords: raw.stichworte ?? [],
    versions: raw.fassungen.map(toVersion),
    anchor: raw.anknuepfung === undefined ? 'calendarDay' : anchor.toModel(raw.anknuepfung),
    legalBasis: raw.rechtsgrundlage ?? [],
    sources: raw.quellen.map(toSource),
    asOf: raw.stand,
    reviewBy: raw.pruefen_bis,
    certainty: certainty.toModel(raw.gewissheit),
    evidence: raw.nachweis,
    checkedBy: raw.geprueft_von ?? null,
    seeAlso: raw.siehe_auch ?? [],
    actions: (raw.aktionen ?? []).map(toLink),
    local: raw.oertlich ?? false,
    urgent: raw.dringend === undefined ? undefined : urgentClass.toModel(raw.dringend),
    translations: (raw.uebersetzungen ?? []).map((each) => ({ language: each.sprache, answer: each.antwort, asOf: each.stand })),
    origin,
  });
}

export function toStaffNote(raw: z.infer<typeof staffNoteSchema>, origin: Origin): StaffNote {
  return { entryId: raw.zu, text: raw.text, origin };
}
