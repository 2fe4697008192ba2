/** Topics of a message in another language, by the phrases of knowledge/texte. */
import { createForeignTopics } from '../../src/answering/foreignTopics';
import { serviceTexts } from '../support/serviceTexts';
import { entry } from '../support/smallKnowledge';

const texts = serviceTexts();
const ids = Object.keys(texts).flatMap((key) => /^thema\.(.+)\.woerter$/.exec(key)?.[1] ?? []);
const topics = createForeignTopics(
  texts,
  ids.map((id) => entry(id)),
);

test.each([
  ['en', 'How do I apply for money?', 'antrag-ablauf'],
  ['en', 'I missed my appointment yesterday', 'meldetermin-verpasst'],
  ['en', 'I am sick', 'krankmeldung'],
  ['uk', 'Які документи потрібні?', 'antrag-unterlagen'],
  ['uk', 'я вагітна', 'erstausstattung-baby'],
  ['ru', 'Как оформить пособие?', 'antrag-ablauf'],
  ['ru', 'хочу учить немецкий', 'integrationskurs-deutschkurs'],
  ['tr', 'kira çok yüksek', 'kosten-unterkunft-angemessen'],
  ['tr', 'İş buldum', 'arbeitsaufnahme-melden'],
  ['ar', 'أريد حجز موعد', 'termin-vereinbaren'],
  ['en', 'I want to postpone my appointment', 'meldetermin-verschieben'],
  ['en', 'do I get money for my children', 'kindergeld-anrechnung'],
  ['en', 'my washing machine is broken', 'darlehen-unabweisbarer-bedarf'],
  ['en', 'can I go on vacation', 'erreichbarkeit-urlaub'],
  ['en', "I can't pay my rent", 'mietschulden'],
  ['uk', 'шкільні обіди', 'mittagessen-schule-kita'],
  ['uk', 'чи можу я працювати', 'aufstocken-trotz-arbeit'],
  ['uk', 'yak otrymaty hroshi', 'antrag-ablauf'],
  ['ru', 'kak podat zayavlenie', 'antrag-ablauf'],
  ['ru', 'какие документы нужны', 'antrag-unterlagen'],
  ['ru', 'меня уволили', 'arbeitsvermittlung-stellen'],
  ['tr', 'basvuru nasil yapilir', 'antrag-ablauf'],
  ['tr', 'hamileyim', 'erstausstattung-baby'],
  ['tr', 'randevumu ertelemek istiyorum', 'meldetermin-verschieben'],
  ['ar', 'متى يصل المال', 'auszahlung-zeitpunkt'],
  ['ar', 'زوجتي حامل', 'erstausstattung-baby'],
  ['ar', 'عندي سؤال عن التأمين الصحي', 'krankenversicherung-im-bezug'],
])('%s: „%s“ is about %s', (language, message, id) => {
  expect(topics.find(message, language)).toMatchObject({ kind: 'answer', entryId: id, language });
});

test('the question for the own money is about the own file', () => {
  expect(topics.find('Где мои деньги?', 'ru')).toMatchObject({ kind: 'private', entryId: 'geld-nicht-angekommen' });
});

test('two topics alike are asked back, with titles in the language and German values', () => {
  const outcome = topics.find('rent, interpreter', 'en');
  expect(outcome?.kind).toBe('clarify');
  expect(outcome?.kind === 'clarify' ? outcome.choices.map(({ title }) => title) : []).toEqual(
    expect.arrayContaining(['Rent', 'Interpreter']),
  );
});

test.each(['en', 'uk', 'ru', 'tr', 'ar'])('%s: nothing known means nothing', (language) => {
  expect(topics.find('qwrt xyz 123', language)).toBeUndefined();
  expect(topics.find('', language)).toBeUndefined();
});

test('phrases of one language mean nothing in another', () => {
  expect(topics.find('kira çok yüksek', 'en')).toBeUndefined();
});

test('a topic without its entry is passed over', () => {
  expect(createForeignTopics(texts, []).find('kira çok yüksek', 'tr')).toBeUndefined();
});

test.each([
  ['en', 'I have no money'],
  ['uk', 'у мене немає грошей'],
  ['ru', 'у меня нет денег'],
  ['tr', 'hiç param kalmadı'],
  ['ar', 'ليس لدي مال'],
])('%s: no money is urgent', (language, message) => {
  const urgent = createForeignTopics(texts, [entry('notfall-kein-geld', { urgent: 'hunger' })]);
  expect(urgent.find(message, language)).toMatchObject({
    kind: 'urgent',
    urgentClass: 'hunger',
    entryId: 'notfall-kein-geld',
  });
});
