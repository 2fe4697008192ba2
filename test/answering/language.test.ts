/** Another language is recognised only where it is certain: German is what most people write, also in learners' words. */
import { detectLanguage } from '../../src/answering/language';

test.each([
  ['en', 'I need help with my rent'],
  ['en', 'Where is my money'],
  ['uk', 'Як отримати гроші'],
  ['uk', 'Привіт'],
  ['ru', 'Как получить деньги'],
  ['ru', 'Здравствуйте'],
  ['tr', 'param yok ne yapabilirim'],
  ['ar', 'أريد المال'],
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
  ['de', 'Herr Yılmaz ist mein Berater'],
  // nothing to tell by
  ['de', '12345'],
  ['de', '😀'],
  ['de', ''],
  ['de', '__proto__'],
])('%s: „%s“', (language, text) => {
  expect(detectLanguage(text)).toBe(language);
});
