/** What says something only together with what was said before. */
import { hasSubject, isElliptic, leansOnTopic } from '../../src/answering/ellipsis';

test.each([
  ['und in Solingen?', true],
  ['wann genau?', true],
  ['gilt das auch für Kinder', true],
  ['Wie beantrage ich die Erstausstattung für meine Wohnung in Essen?', false],
  ['', false],
])('„%s“ says something only with what was said before: %s', (text, expected) => {
  expect(isElliptic(text)).toBe(expected);
});

test.each([
  ['und mit Kind?', true],
  ['wie lange?', true],
  ['was kostet das?', true],
  ['nein', false],
  ['nein, für Kinder', true],
  ['Regelsatz', false],
  ['Wie beantrage ich die Erstausstattung für meine Wohnung in Essen?', false],
])('„%s“ leans on the last topic: %s', (text, expected) => {
  expect(leansOnTopic(text)).toBe(expected);
});

test.each([
  ['und wie lange?', false],
  ['und die Miete?', true],
])('„%s“ has a subject of its own: %s', (text, expected) => {
  expect(hasSubject(text)).toBe(expected);
});
