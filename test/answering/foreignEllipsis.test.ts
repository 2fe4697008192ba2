/** What asks on in another language names no subject, or begins with „and“. */
import { asksOnly, leansOnLast } from '../../src/answering/foreignEllipsis';

test.each([
  ['en', 'and how long does it take?'],
  ['en', 'what should I do?'],
  ['en', 'what about my children?'],
  ['uk', 'а скільки чекати?'],
  ['uk', 'що далі'],
  ['ru', 'и сколько это займет?'],
  ['ru', 'а деньги?'],
  ['tr', 'peki ne kadar sürer?'],
  ['tr', 'ne yapmam lazim'],
  ['ar', 'وكم من الوقت؟'],
])('%s: „%s“ leans on the last answer', (language, message) => {
  expect(leansOnLast(message, language)).toBe(true);
});

test.each([
  ['en', 'who pays my rent'],
  ['en', ''],
  ['en', 'and I would like to know whether the Jobcenter pays for the new school things of my two children'],
  ['uk', 'скільки грошей на дітей'],
  ['ru', 'где мои деньги'],
  ['tr', 'kira ne kadar'],
  ['ar', 'أين المال'],
  ['de', 'und wie lange'],
  ['__proto__', 'how long'],
])('%s: „%s“ says by itself what it is about', (language, message) => {
  expect(leansOnLast(message, language)).toBe(false);
});

test('„and the rent?“ leans, but does not only ask', () => {
  expect(asksOnly('and the rent?', 'en')).toBe(false);
  expect(asksOnly('and how long?', 'en')).toBe(true);
});
