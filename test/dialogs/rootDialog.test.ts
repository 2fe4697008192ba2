/** How the conversation keeps its thread: what is remembered, offered, interrupted, resumed, forgotten. */
import type { AnswerOutcome, CommandName } from '../../src/answering/outcome';
import type { LocalChat } from '../../src/bot/localChat';
import { fixedClock } from '../../src/clock';
import type { Guide, KnowledgeBase } from '../../src/knowledge/model';
import type { Capabilities } from '../../src/rendering/reply';
import { createLocalConversation } from '../../src/service';
import { scriptedMind, type ScriptedMind } from '../support/scriptedMind';
import { entry, event, jobcenter, knowledgeOf, outcomeBase } from '../support/smallKnowledge';

const guide: Guide = {
  id: 'weg-antrag',
  title: 'Antrag Schritt für Schritt',
  triggers: ['Anleitung Antrag'],
  start: 'eins',
  steps: [
    {
      id: 'eins',
      text: 'Haben Sie schon etwas abgegeben?',
      choices: [
        { label: 'Nein, noch nichts', next: 'zwei' },
        { label: 'Ja', next: 'drei' },
      ],
    },
    {
      id: 'zwei',
      text: 'Ein Satz genügt.',
      simple: 'Ein Satz reicht.',
      entryId: 'x',
      choices: [{ label: 'Weiter zu den Unterlagen', next: 'drei' }],
    },
    { id: 'drei', text: 'Sammeln Sie die Unterlagen.', choices: [] },
  ],
  origin: { file: 'w', line: 1, column: 1 },
};

const knowledge = knowledgeOf({
  entries: [
    entry('x', {
      title: 'Termin verpasst',
      versions: [{ answer: 'Melden Sie sich.', more: 'Mehr Einzelheiten.', simple: 'Rufen Sie an.' }],
      seeAlso: ['y', 'z'],
    }),
    entry('y', { title: 'Wichtiger Grund' }),
    entry('z', { title: 'Anhörung' }),
    entry('lokal', { title: 'Auszahlungstag', local: true }),
    entry('not', { title: 'Kein Geld' }),
  ],
  events: [event('e')],
  jobcenters: [jobcenter('essen', { name: 'Jobcenter Essen' }), jobcenter('dueren', { name: 'job-com Düren' })],
  urgentRules: [
    { class: 'hunger', entryId: 'not', helpNumbers: [], opening: 'Gehen Sie heute hin.', triggers: [], exceptions: [] },
  ],
  guides: [guide],
});

const command = (name: CommandName, argument?: string): AnswerOutcome => ({
  ...outcomeBase,
  kind: 'command',
  name,
  ...(argument === undefined ? {} : { argument }),
});
const answer = (entryId: string): AnswerOutcome => ({
  ...outcomeBase,
  kind: 'answer',
  entryId,
  entries: [{ id: entryId, confidence: 0.9 }],
});
const meanings: Readonly<Record<string, AnswerOutcome>> = {
  'Termin verpasst': answer('x'),
  'Wann kommt Geld': answer('lokal'),
  'Nichts zu essen': { ...outcomeBase, kind: 'urgent', urgentClass: 'hunger', entryId: 'not' },
  'und mit Kind?': { ...answer('x'), follow: true } as AnswerOutcome,
  Aktionen: {
    ...outcomeBase,
    kind: 'events',
    filter: { town: 'Essen' },
    eventIds: ['e'],
    aspect: 'all',
    nearest: false,
    notes: [],
  },
  'Welches Jobcenter ist für mich zuständig?': { ...outcomeBase, kind: 'jobcenter', jobcenterIds: [], status: 'ask' },
  '45127': { ...outcomeBase, kind: 'jobcenter', jobcenterIds: ['essen'], status: 'found', place: '45127' },
  Hallo: { ...outcomeBase, kind: 'smalltalk', name: 'greeting' },
  Idiot: { ...outcomeBase, kind: 'smalltalk', name: 'rudeness' },
  Unklar: {
    ...outcomeBase,
    kind: 'clarify',
    about: 'topic',
    choices: [
      { id: 'x', title: 'Termin verpasst', value: 'Termin verpasst' },
      { id: 'y', title: 'Wichtiger Grund', value: 'Wichtiger Grund' },
    ],
  },
  'Keins davon': { ...outcomeBase, kind: 'fallback', reason: 'noneOfThese' },
  zurück: command('back'),
  abbrechen: command('cancel'),
  mehr: command('more'),
  drucken: command('print'),
  Hilfe: command('help'),
  'von vorn': command('restart'),
  'Einfache Sprache': command('simple'),
  Alltagssprache: command('everyday'),
  'Sprache wechseln': command('language'),
  'auf Türkisch': command('language', 'tr'),
  'meine Daten löschen': command('deleteData'),
  'what documents do I need': { ...answer('x'), language: 'en' },
};

const clock = fixedClock(Date.parse('2026-11-24T10:00:00Z'));

interface Setup {
  readonly chat: LocalChat;
  readonly scripted: ScriptedMind;
  readonly say: (text: string) => Promise<string>;
  readonly choices: (text: string) => Promise<readonly string[]>;
}

function conversation(
  options: {
    readonly capabilities?: Capabilities;
    readonly knowledge?: KnowledgeBase;
    readonly jobcenter?: string;
    readonly audience?: 'staff';
  } = {},
): Setup {
  const scripted = scriptedMind(options.knowledge ?? knowledge, meanings);
  const chat = createLocalConversation({
    mind: () => scripted.mind,
    today: () => '2026-11-24',
    clock,
    ...(options.capabilities === undefined ? {} : { capabilities: options.capabilities }),
    ...(options.jobcenter === undefined ? {} : { jobcenter: () => options.jobcenter }),
    ...(options.audience === undefined ? {} : { audience: options.audience }),
  });
  return {
    chat,
    scripted,
    say: async (text) => (await chat.say(text)).text,
    choices: async (text) => (await chat.say(text)).replies.at(-1)?.choices.map(({ title }) => title) ?? [],
  };
}

describe('the beginning', () => {
  test('a join is welcomed once, by an automated assistant, with ways to begin', async () => {
    const { chat } = conversation();
    const welcome = await chat.join();
    expect(welcome.text).toContain('automatischer Assistent');
    expect(welcome.replies[0]?.choices.map(({ title }) => title)).toContain('Antrag Schritt für Schritt');
    expect((await chat.join()).text).toBe('');
    expect((await chat.send({ type: 'event', name: 'webchat/join' })).text).toBe('');
  });

  test('whoever writes without a welcome is told with the first reply, and once', async () => {
    const { say } = conversation();
    expect(await say('Termin verpasst')).toMatch(/^Ich bin ein automatischer Assistent/);
    expect(await say('Termin verpasst')).not.toContain('automatischer Assistent');
  });

  test('in need, help stands before that', async () => {
    const { say } = conversation();
    const text = await say('Nichts zu essen');
    expect(text.indexOf('Gehen Sie heute hin.')).toBe(0);
    expect(text).toContain('automatischer Assistent');
  });

  test('staff are welcomed as staff', async () => {
    expect((await conversation({ audience: 'staff' }).chat.join()).text).toContain('internen Hinweise');
  });
});

describe('choices', () => {
  test.each([
    ['a click', 'Wichtiger Grund'],
    ['a number', '2'],
    ['a number with a word', 'Nummer 2 bitte'],
    ['an ordinal', 'die zweite'],
    ['other case and a full stop', 'wichtiger grund.'],
  ])('%s chooses', async (_, typed) => {
    const { say, scripted } = conversation();
    await say('Unklar');
    expect(await say(typed)).toContain('Antwort y.');
    expect(scripted.heard.at(-1)?.question).toBe('Wichtiger Grund');
  });

  test('„die letzte“ is none of these', async () => {
    const { say } = conversation();
    await say('Unklar');
    expect(await say('die letzte')).toContain('mit anderen Worten');
  });

  test('a new question loses nothing', async () => {
    const { say } = conversation();
    await say('Unklar');
    expect(await say('Termin verpasst')).toContain('Melden Sie sich.');
  });

  test('a card that submits its value is read like typed text', async () => {
    const { chat } = conversation();
    expect((await chat.send({ type: 'message', text: '', value: { lotse: 'Termin verpasst' } })).text).toContain(
      'Melden Sie sich.',
    );
  });

  test('numbers also choose among related topics after an answer', async () => {
    const { say } = conversation();
    await say('Termin verpasst');
    expect(await say('2')).toContain('Antwort z.');
  });

  test('answering is told only of choices that are topics, never of buttons', async () => {
    const { say, scripted } = conversation();
    await say('Unklar');
    await say('irgendwas Neues');
    expect(scripted.heard.at(-1)?.context.pending?.choices.map(({ id }) => id)).toEqual(['x', 'y']);
  });
});

describe('follow-ups', () => {
  test('the last topic goes with the next message', async () => {
    const { say, scripted } = conversation();
    await say('Aktionen');
    await say('und wo?');
    expect(scripted.heard.at(-1)?.context.topic).toEqual({
      kind: 'events',
      filter: { town: 'Essen' },
      eventIds: ['e'],
    });
  });

  test('„mehr“ tells the details of the last answer, and that there are none', async () => {
    const { say } = conversation();
    expect(await say('mehr')).toContain('Mehr habe ich dazu nicht.');
    await say('Termin verpasst');
    expect(await say('mehr')).toContain('Mehr Einzelheiten.');
  });

  test('a follow-up on the same topic tells what was not said yet', async () => {
    const { say } = conversation();
    await say('Termin verpasst');
    const more = await say('und mit Kind?');
    expect(more).toContain('Zum Thema „Termin verpasst“ weiß ich außerdem:');
    expect(more).toContain('Mehr Einzelheiten.');
    expect(more).not.toContain('Melden Sie sich.');
    await say('Wann kommt Geld');
    expect(await say('und mit Kind?')).toContain('Melden Sie sich.');
  });

  test('„zurück“ goes to the answer before, and at the start says so', async () => {
    const { say } = conversation();
    expect(await say('zurück')).toContain('keinen früheren Schritt');
    await say('Termin verpasst');
    await say('Aktionen');
    const text = await say('zurück');
    expect(text).toContain('einen Schritt zurück');
    expect(text).toContain('Melden Sie sich.');
  });

  test('Einfache Sprache gives the last answer again in it, and stays', async () => {
    const { say } = conversation();
    await say('Termin verpasst');
    expect(await say('Einfache Sprache')).toContain('Rufen Sie an.');
    expect(await say('Termin verpasst')).toContain('Rufen Sie an.');
    expect(await say('Alltagssprache')).toContain('Melden Sie sich.');
  });
});

describe('which Jobcenter', () => {
  test('is asked, found, kept, and leads back to the question', async () => {
    const { say, choices, scripted } = conversation();
    expect(await choices('Wann kommt Geld')).toContain('Welches Jobcenter?');
    expect(await say('Welches Jobcenter?')).toContain('In welcher Stadt');
    expect(await choices('45127')).toContain('Zurück zu: Auszahlungstag');
    expect(await say('Zurück zu: Auszahlungstag')).toContain('Jobcenter Essen');
    expect(scripted.heard.at(-1)?.context.jobcenter).toBe('essen');
  });

  test('a place is awaited: the last events are no context for it', async () => {
    const { say, scripted } = conversation();
    await say('Aktionen');
    await say('Welches Jobcenter ist für mich zuständig?');
    await say('Essen');
    expect(scripted.heard.at(-1)?.context.topic).toBeUndefined();
    expect(scripted.heard.at(-1)?.context.pending?.about).toBe('place');
  });

  test('another question instead of a place is answered', async () => {
    const { say } = conversation();
    await say('Welches Jobcenter ist für mich zuständig?');
    expect(await say('Termin verpasst')).toContain('Melden Sie sich.');
  });

  test('the page that embeds the chat sets it, and a typed place changes it for good', async () => {
    const { say, scripted } = conversation({ jobcenter: 'dueren' });
    expect(await say('Wann kommt Geld')).toContain('job-com Düren');
    await say('45127');
    expect(await say('Wann kommt Geld')).toContain('Jobcenter Essen');
    expect(scripted.heard.at(-1)?.context.jobcenter).toBe('essen');
  });
});

describe('guided ways', () => {
  test('go step by step by label, number or part, show the topic, and end', async () => {
    const { say } = conversation();
    expect(await say('Anleitung Antrag')).toContain('Antrag Schritt für Schritt – Schritt 1');
    const second = await say('1');
    expect(second).toContain('Schritt 2');
    expect(second).toContain('Melden Sie sich.');
    expect(second).toContain('Stand: 22.11.2026');
    expect(await say('Unterlagen')).toContain('Das war der letzte Schritt.');
  });

  test('go one step back', async () => {
    const { say } = conversation();
    await say('Anleitung Antrag');
    await say('Nein, noch nichts');
    expect(await say('zurück')).toContain('Schritt 1');
  });

  test('wait while something else is answered, and can be taken up again', async () => {
    const { say, choices } = conversation();
    await say('Anleitung Antrag');
    await say('Nein, noch nichts');
    expect(await choices('Wann kommt Geld')).toContain('Weiter mit: Antrag Schritt für Schritt');
    expect(await say('weiter')).toContain('Schritt 2');
  });

  test('wait while a place is asked for and found, and while an answer is rated', async () => {
    const { say } = conversation();
    await say('Anleitung Antrag');
    await say('Nein, noch nichts');
    await say('Welches Jobcenter ist für mich zuständig?');
    await say('45127');
    expect(await say('Weiter zu den Unterlagen')).toContain('Schritt 3');
    await say('Anleitung Antrag');
    await say('Termin verpasst');
    await say('nicht hilfreich');
    await say('veraltet');
    expect(await say('Ja')).toContain('Schritt 2');
  });

  test('do not stand before urgent need', async () => {
    const { say } = conversation();
    await say('Anleitung Antrag');
    expect(await say('Nichts zu essen')).toMatch(/^(Ich bin.*)?Gehen Sie heute hin\./s);
    expect(await say('Nein, noch nichts')).toContain('Schritt 2');
  });

  test('can be cancelled and resumed later', async () => {
    const { say } = conversation();
    await say('Anleitung Antrag');
    await say('Nein, noch nichts');
    expect(await say('abbrechen')).toContain('beendet');
    expect(await say('Termin verpasst')).not.toContain('– Schritt');
    expect(await say('weiter')).toContain('Schritt 2');
  });

  test('can be restarted from the first step', async () => {
    const { say } = conversation();
    await say('Anleitung Antrag');
    await say('Nein, noch nichts');
    const text = await say('von vorn');
    expect(text).toContain('Schritt 1');
    expect(text).toContain('beim ersten Schritt');
  });

  test('can be printed with the way taken, within and after', async () => {
    const { say } = conversation();
    await say('Anleitung Antrag');
    await say('Nein, noch nichts');
    const inside = await say('drucken');
    expect(inside).toContain('Ihre Wahl: Nein, noch nichts');
    expect(inside).toContain('Schritt 2');
    await say('Weiter zu den Unterlagen');
    expect(await say('drucken')).toContain('Schritt 3');
  });

  test('that were taken out of the knowledge base end quietly', async () => {
    let current: KnowledgeBase = knowledge;
    const scripted = scriptedMind(knowledge, meanings);
    const chat = createLocalConversation({
      mind: () => ({ ...scripted.mind, knowledge: current }),
      today: () => '2026-11-24',
      clock,
    });
    await chat.say('Anleitung Antrag');
    current = { ...knowledge, guides: [] };
    expect((await chat.say('Termin verpasst')).text).toContain('Melden Sie sich.');
  });

  test('speak Einfache Sprache where it exists', async () => {
    const { say } = conversation();
    await say('Einfache Sprache');
    await say('Anleitung Antrag');
    expect(await say('1')).toContain('Ein Satz reicht.');
  });
});

describe('feedback', () => {
  test('is mentioned once where no button can be shown', async () => {
    const { say } = conversation();
    expect(await say('Termin verpasst')).toContain('War das hilfreich?');
    expect(await say('Wann kommt Geld')).not.toContain('War das hilfreich?');
  });

  test('yes is thanked for; no asks for a reason; the reason is thanked for', async () => {
    const { say, choices } = conversation();
    await say('Termin verpasst');
    expect(await say('hilfreich')).toContain('Danke');
    expect(await choices('nicht hilfreich')).toEqual([
      'Falsch',
      'Veraltet',
      'Unverständlich',
      'Passt nicht zu meiner Frage',
    ]);
    expect(await say('veraltet')).toContain('an die Redaktion');
  });

  test('a new question instead of a reason is answered', async () => {
    const { say } = conversation();
    await say('Termin verpasst');
    await say('Nicht hilfreich');
    expect(await say('Wann kommt Geld')).toContain('Antwort lokal.');
  });

  test('without an answer before asks which one', async () => {
    expect(await conversation().say('hilfreich')).toContain('Zu welcher Antwort');
  });

  test("the widget's thumbs are counted without a reply, a bare thumb down asks for the reason", async () => {
    const { chat } = conversation();
    await chat.say('Termin verpasst');
    expect(
      (await chat.send({ type: 'event', name: 'lotse/feedback', value: { entryId: 'x', helpful: true } })).text,
    ).toBe('');
    expect(
      (await chat.send({ type: 'event', name: 'lotse/feedback', value: { entryId: 'fremd', helpful: true } })).text,
    ).toBe('');
    expect(
      (await chat.send({ type: 'event', name: 'lotse/feedback', value: { entryId: 'x', helpful: false } })).text,
    ).toContain('Was stimmte nicht?');
  });
});

describe('languages', () => {
  test('a recognised one is answered in it, its short replies too, whole German sentences lead back', async () => {
    const { say } = conversation();
    await say('Hallo');
    expect(await say('what documents do I need')).toContain('only in German');
    expect(await say('Hilfe')).toContain('How to talk to me');
    expect(await say('Das ist jetzt wieder ein deutscher Satz')).toContain('keine geprüfte Auskunft');
  });

  test('a chosen one stays', async () => {
    const { say, choices } = conversation();
    expect(await choices('Sprache wechseln')).toEqual([
      'Deutsch',
      'العربية',
      'English',
      'Русский',
      'Türkçe',
      'Українська',
    ]);
    expect(await say('Türkçe')).toContain('Artık Türkçe yanıt veriyorum.');
    expect(await say('Das ist jetzt wieder ein deutscher Satz')).toContain('kontrol edilmiş bir bilgim yok');
    await say('Sprache wechseln');
    expect(await say('Deutsch')).toContain('Ich antworte jetzt auf Deutsch.');
  });

  test('by name works as well', async () => {
    expect(await conversation().say('auf Türkisch')).toContain('Türkçe');
  });

  test("the widget's settings hold until a command changes them", async () => {
    const { chat } = conversation();
    const channelData = { style: 'everyday', language: 'de' };
    await chat.send({ type: 'message', text: 'Termin verpasst', channelData });
    await chat.send({ type: 'message', text: 'Einfache Sprache', channelData });
    expect((await chat.send({ type: 'message', text: 'Termin verpasst', channelData })).text).toContain(
      'Rufen Sie an.',
    );
    expect(
      (await chat.send({ type: 'message', text: 'Termin verpasst', channelData: { style: 'simple', language: 'uk' } }))
        .text,
    ).toContain('лише німецькою');
  });
});

describe('what is remembered', () => {
  test('is forgotten after an hour of silence', async () => {
    const { say, scripted } = conversation();
    await say('Einfache Sprache');
    await say('45127');
    clock.advance(61 * 60_000);
    expect(await say('Termin verpasst')).toContain('Melden Sie sich.');
    expect(scripted.heard.at(-1)?.context).toMatchObject({ style: 'everyday' });
    expect(scripted.heard.at(-1)?.context.jobcenter).toBeUndefined();
  });

  test('is gone on „meine Daten löschen“, dialogs included', async () => {
    const { say, scripted } = conversation();
    await say('45127');
    await say('Anleitung Antrag');
    expect(await say('meine Daten löschen')).toContain('gelöscht');
    expect(await say('1')).not.toContain('Schritt');
    expect(scripted.heard.at(-1)?.context.jobcenter).toBeUndefined();
    expect(scripted.heard.at(-1)?.context.topic).toBeUndefined();
  });

  test('„von vorn“ forgets the topic and keeps the language and the Jobcenter', async () => {
    const { say, scripted } = conversation();
    await say('45127');
    await say('Termin verpasst');
    expect(await say('von vorn')).toContain('fangen neu an');
    await say('Termin verpasst');
    expect(scripted.heard.at(-1)?.context).toMatchObject({ jobcenter: 'essen' });
    expect(scripted.heard.at(-1)?.context.topic).toBeUndefined();
  });
});

describe('patience', () => {
  test('rudeness is answered calmly once, then with the way to a human', async () => {
    const { say } = conversation();
    expect(await say('Idiot')).toContain('verärgert');
    expect(await say('Idiot')).toContain('Mensch');
  });

  test('the third same reply in a row says so and shows other ways', async () => {
    const { say, choices } = conversation();
    await say('Hallo');
    const first = await say('gibberisch');
    expect(await say('gibberisch')).toBe(first);
    expect(await choices('gibberisch')).toContain('Ich habe kein Geld mehr');
    expect(await say('gibberisch')).toBe(first);
  });

  test('files are refused kindly', async () => {
    const { chat } = conversation();
    const sent = await chat.send({
      type: 'message',
      text: '',
      attachments: [{ contentType: 'image/png', contentUrl: 'https://x' }],
    });
    expect(sent.text).toContain('keine Dateien');
  });

  test('personal data is masked before anything is remembered, and the person is told of what kind', async () => {
    const { say, scripted } = conversation();
    expect(await say('Meine IBAN ist DE89370400440532013000')).toContain('Kontonummer (IBAN)');
    expect(scripted.heard.at(-1)?.question).toBe('Meine IBAN ist […]');
    await say('Hallo');
    expect(JSON.stringify(scripted.heard)).not.toContain('DE8937');
  });

  test('personal data that the channel has masked is mentioned', async () => {
    expect(await conversation().say('Meine IBAN ist […]')).toContain('unkenntlich gemacht');
  });
});
