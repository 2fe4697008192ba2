import { findGermanDates } from '../../src/answering/dates/germanDates';
import {
  germanDateTimeRecognizer,
  germanNumberRecognizer,
  recognizeGermanDates,
  recognizeGermanNumbers,
} from '../../src/answering/dates/germanCulture';
import { understandPeriod } from '../../src/answering/dates/understandPeriod';

/** A Tuesday. */
const TODAY = '2026-11-24';

function period(text: string, today = TODAY): string | undefined {
  const found = understandPeriod(text, today);
  if (found === undefined) return undefined;
  return found.from === found.to ? found.from : `${found.from} ${found.to}`;
}

describe('a German phrase means these days (today is Tuesday, 24 November 2026)', () => {
  test.each([
    // days
    ['heute', '2026-11-24'],
    ['heute Abend', '2026-11-24'],
    ['gestern', '2026-11-23'],
    ['vorgestern', '2026-11-22'],
    ['morgen', '2026-11-25'],
    ['Ist morgen, am Nachmittag, etwas los?', '2026-11-25'],
    ['übermorgen', '2026-11-26'],
    ['uebermorgen', '2026-11-26'],
    ['in 14 Tagen', '2026-12-08'],
    ['vor drei Tagen', '2026-11-21'],
    ['heute in einer Woche', '2026-12-01'],
    // weekdays
    ['am Montag', '2026-11-30'],
    ['Was war am Montag?', '2026-11-23'],
    ['am Dienstag', '2026-11-24'],
    ['nächsten Freitag', '2026-11-27'],
    ['nächsten Dienstag', '2026-12-01'],
    ['letzten Freitag', '2026-11-20'],
    ['diesen Freitag', '2026-11-27'],
    ['Freitag letzter Woche', '2026-11-20'],
    ['nächste Woche Dienstag', '2026-12-01'],
    ['von Montag bis Freitag', '2026-11-23 2026-11-27'],
    // weeks, months, years from today
    ['diese Woche', '2026-11-23 2026-11-29'],
    ['nächste Woche', '2026-11-30 2026-12-06'],
    ['naechste woche', '2026-11-30 2026-12-06'],
    ['kommende Woche', '2026-11-30 2026-12-06'],
    ['letzte Woche', '2026-11-16 2026-11-22'],
    ['vorletzte Woche', '2026-11-09 2026-11-15'],
    ['übernächste Woche', '2026-12-07 2026-12-13'],
    ['in 2 Wochen', '2026-12-07 2026-12-13'],
    ['in zwei Wochen', '2026-12-07 2026-12-13'],
    ['in den nächsten zwei Wochen', '2026-11-24 2026-12-08'],
    ['die letzten 3 Monate', '2026-08-24 2026-11-24'],
    ['vor einem Monat', '2026-10-01 2026-10-31'],
    ['diesen Monat', '2026-11-01 2026-11-30'],
    ['letztes Jahr', '2025-01-01 2025-12-31'],
    ['dieses Jahr', '2026-01-01 2026-12-31'],
    ['nächstes Jahr', '2027-01-01 2027-12-31'],
    ['vorletztes Jahr', '2024-01-01 2024-12-31'],
    ['vor drei Jahren', '2023-01-01 2023-12-31'],
    // weekends
    ['am Wochenende', '2026-11-28 2026-11-29'],
    ['dieses Wochenende', '2026-11-28 2026-11-29'],
    ['kommendes Wochenende', '2026-11-28 2026-11-29'],
    ['letztes Wochenende', '2026-11-21 2026-11-22'],
    ['Was war am Wochenende?', '2026-11-21 2026-11-22'],
    // dates
    ['am 29.8.2019', '2019-08-29'],
    ['29.08.2019', '2019-08-29'],
    ['29.8.19', '2019-08-29'],
    ['27.08. 2019 in Essen', '2019-08-27'],
    ['2019-08-27', '2019-08-27'],
    ['27/08/2019', '2019-08-27'],
    ['27. August 2019', '2019-08-27'],
    ['am 27. August 2019 von 9.30 bis 16 Uhr', '2019-08-27'],
    ['Freitag, den 30. August 2019', '2019-08-30'],
    ['Di 27.8.2019', '2019-08-27'],
    ['29 Aug 2019', '2019-08-29'],
    ['am 29.8.', '2027-08-29'],
    ['Was war am 29.8. los?', '2026-08-29'],
    ['am 27 august', '2027-08-27'],
    ['am 27.', '2026-11-27'],
    ['am ersten September', '2027-09-01'],
    ['am 1. September', '2027-09-01'],
    ['erster September 2019', '2019-09-01'],
    ['am dritten Mai 2022', '2022-05-03'],
    ['am 30sten August 2019', '2019-08-30'],
    ['einundzwanzigster Juni 2022', '2022-06-21'],
    ['29.2.2024', '2024-02-29'],
    // ranges
    ['26. bis 30.8.2019', '2019-08-26 2019-08-30'],
    ['26.–30.08.2019', '2019-08-26 2019-08-30'],
    ['26.8.-30.8.19', '2019-08-26 2019-08-30'],
    ['26.8. - 30.8.', '2027-08-26 2027-08-30'],
    ['vom 26.8.2019 bis 30.8.2019', '2019-08-26 2019-08-30'],
    ['vom 26. bis zum 30. August 2019', '2019-08-26 2019-08-30'],
    ['zwischen dem 26. und dem 30. August 2019', '2019-08-26 2019-08-30'],
    ['20.-26.06.2022', '2022-06-20 2022-06-26'],
    ['28. Dezember bis 3. Januar 2020', '2019-12-28 2020-01-03'],
    ['am 27. oder 29. August 2019', '2019-08-27 2019-08-29'],
    ['von Juni bis August 2022', '2022-06-01 2022-08-31'],
    ['zwischen Mai und Juli', '2027-05-01 2027-07-31'],
    ['im Mai 2022 oder Juni', '2022-05-01 2022-06-30'],
    ['2019 bis 2022', '2019-01-01 2022-12-31'],
    // months and their parts
    ['im Juni', '2027-06-01 2027-06-30'],
    ['Was gab es im Juni?', '2026-06-01 2026-06-30'],
    ['im Juni 2022', '2022-06-01 2022-06-30'],
    ['im Juni letzten Jahres', '2025-06-01 2025-06-30'],
    ['letzten August', '2026-08-01 2026-08-31'],
    ['nächsten März', '2027-03-01 2027-03-31'],
    ['maerz 2019', '2019-03-01 2019-03-31'],
    ['Aug 2019', '2019-08-01 2019-08-31'],
    ['Was war im August in Essen 2019?', '2019-08-01 2019-08-31'],
    ['Ende August', '2027-08-20 2027-08-31'],
    ['Ende August 2019', '2019-08-20 2019-08-31'],
    ['Anfang Juni 2022', '2022-06-01 2022-06-10'],
    ['Mitte Oktober 2018', '2018-10-10 2018-10-20'],
    ['Ende des Monats', '2026-11-20 2026-11-30'],
    ['Anfang nächsten Jahres', '2027-01-01 2027-03-31'],
    // weeks of the year, quarters
    ['KW 26', '2027-06-28 2027-07-04'],
    ['KW 25 2022', '2022-06-20 2022-06-26'],
    ['in der 35. Kalenderwoche 2019', '2019-08-26 2019-09-01'],
    ['in der Woche vom 26. August 2019', '2019-08-26 2019-09-01'],
    ['zweites Quartal 2022', '2022-04-01 2022-06-30'],
    ['erste Hälfte 2019', '2019-01-01 2019-06-30'],
    // seasons and feasts
    ['letzten Sommer', '2026-06-01 2026-08-31'],
    ['im Sommer 2022', '2022-06-01 2022-08-31'],
    ['nächsten Sommer', '2027-06-01 2027-08-31'],
    ['diesen Winter', '2026-12-01 2027-02-28'],
    ['Winter 2018/19', '2018-12-01 2019-02-28'],
    ['Weihnachten', '2026-12-24 2026-12-26'],
    ['Ostern 2019', '2019-04-19 2019-04-22'],
    // open to one side
    ['ab September 2019', '2019-09-01 2199-12-31'],
    ['ab September', '2027-09-01 2199-12-31'],
    ['bis Freitag', '2026-11-24 2026-11-27'],
    ['bis Ende August 2019', '1900-01-01 2019-08-31'],
    ['vor 2020', '1900-01-01 2019-12-31'],
    ['Gibt es vor Weihnachten noch etwas?', '2026-11-24 2026-12-23'],
    ['nach 2019', '2020-01-01 2199-12-31'],
    // years
    ['2022', '2022-01-01 2022-12-31'],
    ['im Jahr 2019', '2019-01-01 2019-12-31'],
    ['in welchem monat 2019 war die aktionswoche', '2019-01-01 2019-12-31'],
  ])('%s', (text, expected) => {
    expect(period(text)).toBe(expected);
  });
});

describe('a duration, an amount or a greeting is no period', () => {
  test.each([
    'seit 3 Monaten',
    'seit drei Monaten',
    'seit 2019',
    'seit August',
    '6 Monate lang',
    '2 Wochen',
    'innerhalb von 3 Monaten',
    'Guten Morgen',
    'guten morgen, was gibt es',
    'Morgen, habt ihr auf?',
    'Morgen!',
    'montags',
    'jeden Montag',
    'bald',
    '2.500 Euro',
    '2022 Euro',
    '1.234,56 €',
    'so 150 Euro',
    '45127',
    'U25',
    '§ 16 SGB II',
    'ich bin 27 Jahre alt',
    'kann ich mal',
    '29.02.2023',
    '32.13.2022',
    '',
  ])('%s', (text) => {
    expect(period(text)).toBeUndefined();
  });
});

describe('a month or a day without a year', () => {
  test.each([
    ['hab im april meinen termin verpasst', '2026-04-01 2026-04-30'],
    ['Ich habe am 3. Dezember etwas überwiesen', '2025-12-03'],
    ['im märz bin ich umgezogen, was nun', '2026-03-01 2026-03-31'],
    ['wir haben im Januar geheiratet und wollen mehr Miete', '2026-01-01 2026-01-31'],
    ['im august versäumt', '2026-08-01 2026-08-31'],
  ])('is the last one in a sentence of the past: %s', (text, days) => {
    expect(period(text)).toBe(days);
  });

  test.each([
    ['was ist im dezember los?', '2026-12-01 2026-12-31'],
    ['habt ihr im dezember geöffnet', '2026-12-01 2026-12-31'],
    ['ich habe im januar einen termin beim gericht', '2027-01-01 2027-01-31'],
    ['ich habe einen bescheid bekommen, im januar muss ich umziehen', '2027-01-01 2027-01-31'],
    ['ich bin umgezogen und im februar kommt das kind', '2027-02-01 2027-02-28'],
    ['ich habe im april viel zu bezahlen', '2027-04-01 2027-04-30'],
  ])('is the next one otherwise, whatever else the message tells: %s', (text, days) => {
    expect(period(text)).toBe(days);
  });
});

describe('what is known about a period', () => {
  test('the phrase as written and its grain', () => {
    expect(understandPeriod('Was war vom 26. bis 30.8.2019 in Essen?', TODAY)).toEqual({
      from: '2019-08-26',
      to: '2019-08-30',
      phrase: 'vom 26. bis 30.8.2019',
      grain: 'range',
      isYearGiven: true,
    });
  });

  test('that the year was guessed', () => {
    expect(understandPeriod('Was war am 29.8.?', TODAY)).toMatchObject({ grain: 'day', isYearGiven: false });
  });

  test('a date after a long introduction is still read', () => {
    expect(period(`${'Ich wollte einmal fragen, ob mir jemand sagen kann. '.repeat(6)}Was war am 27.8.2019?`)).toBe(
      '2019-08-27',
    );
  });

  test('on a weekend, „am Wochenende“ is the one that runs', () => {
    expect(period('am Wochenende', '2026-11-28')).toBe('2026-11-28 2026-11-29');
  });

  test('the turn of the year and the week that belongs to it', () => {
    expect(period('nächste Woche', '2026-12-29')).toBe('2027-01-04 2027-01-10');
    expect(period('KW 53 2026')).toBe('2026-12-28 2027-01-03');
    expect(period('KW 53 2025')).toBe('2025-01-01 2025-12-31');
  });
});

describe('the recognizers suite speaks German', () => {
  const reference = new Date('2026-11-24T12:00:00Z');

  test('dates through its own API, registered for de-de', () => {
    const model = germanDateTimeRecognizer().getDateTimeModel('de-de', false);
    expect(model.parse('Treffen am 29.8.2019 in Düren', reference)).toMatchObject([
      {
        text: '29.8.2019',
        start: 11,
        end: 19,
        typeName: 'datetimeV2.date',
        resolution: { values: [{ type: 'date', value: '2019-08-29' }] },
      },
    ]);
  });

  test('a range ends on the day after its last, as the suite counts', () => {
    expect(recognizeGermanDates('im Juni 2022', reference)[0]?.resolution).toMatchObject({
      values: [{ type: 'daterange', start: '2022-06-01', end: '2022-07-01' }],
    });
  });

  test('without a year it gives the last and the next occurrence', () => {
    expect(recognizeGermanDates('am 29.8.', reference)[0]?.resolution).toMatchObject({
      values: [
        { timex: 'XXXX-08-29', value: '2026-08-29' },
        { timex: 'XXXX-08-29', value: '2027-08-29' },
      ],
    });
  });

  test('the day is that of Berlin', () => {
    expect(recognizeGermanDates('heute', new Date('2026-11-24T23:30:00Z'))[0]?.resolution).toMatchObject({
      values: [{ value: '2026-11-25' }],
    });
  });

  test.each([
    ['1.234,56 €', ['1234.56']],
    ['1234,5', ['1234.5']],
    ['12.000 Euro', ['12000']],
    ['dreiundzwanzig', ['23']],
    ['zweitausendneunzehn', ['2019']],
    ['fünfhundertdreiundsechzig Euro', ['563']],
    ['anderthalb Zimmer', ['1.5']],
    ['1,5 Millionen Menschen', ['1500000']],
    ['eine Million', ['1000000']],
    ['dreißig', ['30']],
    ['tausend', ['1000']],
    ['minus 5', ['-5']],
    ['zwei Kinder und 3 Zimmer', ['2', '3']],
    ['eine Frage', []],
    ['Hund', []],
    ['', []],
  ])('numbers: %s', (text, values) => {
    expect(recognizeGermanNumbers(text).map(({ resolution }): unknown => resolution['value'])).toEqual(values);
    expect(germanNumberRecognizer().getNumberModel('de-de', false).modelTypeName).toBe('number');
  });
});

describe('hostile input', () => {
  const hostile = [
    '1-'.repeat(5_000),
    '1. '.repeat(5_000),
    ' '.repeat(10_000),
    `am ${' '.repeat(5_000)}1.1.`,
    'vom '.repeat(3_000),
    'ersten '.repeat(2_000),
    '26.8.-'.repeat(2_000),
    'in 2 '.repeat(3_000),
    'nächste '.repeat(2_000),
    `${'9'.repeat(10_000)} Monate`,
    'einhundert'.repeat(1_000),
    'und'.repeat(4_000),
    'Januar bis '.repeat(1_000),
    '\u0000\u202e1.1.\u200d'.repeat(500),
    '😀'.repeat(5_000),
    'ßẞİ'.repeat(2_000),
    '1.1.'.repeat(3_000),
    'KW 1/'.repeat(2_000),
  ];

  test('is read without a standstill (20 ms each on an idle machine)', () => {
    for (const text of hostile) {
      const start = performance.now();
      understandPeriod(text, TODAY);
      recognizeGermanNumbers(text);
      expect({
        text: text.slice(0, 12), // A guard against growth with the square (seconds), not a measurement: machines are loaded.
        slow: performance.now() - start > 1_000,
      }).toEqual({
        text: text.slice(0, 12),
        slow: false,
      });
    }
  });

  test('spans stay inside the text', () => {
    for (const text of hostile) {
      for (const { start, end } of findGermanDates(text, TODAY)) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(Math.min(text.length, 120));
        expect(start).toBeLessThan(end);
      }
    }
  });
});
