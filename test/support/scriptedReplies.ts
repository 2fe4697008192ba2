/**
 * The answers of the scripted service in the browser tests: one of every kind of block, with words that stress the layout.
 */
import { replied, type Said } from './fakeDirectLine';

const choice = (title: string, value = title, id = value): Said => ({ id, title, value });

export const welcome = replied({
  kind: 'smalltalk',
  blocks: [
    {
      type: 'text',
      markdown: 'Guten Tag! Ich bin der **Jobcenter-Lotse**, ein automatischer Assistent und kein Mensch.',
    },
  ],
  choices: [
    choice('Antrag stellen'),
    choice('Aktionen vor Ort', 'Welche Aktionen gibt es?'),
    choice('Einfache Sprache', 'Einfache Sprache', 'wahl.einfach'),
  ],
});

export const answer = replied({
  feedbackFor: 'antrag-ablauf',
  blocks: [
    { type: 'heading', text: 'Antrag auf Grundsicherungsgeld' },
    {
      type: 'text',
      markdown:
        'Stellen Sie den Antrag **noch in diesem Monat**.\n\n- Er wirkt auf den Monatsersten zurück.\n- Mehr steht beim [Bund](https://www.bund.de/antrag).',
    },
    { type: 'details', title: 'Mehr dazu', markdown: 'Danach haben Sie ein Erstgespräch.' },
    { type: 'notice', tone: 'info', markdown: 'Genaues regelt Ihr Jobcenter.' },
    { type: 'links', links: [{ title: 'Zum Antrag', url: 'https://www.jobcenter-digital.de' }] },
    {
      type: 'provenance',
      asOf: '2026-11-22',
      legalBasis: ['§ 37 SGB II'],
      sources: [{ title: '§ 37 SGB II', url: 'https://www.gesetze-im-internet.de/sgb_2/__37.html' }],
      remark: 'Das ist eine allgemeine Auskunft.',
    },
  ],
  choices: [choice('Antrag: Schritte'), choice('Welches Jobcenter?')],
});

const event = {
  title: 'Gesundheitstag des Jobcenters Essen',
  where: 'Grugapark, Essen',
  description: 'Ein Tag unter freiem Himmel.',
  sources: [{ title: 'Aktionswoche „Stark. Sozial. Vor Ort“', date: '2019-08-26' }],
  asOf: '2026-11-22',
  mapQuery: 'Grugapark, Essen',
};

export const events = replied({
  kind: 'events',
  blocks: [
    { type: 'text', markdown: 'Dazu gab es 2 Aktionen.' },
    { type: 'heading', text: 'Dienstag, 27. August 2019' },
    {
      type: 'events',
      events: [
        {
          ...event,
          id: '2019-essen',
          past: true,
          when: 'Das war am Dienstag, 27. August 2019.',
          contradiction: 'Achtung, die Quelle widerspricht sich: **29.** oder 27. August.',
          start: '2019-08-27T09:30',
          end: '2019-08-27T16:00',
        },
        {
          ...event,
          id: '2031-essen',
          title: 'Jobmesse',
          past: false,
          when: 'Das ist am Mittwoch, 27. August 2031.',
          start: '2031-08-27T09:30',
          end: '2031-08-27T16:00',
        },
      ],
    },
  ],
});

export const urgent = replied({
  kind: 'urgent',
  blocks: [
    {
      type: 'notice',
      tone: 'help',
      markdown: 'Bitte sprechen Sie jetzt mit einem Menschen.\n\n- Telefonseelsorge: [0800 1110111](tel:08001110111)',
    },
    { type: 'notice', tone: 'warning', markdown: 'Diese Auskunft ist nicht gesichert.' },
  ],
});

export const arabic = replied({
  kind: 'answer',
  language: 'ar',
  blocks: [
    { type: 'text', markdown: 'مرحبًا! أنا **مساعد آلي** ولست إنسانًا.' },
    { type: 'text', markdown: 'Diesen Absatz gibt es nur auf Deutsch.', language: 'de' },
    {
      type: 'provenance',
      asOf: '2026-11-22',
      legalBasis: [],
      sources: [{ title: '§ 37 SGB II', url: 'https://www.gesetze-im-internet.de/sgb_2/__37.html' }],
    },
  ],
  choices: [choice('القائمة', 'Menü')],
});

export const hostile = replied({
  blocks: [
    {
      type: 'text',
      markdown:
        '<img src=x onerror=alert(1)> [Klick](javascript:alert(1)) [Daten](data:text/html,x) ![Bild](https://evil.example/x.png) <script>alert(1)</script>',
    },
    { type: 'links', links: [{ title: 'Falle', url: 'javascript:alert(1)' }] },
    { type: 'erfunden', markdown: 'unbekannt' },
    { type: 'heading', text: '<b>fett</b>' },
  ],
});

export function scripted(text: string): readonly Said[] {
  if (text === '') return [welcome];
  if (/antrag/i.test(text)) return [answer];
  if (/aktion/i.test(text)) return [events];
  if (/not/i.test(text)) return [urgent];
  if (/عرب|العربية/.test(text)) return [arabic];
  if (/böse/i.test(text)) return [hostile];
  if (/zwei/i.test(text))
    return [
      replied({ blocks: [{ type: 'text', markdown: 'Erster Teil.' }] }),
      replied({ blocks: [{ type: 'text', markdown: 'Zweiter Teil.' }] }),
    ];
  if (text === 'Einfache Sprache')
    return [
      replied({
        kind: 'command',
        blocks: [{ type: 'text', markdown: 'Ich antworte jetzt in Einfacher Sprache.' }],
        choices: [choice('Alltagssprache', 'Alltagssprache', 'wahl.alltag')],
      }),
    ];
  return [{ type: 'message', text: `Sie schrieben: ${text}`, textFormat: 'markdown' }];
}
