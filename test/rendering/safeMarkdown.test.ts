/** Row 25 of the fault matrix: HTML, foreign schemes and markdown tricks are inert in every text that is shown. */
import fc from 'fast-check';
import { isSafeUrl, parseMarkdown, plainWords, safeMarkdown } from '../../src/rendering/safeMarkdown';

describe('what may leave the service', () => {
  test.each([
    ['paragraphs and bold', 'Erst **so**,\ndann so.\n\nNeu.', 'Erst **so**,\ndann so.\n\nNeu.'],
    ['lists', '- eins\n- zwei', '- eins\n- zwei'],
    ['a list item that goes on in the next line', '- eins\n  weiter\n- zwei', '- eins weiter\n- zwei'],
    [
      'https links',
      '[§ 32](https://www.gesetze-im-internet.de/sgb_2/__32.html)',
      '[§ 32](https://www.gesetze-im-internet.de/sgb_2/__32.html)',
    ],
    ['telephone links', '[116 117](tel:116117)', '[116 117](tel:116117)'],
    ['mail links', '[Mail](mailto:a@b.de)', '[Mail](mailto:a@b.de)'],
  ])('%s stay', (_, markdown, expected) => {
    expect(safeMarkdown(markdown)).toBe(expected);
  });

  test.each([
    ['HTML', '<script>alert(1)</script>', '‹script›alert(1)‹/script›'],
    ['javascript links', '[klick](javascript:alert(1))', 'klick'],
    ['javascript links in disguise', '[klick](JaVaScRiPt:alert(1))', 'klick'],
    ['data links', '[bild](data:text/html;base64,AAAA)', 'bild'],
    ['http links', '[alt](http://example.org)', 'alt'],
    ['images', '![bild](https://example.org/x.png)', '[bild](https://example.org/x.png)'],
    ['reference links', '[a]: javascript:alert(1)', '[a] : javascript:alert(1)'],
    ['code', '`rm`', '’rm’'],
    ['headings', '# Groß', 'Groß'],
    ['autolinks', '<https://boese.example>', '‹https://boese.example›'],
    ['direction overrides', 'abc\u202Edcba', 'abcdcba'],
    ['NUL and ANSI', 'a\u0000b\u001b[31mc', 'ab[31mc'],
  ])('%s become inert', (_, markdown, expected) => {
    expect(safeMarkdown(markdown)).toBe(expected);
  });

  test('nothing that comes out has an angle bracket or an unsafe link, whatever goes in', () => {
    const nasty = fc.array(
      fc.constantFrom(
        '[',
        ']',
        '(',
        ')',
        '<',
        '>',
        '!',
        '*',
        '`',
        '\\',
        'javascript:',
        'https://a.de',
        'x',
        '\n',
        ' ',
        '- ',
        '#',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(nasty, (pieces) => {
        const out = safeMarkdown(pieces.join(''));
        expect(out).not.toMatch(/[<>`]/);
        for (const match of out.matchAll(/\]\(([^)\s]*)/g)) expect(isSafeUrl(match[1] ?? '')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('making it safe twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const once = safeMarkdown(text);
        expect(parseMarkdown(safeMarkdown(once))).toEqual(parseMarkdown(once));
      }),
      { numRuns: 300 },
    );
  });

  test('hostile nesting is read in linear time', () => {
    const started = process.hrtime.bigint();
    safeMarkdown('[('.repeat(20_000) + '**'.repeat(20_000));
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(500);
  });
});

test("a person's words can become no markdown", () => {
  expect(plainWords('**[Ahlen](javascript:1)** <b>{name}')).toBe('Ahlen javascript:1 b name');
  expect(plainWords('x'.repeat(100))).toHaveLength(80);
});
