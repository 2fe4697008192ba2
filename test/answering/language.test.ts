/** Another language is recognised only where it is certain: German is what most people write, also in learners' words. */
import { join } from 'node:path';
import { detectLanguage } from '../../src/answering/language';
import { loadGold } from '../../src/evaluation/gold';

test.each([
  ['en', 'I need help with my rent'],
  ['en', 'Where is my money'],
  ['uk', 'Як отримати гроші'],
  ['uk', 'Привіт'],
  ['ru', 'Как получить деньги'],
  ['ru', 'Здравствуйте'],
  ['tr', 'param yok ne yapabilirim'],
  ['ar', 'أريد المال'],
  // short sentences, and words that German has too
  ['en', 'my power was cut off'],
  ['en', 'I am pregnant'],
  ['en', 'My asylum is approved. what now?'],
  ['en', 'do I get money for my children'],
  ['en', 'can I work'],
  ['en', 'I lost my job'],
  ['en', 'i need a termin'],
  ['en', 'what is a bescheid'],
  ['en', 'school lunch'],
  ['uk', 'я хвора'],
  ['uk', 'шкільні обіди'],
  ['ru', 'сколько ждать'],
  ['ru', 'Я не хочу больше жить'],
  // without the letters of the language
  ['tr', 'basvuru nasil yapilir'],
  ['tr', 'hamileyim'],
  ['tr', 'evden atılıyorum'],
  ['ru', 'privet, kak poluchit dengi'],
  ['uk', 'yak otrymaty hroshi'],
  ['ar', 'marhaba'],
  // told that they are not spoken here
  ['pl', 'nie mam co jeść'],
  ['pl', 'szukam pracy'],
  ['ro', 'am nevoie de bani'],
  ['bg', 'нямам пари за храна'],
  ['fa', 'سلام من پول ندارم'],
  ['fa', 'می‌خواهم بمیرم'],
  ['fr', 'je cherche un travail'],
  ['es', 'no tengo dinero'],
  ['it', 'mio marito mi picchia'],
  ['ku', 'ez birçî me'],
  // German
  ['de', 'Wo ist mein Geld'],
  ['de', 'was kann ich'],
  ['de', 'ich brauche help'],
  ['de', 'Wo finde ich einen job in the city'],
  ['de', 'ich nix verstehen brief jobcenter'],
  ['de', 'Job'],
  ['de', 'Hallo'],
  ['de', 'help'],
  ['de', 'am i right'],
  ['de', 'ich suche einen Minijob'],
  ['de', 'Coaching'],
  ['de', 'Feedback'],
  ['de', 'Online'],
  ['de', 'Deadline'],
  ['de', 'Ist das Meeting online?'],
  ['de', 'Habe Job gefunden in Start-up'],
  ['de', 'Deutsch B1 Test'],
  ['de', 'bin single mom mit zwei kids'],
  ['de', 'wo ist the office'],
  ['de', 'ich habe appointment verpasst'],
  ['de', 'I bin krank, was soll i macha'],
  ['de', 'i hob koa geld'],
  ['de', 'was is besser'],
  ['de', 'Familie'],
  ['de', 'Frau Şahin ist meine Beraterin'],
  ['de', 'ich heiße Łukasz'],
  ['de', 'Herr Yılmaz ist mein Berater'],
  // nothing to tell by
  ['de', '12345'],
  ['de', '😀'],
  ['de', ''],
  ['de', '__proto__'],
])('%s: „%s“', (language, text) => {
  expect(detectLanguage(text)).toBe(language);
});

test.each([
  ['uk', 'так'],
  ['uk', 'добре'],
  ['uk', 'школа'],
  ['uk', 'квартира'],
  ['ru', 'школа'],
  ['ru', 'так'],
  ['ar', 'من'],
  ['en', 'more xyz abc def'],
])('%s is spoken: „%s“ stays in it', (spoken, text) => {
  expect(detectLanguage(text, spoken)).toBe(spoken);
});

test.each([
  ['uk', 'Как подать заявление', 'ru'],
  ['ru', 'Як подати заяву', 'uk'],
  ['ru', 'добре, дякую', 'uk'],
  ['en', 'wie beantrage ich Bürgergeld', 'de'],
  ['tr', 'I lost my job', 'en'],
  ['en', 'Miete', 'de'],
  ['tr', 'xyz abc def ghi', 'de'],
  ['uk', 'Umzug Kaution Mietvertrag Nachweis', 'de'],
])('%s is spoken: „%s“ is %s all the same', (spoken, text, language) => {
  expect(detectLanguage(text, spoken)).toBe(language);
});

test('no German gold question is taken for another language', () => {
  const gold = loadGold(join(__dirname, '../../knowledge'));
  expect(gold.length).toBeGreaterThan(3000);
  expect(gold.map(({ question }) => question).filter((question) => detectLanguage(question) !== 'de')).toEqual([]);
});
