/**
 * The single files beside the entries: amounts, urgent need, synonyms, guided ways, the service's own texts.
 */
import { z } from 'zod';
import type { Guide, HelpNumber, Intent, Origin, Parameter, SynonymGroup, UrgentRule } from '../model';
import { urgentClass } from './entry';
import { day, defined, germanEnum, id, text } from './values';

const unit = germanEnum({ euro: 'euro', prozent: 'percent', zahl: 'number' });

export const parameterSchema = z
  .strictObject({
    id: id.describe('Kennung; in Texten steht {betrag:kennung}.'),
    bezeichnung: text.describe('Was der Betrag ist.'),
    einheit: unit.schema.describe('euro, prozent oder zahl.'),
    werte: z
      .array(
        z.strictObject({
          wert: z.number().describe('Der Wert als Zahl mit Punkt: 95.71'),
          gueltig_ab: day.describe('Erster Tag.'),
          gueltig_bis: day.nullish().describe('Letzter Tag. Danach sagt der Dienst, dass noch kein geprüfter Betrag vorliegt.'),
          quelle: text.describe('Beleg für diesen Wert.'),
        }),
      )
      .min(1)
      .describe('Die Werte mit ihrer Gültigkeit.'),
  })
  .describe('Ein Betrag, der in Texten nur über seine Kennung vorkommt.');

export function toParameter(raw: z.infer<typeof parameterSchema>): Parameter {
  return {
    id: raw.id,
    label: raw.bezeichnung,
    unit: unit.toModel(raw.einheit),
    values: raw.werte.map((each) =>
      defined({ value: each.wert, validFrom: each.gueltig_ab, validUntil: each.gueltig_bis ?? undefined, source: each.quelle }),
    ),
  };
}

export const helpNumberSchema = z
  .strictObject({
    id: id.describe('Kennung der Hilfenummer.'),
    bezeichnung: text.describe('Wer sich dort meldet.'),
    nummern: z.array(text).min(1).describe('Die Nummern, jede in Anführungszeichen.'),
    hinweis: text.optional().describe('Zum Beispiel „kostenlos, rund um die Uhr“; nur mit Quelle.'),
    quelle: text.describe('Beleg.'),
    stand: day.describe('Tag der letzten Prüfung.'),
  })
  .describe('Eine Nummer für dringende Not.');

export const urgentRuleSchema = z
  .strictObject({
    klasse: urgentClass.schema.describe('Die Notlage.'),
    eintrag: id.describe('Kennung des Themas, das nach den Nummern gezeigt wird.'),
    hilfenummern: z.array(id).optional().describe('Kennungen der Hilfenummern.'),
    einleitung: text.describe('Der erste Satz: warm und knapp.'),
    ausloeser: z
      .array(text)
      .min(1)
      .describe('Wendungen, die allein schon eine Notlage bedeuten. Die Wörter dürfen in beliebiger Reihenfolge stehen; | heißt „oder“, * am Wortende heißt „beliebig weiter“, _ heißt „genau so nebeneinander“, ein Punkt am Anfang oder Ende „der Satz beginnt oder endet dort“.'),
    ausnahmen: z.array(text).optional().describe('Wendungen, die einen Auslöser zurücknehmen, zum Beispiel „kann nicht mehr kommen“.'),
    verwechslungen: z
      .array(text)
      .optional()
      .describe('Wendungen ohne Auslöser, die der Notlage nur ähnlich sehen, zum Beispiel „oma kann nicht mehr“. Einen Auslöser nehmen sie nie zurück.'),
  })
  .describe('Woran eine Notlage erkannt wird und was zuerst gesagt wird.');

export const emergencySchema = z
  .strictObject({
    hilfenummern: z.array(helpNumberSchema).describe('Bundesweite Hilfenummern.'),
    regeln: z.array(urgentRuleSchema).describe('Je Notlage eine Regel.'),
  })
  .describe('Dringende Not: sie wird vor allem anderen erkannt.');

export function toHelpNumber(raw: z.infer<typeof helpNumberSchema>): HelpNumber {
  return defined({ id: raw.id, label: raw.bezeichnung, numbers: raw.nummern, note: raw.hinweis, source: raw.quelle, asOf: raw.stand });
}

export function toUrgentRule(raw: z.infer<typeof urgentRuleSchema>): UrgentRule {
  return {
    class: urgentClass.toModel(raw.klasse),
    entryId: raw.eintrag,
    helpNumbers: raw.hilfenummern ?? [],
    opening: raw.einleitung,
    triggers: raw.ausloeser,
    exceptions: raw.ausnahmen ?? [],
    lookalikes: raw.verwechslungen ?? [],
  };
}

export const intentSchema = z
  .strictObject({
    absicht: id.describe('Kennung der Absicht; „none-…“: nichts davon beantwortet der Dienst.'),
    beispiele: z.array(text).min(1).describe('Wie Menschen es schreiben. Nur zum Erkennen, nie angezeigt.'),
  })
  .describe('Was Menschen wollen, ohne dass ein Thema die Antwort ist.');

export function toIntent(raw: z.infer<typeof intentSchema>): Intent {
  return { name: raw.absicht, examples: raw.beispiele };
}

export const synonymSchema = z
  .strictObject({
    begriff: text.describe('Das Wort, das die Wissensbasis benutzt.'),
    auch: z.array(text).min(1).describe('Wörter, die Menschen dafür benutzen.'),
  })
  .describe('Wörter mit derselben Bedeutung.');

export function toSynonymGroup(raw: z.infer<typeof synonymSchema>): SynonymGroup {
  return { term: raw.begriff, alternatives: raw.auch };
}

const stepSchema = z
  .strictObject({
    id: id.describe('Kennung des Schritts, eindeutig in diesem Weg.'),
    text: text.describe('Was in diesem Schritt gesagt oder gefragt wird.'),
    einfach: text.optional().describe('Dasselbe in Einfacher Sprache.'),
    eintrag: id.optional().describe('Kennung des Themas, das hier gezeigt wird.'),
    auswahl: z
      .array(
        z.strictObject({
          text: text.describe('Beschriftung der Auswahl.'),
          weiter: id.describe('Kennung des nächsten Schritts.'),
        }),
      )
      .optional()
      .describe('Was man wählen kann. Fehlt die Auswahl, endet der Weg hier.'),
  })
  .describe('Ein Schritt.');

export const guideSchema = z
  .strictObject({
    id: id.describe('Kennung des Wegs.'),
    titel: text.describe('Titel.'),
    ausloeser: z.array(text).optional().describe('Sätze, die den Weg beginnen.'),
    start: id.describe('Kennung des ersten Schritts.'),
    schritte: z.array(stepSchema).min(1).describe('Die Schritte.'),
  })
  .describe('Ein geführter Weg in Schritten mit Auswahl.');

export function toGuide(raw: z.infer<typeof guideSchema>, origin: Origin): Guide {
  return {
    id: raw.id,
    title: raw.titel,
    triggers: raw.ausloeser ?? [],
    start: raw.start,
    steps: raw.schritte.map((step) =>
      defined({
        id: step.id,
        text: step.text,
        simple: step.einfach,
        entryId: step.eintrag,
        choices: (step.auswahl ?? []).map((choice) => ({ label: choice.text, next: choice.weiter })),
      }),
    ),
    origin,
  };
}

/** The service's own wording: text by key, keys may be nested. */
export type RawTexts = { [key: string]: string | RawTexts };
const textKey = z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]*$/);
export const textsSchema: z.ZodType<RawTexts> = z
  .lazy(() => z.record(textKey, z.union([z.string(), textsSchema])))
  .describe('Die eigenen Sätze des Dienstes in einer Sprache: Schlüssel und Text, auch geschachtelt. {name} wird ersetzt.');
