/** What is said for each outcome. The wording is the real one from knowledge/texte. */
import { composeReply } from '../../src/rendering/composeReply';
import { plainText } from '../../src/rendering/plainText';
import { welcomeReply } from '../../src/rendering/shortReplies';
import type { AnswerOutcome } from '../../src/answering/outcome';
import type { KnowledgeBase } from '../../src/knowledge/model';
import type { ReplyView } from '../../src/rendering/view';
import { entry, event, jobcenter, knowledgeOf, outcomeBase, viewOf } from '../support/smallKnowledge';

function said(outcome: AnswerOutcome, knowledge: KnowledgeBase, view: Partial<ReplyView> = {}): string {
  return plainText(composeReply(outcome, viewOf(knowledge, view)));
}

const answer = (entryId: string): AnswerOutcome => ({ ...outcomeBase, kind: 'answer', entryId });

describe('an answer', () => {
  const reform = entry('meldetermin-verpasst', {
    versions: [
      { validUntil: '2026-06-30', answer: 'Alt: 10 Prozent.' },
      {
        validFrom: '2026-07-01',
        answer: 'Neu: beim ersten Mal nichts.',
        more: 'Einzelheiten.',
        simple: 'Beim ersten Mal bekommen Sie alles.',
      },
    ],
  });

  test('is the version valid on the day', () => {
    const knowledge = knowledgeOf({ entries: [reform] });
    expect(said(answer(reform.id), knowledge, { day: '2026-06-30' })).toContain('Alt: 10 Prozent.');
    expect(said(answer(reform.id), knowledge, { day: '2026-07-01' })).toContain('Neu: beim ersten Mal nichts.');
    expect(said(answer(reform.id), knowledge, { day: '2026-07-01' })).not.toContain('Alt:');
  });

  test('says that there is none, when no version is valid', () => {
    const gone = entry('alt', { title: 'Altes Thema', versions: [{ validUntil: '2020-12-31', answer: 'Vorbei.' }] });
    const text = said(answer('alt'), knowledgeOf({ entries: [gone] }));
    expect(text).toContain('keine gültige Auskunft');
    expect(text).not.toContain('Vorbei.');
  });

  test('carries Stand, legal basis, source, the word on legal advice and that nobody has checked it yet', () => {
    const text = said(answer(reform.id), knowledgeOf({ entries: [reform] }));
    expect(text).toContain('Stand: 22.11.2026 · § 37 SGB II');
    expect(text).toContain('Quelle: § 37 SGB II, https://www.gesetze-im-internet.de/sgb_2/__37.html');
    expect(text).toContain('keine Rechtsberatung');
    expect(text).toContain('Die fachliche Prüfung steht noch aus.');
    expect(said(answer('x'), knowledgeOf({ entries: [entry('x', { checkedBy: 'Frau Muster' })] }))).not.toContain(
      'steht noch aus',
    );
  });

  test('opens details on demand, and loses none of them in plain text', () => {
    const reply = composeReply(answer(reform.id), viewOf(knowledgeOf({ entries: [reform] })));
    expect(reply.blocks).toContainEqual(expect.objectContaining({ type: 'details', markdown: 'Einzelheiten.' }));
    expect(plainText(reply)).toContain('Mehr dazu:\nEinzelheiten.');
  });

  test('comes in Einfache Sprache where it is wanted and exists, else in everyday words', () => {
    const knowledge = knowledgeOf({ entries: [reform, entry('nur-alltag')] });
    expect(said(answer(reform.id), knowledge, { style: 'simple' })).toContain('Beim ersten Mal bekommen Sie alles.');
    expect(said(answer('nur-alltag'), knowledge, { style: 'simple' })).toContain('Antwort nur-alltag.');
  });

  test("fills amounts as long as they hold and never gives last year's number", () => {
    const amount = entry('regelbedarf', { versions: [{ answer: 'Es sind {betrag:rbs1}.' }] });
    const knowledge = knowledgeOf({
      entries: [amount],
      parameters: [
        {
          id: 'rbs1',
          label: 'Regelbedarf',
          unit: 'euro',
          values: [{ value: 563, validFrom: '2024-01-01', validUntil: '2026-12-31', source: 'RBSFV' }],
        },
      ],
    });
    expect(said(answer('regelbedarf'), knowledge, { day: '2026-12-31' })).toContain('Es sind 563 Euro.');
    expect(said(answer('regelbedarf'), knowledge, { day: '2027-01-01' })).not.toContain('563');
    expect(said(answer('regelbedarf'), knowledge, { day: '2027-01-01' })).toContain('kein geprüfter Betrag');
  });

  test.each([
    ['U', 'nicht gesichert'],
    ['E', 'So war es geplant'],
    ['H', 'noch nicht an der Quelle geprüft'],
  ] as const)('with certainty %s is given with its reservation', (certainty, words) => {
    expect(said(answer('x'), knowledgeOf({ entries: [entry('x', { certainty })] }))).toContain(words);
  });

  test('with certainty V2 has no reservation', () => {
    const blocks = composeReply(
      answer('x'),
      viewOf(knowledgeOf({ entries: [entry('x', { certainty: 'V2' })] })),
    ).blocks;
    expect(blocks.filter((block) => block.type === 'notice')).toEqual([]);
  });

  test('that is local names the chosen Jobcenter with its address and the day it was seen', () => {
    const knowledge = knowledgeOf({ entries: [entry('x', { local: true })] });
    const text = said(answer('x'), knowledge, { jobcenter: 'essen' });
    expect(text).toContain('Jobcenter Essen');
    expect(text).toContain('https://www.essen.de/jobcenter');
    expect(text).toContain('26. August 2019');
  });

  test('that is local asks for the place while no Jobcenter is chosen, and offers to find it', () => {
    const reply = composeReply(answer('x'), viewOf(knowledgeOf({ entries: [entry('x', { local: true })] })));
    expect(plainText(reply)).toContain('Ort oder Ihre Postleitzahl');
    expect(reply.choices.map((choice) => choice.id)).toContain('wahl.jobcenter');
  });

  test('offers at most three related topics, none that the audience may not see', () => {
    const staff = entry('intern', { audience: 'staff' });
    const main = entry('haupt', { seeAlso: ['a', 'intern', 'b', 'c', 'd'] });
    const knowledge = knowledgeOf({
      entries: [main, entry('a'), entry('b'), entry('c'), entry('d')],
      staffEntries: [staff],
    });
    expect(composeReply(answer('haupt'), viewOf(knowledge)).choices.map((choice) => choice.id)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  test('offers the guided way that leads through it, to citizens and in German', () => {
    const origin = { file: 'w', line: 1, column: 1 };
    const guide = (id: string, entryIds: readonly string[]): KnowledgeBase['guides'][number] => ({
      id,
      title: `Weg ${id}`,
      triggers: [],
      start: 's0',
      steps: entryIds.map((entryId, index) => ({ id: `s${index}`, text: 'Schritt', entryId, choices: [] })),
      origin,
    });
    const knowledge = knowledgeOf({
      entries: [entry('x'), entry('y'), entry('z')],
      guides: [guide('a', ['y', 'x']), guide('b', ['x', 'x'])],
    });
    const offered = (id: string, view: Partial<ReplyView> = {}): readonly string[] =>
      composeReply(answer(id), viewOf(knowledge, view)).choices.map(({ title }) => title);
    expect(offered('x')).toEqual(['Weg b']);
    expect(offered('y')).toEqual(['Weg a']);
    expect(offered('z')).toEqual([]);
    expect(offered('x', { language: 'tr' })).toEqual([]);
    expect(offered('x', { audience: 'staff' })).toEqual([]);
  });

  test('shows staff notes to staff and never to citizens', () => {
    const knowledge = knowledgeOf({
      entries: [entry('x')],
      staffNotes: [{ entryId: 'x', text: 'Nur intern.', origin: { file: 'n', line: 1, column: 1 } }],
    });
    expect(said(answer('x'), knowledge, { audience: 'staff' })).toContain('Nur intern.');
    expect(JSON.stringify(composeReply(answer('x'), viewOf(knowledge)))).not.toContain('Nur intern.');
  });

  test('a staff entry is not told to a citizen, even if its id is asked for', () => {
    const knowledge = knowledgeOf({ staffEntries: [entry('intern', { versions: [{ answer: 'Geheim.' }] })] });
    const reply = composeReply(answer('intern'), viewOf(knowledge));
    expect(reply.kind).toBe('fallback');
    expect(JSON.stringify(reply)).not.toContain('Geheim');
  });

  test('drops links that are not safe', () => {
    const bad = entry('x', {
      actions: [{ title: 'Böse', url: 'javascript:alert(1)' }],
      sources: [{ title: 'Alt', url: 'http://www.alt.de' }],
    });
    const reply = composeReply(answer('x'), viewOf(knowledgeOf({ entries: [bad] })));
    expect(JSON.stringify(reply)).not.toContain('javascript:');
    expect(JSON.stringify(reply)).toContain('https://www.alt.de');
  });
});

describe('an answer in another language', () => {
  const german = entry('x', { versions: [{ answer: 'Auf Deutsch.', simple: 'Ganz einfach.' }] });

  test('is the reviewed translation', () => {
    const translated = { ...german, translations: [{ language: 'tr', answer: 'Türkçe yanıt.', asOf: '2026-11-22' }] };
    const text = said(answer('x'), knowledgeOf({ entries: [translated] }), { language: 'tr' });
    expect(text).toContain('Türkçe yanıt.');
    expect(text).not.toContain('Auf Deutsch.');
  });

  test('falls back to Einfache Sprache with a word on interpreting, when the translation is missing or older than the German text', () => {
    const stale = { ...german, translations: [{ language: 'tr', answer: 'Eski.', asOf: '2026-01-01' }] };
    const reply = composeReply(answer('x'), viewOf(knowledgeOf({ entries: [stale] }), { language: 'tr' }));
    expect(plainText(reply)).not.toContain('Eski.');
    expect(plainText(reply)).toContain('Ganz einfach.');
    expect(plainText(reply)).toContain('tercüman');
    expect(reply.blocks).toContainEqual({ type: 'text', markdown: 'Ganz einfach.', language: 'de' });
    expect(reply.language).toBe('tr');
  });
});

describe('events', () => {
  const essen = event('essen', {
    title: 'Gesundheitstag des Jobcenters Essen',
    contradiction: 'Die Überschrift der Meldung nennt den 29.08.2019, der Text den 27. August.',
    audience: 'Kundinnen und Kunden des Jobcenters',
  });
  const events = (changes: Partial<Extract<AnswerOutcome, { kind: 'events' }>> = {}): AnswerOutcome => ({
    ...outcomeBase,
    kind: 'events',
    filter: {},
    eventIds: ['essen'],
    aspect: 'all',
    nearest: false,
    notes: [],
    ...changes,
  });

  test('past ones are told as past, with the full date, and their contradiction is named', () => {
    const text = said(events(), knowledgeOf({ events: [essen] }));
    expect(text).toContain('Sie ist vorbei.');
    expect(text).toContain('Das war am Dienstag, 27. August 2019, 9.30 bis 16 Uhr.');
    expect(text).toContain('29.08.2019');
    expect(text).toContain('Stand: 22.11.2026');
    expect(text).toContain('Quelle: Meldung');
    expect(text).not.toMatch(/findet .*statt|lädt ein/);
  });

  test.each([
    ['the day before', '2019-08-26', 'Das ist am Dienstag, 27. August 2019'],
    ['the day itself', '2019-08-27', 'Das ist heute: Dienstag, 27. August 2019'],
    ['the day after', '2019-08-28', 'Das war am Dienstag, 27. August 2019'],
  ])('on %s the tense is right', (_, day, words) => {
    expect(said(events(), knowledgeOf({ events: [essen] }), { day })).toContain(words);
  });

  test('that were cancelled say so', () => {
    expect(said(events(), knowledgeOf({ events: [{ ...essen, cancelled: true }] }), { day: '2019-08-01' })).toContain(
      'Abgesagt.',
    );
  });

  test('are grouped by day in a list, with where new ones are announced', () => {
    const knowledge = knowledgeOf({
      events: [
        event('a', { times: [{ from: '2019-08-28', to: '2019-08-28' }] }),
        event('b', { times: [{ from: '2019-08-28', to: '2019-08-28' }] }),
        event('c', { times: [{ from: '2019-08-26', to: '2019-08-30' }] }),
        event('d', { times: [], timeNote: 'Der Tag steht nicht in der Meldung.' }),
      ],
    });
    const reply = composeReply(events({ eventIds: ['a', 'b', 'c', 'd'] }), viewOf(knowledge));
    const headings = reply.blocks.filter((block) => block.type === 'heading').map((block) => block.text);
    expect(headings).toEqual(['26.–30. August 2019', 'Mittwoch, 28. August 2019', 'Ohne genauen Tag']);
    expect(plainText(reply)).toContain('Sie sind vorbei.');
    expect(plainText(reply)).toContain('Neue Aktionen gibt das Jobcenter Essen auf seiner Internetseite bekannt');
  });

  test('what the source does not say is said to be unknown, with who knows', () => {
    const vague = event('vage', { place: {} });
    const text = said(events({ eventIds: ['vage'], aspect: 'where' }), knowledgeOf({ events: [vague] }));
    expect(text).toContain('Den genauen Ort nennt die Meldung nicht.');
    expect(said(events({ eventIds: ['vage'], aspect: 'who' }), knowledgeOf({ events: [vague] }))).toContain(
      'Die Meldung sagt nicht, wer eingeladen war.',
    );
  });

  test('none: the note says what is not known, then the nearest are told', () => {
    const text = said(
      events({ nearest: true, notes: [{ name: 'noneForJobcenter', jobcenter: 'essen' }] }),
      knowledgeOf({ events: [essen] }),
    );
    expect(text).toContain('Zum Jobcenter Essen steht in den Meldungen keine Aktion.');
    expect(text).toContain('Das kommt dem am nächsten:');
  });

  test.each([
    ['2022-01-01', '2022-12-31', 'Im Jahr 2022 kenne ich keine Aktion zu „Jobcenter Essen“.'],
    ['2022-06-01', '2022-06-30', 'Im Juni 2022 kenne'],
    ['2024-02-01', '2024-02-29', 'Im Februar 2024 kenne'],
    ['2022-06-05', '2022-06-05', 'Am 5. Juni 2022 kenne'],
    ['2022-06-05', '2022-06-11', 'Vom 5. bis 11. Juni 2022 kenne'],
  ])('the period from %s to %s is told as people say it', (from, to, words) => {
    expect(
      said(
        events({ nearest: true, filter: { jobcenters: ['essen'] }, notes: [{ name: 'noneInPeriod', from, to }] }),
        knowledgeOf({ events: [essen] }),
      ),
    ).toContain(words);
  });

  test('asked for something in particular, what answers it is told, without day and place again', () => {
    const told = knowledgeOf({ events: [{ ...essen, details: 'Beteiligt waren viele Partner.' }] });
    const inDetails = said(events({ aspect: 'details', details: true }), told);
    expect(inDetails).toContain('Beteiligt waren viele Partner.');
    expect(inDetails).toContain('29.08.2019');
    expect(inDetails).toContain('Quelle: Meldung');
    expect(inDetails).not.toMatch(/Sie ist vorbei|Das war am/);
    expect(said(events({ aspect: 'details' }), told)).not.toContain('Beteiligt waren');
  });

  test('what no report tells is said to be untold, in the number of the reports', () => {
    const one = said(events({ aspect: 'unsaid' }), knowledgeOf({ events: [essen] }));
    expect(one).toContain('Davon steht in der Meldung nichts.');
    expect(one).toContain('Quelle: Meldung');
    expect(one).not.toContain('Das war am');
    const other = event('dueren', { title: 'Aktionstag' });
    const several = said(
      events({ aspect: 'unsaid', eventIds: ['essen', 'dueren'] }),
      knowledgeOf({ events: [essen, other] }),
    );
    expect(several).toContain('Davon steht in den Meldungen nichts.');
  });

  test('whether one can still go to any of several past ones is one sentence', () => {
    const other = event('dueren', { title: 'Aktionstag' });
    const text = said(
      events({ aspect: 'still', eventIds: ['essen', 'dueren'] }),
      knowledgeOf({ events: [essen, other] }),
    );
    expect(text).toMatch(/^Nein, das ist vorbei\./);
    expect(text).not.toContain('Das war am');
  });

  test('asked when, where or for whom, only that is told, with the contradiction and the source', () => {
    const text = said(events({ aspect: 'when' }), knowledgeOf({ events: [essen] }));
    expect(text).toMatch(/^Gesundheitstag des Jobcenters Essen: Das war am Dienstag, 27. August 2019/);
    expect(text).toContain('29.08.2019');
    expect(text).toContain('Quelle: Meldung');
    expect(text).not.toContain('Grugapark');
    expect(said(events({ aspect: 'where' }), knowledgeOf({ events: [essen] }))).toContain(
      'fand hier statt: Grugapark, Essen.',
    );
    expect(said(events({ aspect: 'who' }), knowledgeOf({ events: [essen] }))).toContain(
      'Eingeladen waren: Kundinnen und Kunden des Jobcenters.',
    );
  });

  test('a place is quoted without what could be markup', () => {
    const text = said(
      events({ eventIds: [], notes: [{ name: 'placeUnknown', place: '<b>[Ort](javascript:1)' }] }),
      knowledgeOf(),
    );
    expect(text).toContain('Zu „b Ort javascript:1“ kenne ich keine Aktion.');
  });

  test('long lists are cut and say so', () => {
    const many = Array.from({ length: 12 }, (_, index) => event(`e${index}`));
    const text = said(events({ eventIds: many.map(({ id }) => id) }), knowledgeOf({ events: many }));
    expect(text).toContain('Es gibt noch 4 weitere.');
  });
});

describe('which Jobcenter', () => {
  const find = (changes: Partial<Extract<AnswerOutcome, { kind: 'jobcenter' }>>): AnswerOutcome => ({
    ...outcomeBase,
    kind: 'jobcenter',
    jobcenterIds: [],
    status: 'unknown',
    ...changes,
  });

  test.each([
    ['address', {}, 'Straße und Hausnummer liegen mir nicht vor'],
    ['phone', {}, 'Eine Telefonnummer liegt mir nicht vor'],
    ['hours', {}, 'Die Öffnungszeiten liegen mir nicht vor'],
    ['mail', {}, 'Eine E-Mail-Adresse liegt mir nicht vor'],
    ['phone', { phone: '0201 1' }, 'Telefon: 0201 1'],
    ['hours', { openingHours: 'Mo 8 bis 12 Uhr' }, 'Öffnungszeiten: Mo 8 bis 12 Uhr'],
  ] as const)(
    'asked how to reach it (%s), what is known of that is told, or that it is not',
    (contact, known, words) => {
      const text = said(
        find({ jobcenterIds: ['essen'], status: 'found', contact }),
        knowledgeOf({ jobcenters: [{ ...jobcenter('essen'), ...known }] }),
      );
      expect(text).toContain(words);
      expect(text).toContain('https://www.essen.de/jobcenter');
      expect(text).not.toContain('Ich merke mir');
    },
  );

  test('found: its name and address with the day it was seen', () => {
    const text = said(find({ jobcenterIds: ['essen'], status: 'found', place: '45127' }), knowledgeOf());
    expect(text).toContain('Für 45127 ist zuständig: Jobcenter Essen.');
    expect(text).toContain('https://www.essen.de/jobcenter');
    expect(text).toContain('26. August 2019');
  });

  test('ambiguous: the possible ones and none of them', () => {
    const reply = composeReply(
      find({ jobcenterIds: ['essen', 'dueren'], status: 'ambiguous' }),
      viewOf(knowledgeOf({ jobcenters: [jobcenter('essen'), jobcenter('dueren')] })),
    );
    expect(reply.choices.map((choice) => choice.title)).toEqual(['Jobcenter essen', 'Jobcenter dueren', 'Keins davon']);
  });

  test('outside the known ones: says that it does not know and how to find out', () => {
    const text = said(find({ place: 'Ravensburg' }), knowledgeOf());
    expect(text).toContain('Zu „Ravensburg“ kann ich Ihnen das Jobcenter nicht nennen.');
    expect(text).toContain('Fragen Sie bei Ihrer Stadt oder Ihrem Kreis.');
  });
});

test('asking back offers at most three choices and none of them', () => {
  const choices = ['a', 'b', 'c', 'd'].map((id) => ({ id, title: id.toUpperCase(), value: id }));
  const reply = composeReply({ ...outcomeBase, kind: 'clarify', about: 'topic', choices }, viewOf(knowledgeOf()));
  expect(reply.choices.map((choice) => choice.title)).toEqual(['A', 'B', 'C', 'Keins davon']);
});

describe('urgent need', () => {
  const knowledge = knowledgeOf({
    entries: [
      entry('krise-suizid', {
        title: 'Wenn alles zu viel wird',
        versions: [{ answer: 'Das Jobcenter kann Termine verschieben.' }],
      }),
    ],
    helpNumbers: [
      {
        id: 'telefonseelsorge',
        label: 'TelefonSeelsorge',
        numbers: ['0800 111 0 111', '116 123'],
        note: 'kostenlos',
        source: 'Beleg',
        asOf: '2026-11-22',
      },
    ],
    urgentRules: [
      {
        class: 'suicide',
        entryId: 'krise-suizid',
        helpNumbers: ['telefonseelsorge'],
        opening: 'Bitte sprechen Sie jetzt mit einem Menschen.',
        triggers: [],
        exceptions: [],
      },
    ],
  });
  const urgent: AnswerOutcome = { ...outcomeBase, kind: 'urgent', urgentClass: 'suicide', entryId: 'krise-suizid' };

  test('help comes first, with the numbers and their Stand, then the Jobcenter', () => {
    const reply = composeReply(urgent, viewOf(knowledge));
    const [first] = reply.blocks;
    expect(first).toMatchObject({ type: 'notice', tone: 'help' });
    const text = plainText(reply);
    expect(text.indexOf('Bitte sprechen Sie jetzt')).toBe(0);
    expect(text).toContain('TelefonSeelsorge: 0800 111 0 111 · 116 123 (kostenlos)');
    expect(text).toContain('(Stand 22.11.2026)');
    expect(text.indexOf('116 123')).toBeLessThan(text.indexOf('Das Jobcenter kann'));
  });

  test('has no reservation, and in a crisis of life no talk of the office', () => {
    const [need] = knowledge.entries;
    const unsure = { ...knowledge, entries: [{ ...(need ?? entry('x')), certainty: 'H' as const, local: true }] };
    const crisis = composeReply(urgent, viewOf(unsure));
    expect(plainText(crisis)).not.toMatch(/noch nicht an der Quelle geprüft|Postleitzahl/);
    expect(crisis.choices.map(({ id }) => id)).not.toContain('wahl.jobcenter');
    const hunger = composeReply(
      { ...outcomeBase, kind: 'urgent', urgentClass: 'hunger', entryId: 'krise-suizid' },
      viewOf(unsure),
    );
    expect(plainText(hunger)).toContain('Postleitzahl');
  });

  test('stays first even when personal data was masked', () => {
    const text = plainText(composeReply({ ...urgent, masked: ['iban'] }, viewOf(knowledge)));
    expect(text.indexOf('Bitte sprechen Sie jetzt')).toBe(0);
    expect(text).toContain('Kontonummer (IBAN)');
  });

  test.each(['en', 'uk', 'ru', 'tr', 'ar'])('is told in %s as well', (language) => {
    const text = plainText(composeReply(urgent, viewOf(knowledge, { language })));
    expect(text).toContain('0800 111 0 111');
    expect(text).not.toContain('Bitte sprechen Sie jetzt');
  });
});

describe('the own file', () => {
  test('cannot be seen; the contact; no personal data; then what holds in general', () => {
    const knowledge = knowledgeOf({
      entries: [entry('geld-nicht-angekommen', { versions: [{ answer: 'Prüfen Sie zuerst den Bescheid.' }] })],
    });
    const text = said({ ...outcomeBase, kind: 'private', entryId: 'geld-nicht-angekommen' }, knowledge, {
      jobcenter: 'essen',
    });
    expect(text).toContain('Ihre Akte kann ich nicht einsehen.');
    expect(text).toContain('keine persönlichen Daten');
    expect(text).toContain('Jobcenter Essen');
    expect(text.indexOf('Akte')).toBeLessThan(text.indexOf('Prüfen Sie zuerst'));
  });

  test('masked data is said to be masked, by kind', () => {
    const text = said(
      { ...outcomeBase, kind: 'fallback', reason: 'outOfScope', masked: ['iban', 'phone', 'neuartig'] },
      knowledgeOf(),
    );
    expect(text).toContain('(Kontonummer (IBAN), Telefonnummer, persönliche Angabe)');
  });
});

describe('every outcome', () => {
  const knowledge = knowledgeOf({ entries: [entry('x')], events: [event('e')] });
  const outcomes: readonly AnswerOutcome[] = [
    answer('x'),
    {
      ...outcomeBase,
      kind: 'events',
      filter: {},
      eventIds: ['e'],
      aspect: 'all',
      nearest: false,
      notes: [{ name: 'noUpcoming' }, { name: 'noneInPeriod', from: '2026-01-01', to: '2026-01-02' }],
    },
    { ...outcomeBase, kind: 'jobcenter', jobcenterIds: [], status: 'ask' },
    { ...outcomeBase, kind: 'jobcenter', jobcenterIds: [], status: 'unknown' },
    { ...outcomeBase, kind: 'clarify', about: 'place', choices: [] },
    { ...outcomeBase, kind: 'urgent', urgentClass: 'hunger', entryId: 'fehlt' },
    { ...outcomeBase, kind: 'private' },
    ...(['greeting', 'thanks', 'goodbye', 'areYouHuman', 'rudeness', 'howAreYou', 'yes', 'no'] as const).map(
      (name) => ({ ...outcomeBase, kind: 'smalltalk', name }) as const,
    ),
    ...(
      [
        'help',
        'menu',
        'back',
        'cancel',
        'restart',
        'human',
        'simple',
        'everyday',
        'language',
        'deleteData',
        'accessibility',
        'privacy',
        'more',
        'print',
        'guide',
      ] as const
    ).map((name) => ({ ...outcomeBase, kind: 'command', name }) as const),
    ...(
      [
        'empty',
        'tooLong',
        'unintelligible',
        'outOfScope',
        'noneOfThese',
        'languageUnsupported',
        'unknownPlace',
      ] as const
    ).map((reason) => ({ ...outcomeBase, kind: 'fallback', reason }) as const),
  ];
  const languages = ['de', 'en', 'uk', 'ru', 'tr', 'ar'];

  test.each(languages)('can be said in %s, leaves no place unfilled and offers a way on', (language) => {
    for (const outcome of outcomes) {
      for (const style of ['everyday', 'simple'] as const) {
        const reply = composeReply(outcome, viewOf(knowledge, { language, style }));
        expect(plainText(reply)).not.toMatch(/\{[a-z:]+\}/);
        expect(plainText(reply)).not.toBe('');
        const asks = outcome.kind === 'jobcenter' && outcome.status === 'ask';
        if (outcome.kind !== 'answer' && !asks) expect(reply.choices.length).toBeGreaterThan(0);
      }
    }
  });

  test('the first message says in every language that this is an automated assistant', () => {
    const words: Readonly<Record<string, string>> = {
      de: 'automatischer Assistent',
      en: 'automated assistant',
      uk: 'автоматичний помічник',
      ru: 'автоматический помощник',
      tr: 'otomatik bir yardımcıyım',
      ar: 'مساعد آلي',
    };
    for (const language of languages)
      expect(plainText(welcomeReply(viewOf(knowledge, { language })))).toContain(words[language]);
    expect(plainText(welcomeReply(viewOf(knowledge, { language: 'en' })))).toContain('translated automatically');
    expect(
      plainText(composeReply({ ...outcomeBase, kind: 'smalltalk', name: 'areYouHuman' }, viewOf(knowledge))),
    ).toMatch(/^Nein/);
  });
});
