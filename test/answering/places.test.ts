import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createPlaceFinder } from '../../src/answering/places/placeFinder';
import { jobcenterSchema, toJobcenter } from '../../src/knowledge/schema/jobcenter';

const folder = join(__dirname, '../../knowledge/jobcenter');
const jobcenters = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) =>
    toJobcenter(jobcenterSchema.parse(parse(readFileSync(join(folder, file), 'utf8'))), { file, line: 1, column: 1 }),
  );
const places = createPlaceFinder(jobcenters);

describe('every Gemeinde of the 20 Jobcenter', () => {
  const all = jobcenters.flatMap(({ id, municipalities }) => municipalities.map((each) => ({ id, ...each })));

  test('there are 20 Jobcenter with all their Gemeinden', () => {
    const counts = Object.fromEntries(jobcenters.map(({ id, municipalities }) => [id, municipalities.length]));
    expect(counts).toEqual({
      borken: 17,
      coesfeld: 11,
      dueren: 15,
      'ennepe-ruhr': 9,
      essen: 1,
      guetersloh: 13,
      hamm: 1,
      hochsauerland: 12,
      kleve: 16,
      lippe: 16,
      'mainz-bingen': 64,
      'minden-luebbecke': 11,
      muelheim: 1,
      muenster: 1,
      recklinghausen: 10,
      solingen: 1,
      'spree-neisse': 29,
      steinfurt: 24,
      warendorf: 13,
      wuppertal: 1,
    });
  });

  test('is found by its official name', () => {
    const missed = all.filter(({ id, name }) => {
      const match = places.find(`Ich wohne in ${name}`);
      return !(
        match.jobcenterIds.length === 1 &&
        match.jobcenterIds[0] === id &&
        (match.status === 'found' || match.elsewhere !== undefined)
      );
    });
    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  test('is found by its postcodes', () => {
    const missed = all.flatMap(({ id, postcodes }) =>
      postcodes.filter((code) => !places.find(`PLZ ${code}`).jobcenterIds.includes(id)),
    );
    expect(missed).toEqual([]);
  });
});

describe('a place is found', () => {
  test.each([
    ['Welche Aktion gibt es in Jülich?', 'dueren', 'Jülich'],
    ['Coesfeld', 'coesfeld', 'Coesfeld'],
    ['Ausstellung in Ahlen', 'warendorf', 'Ahlen'],
    ['MH', 'muelheim', 'MH'],
    ['jobcenter mülheim', 'muelheim', 'Mülheim'],
    ['muelheim', 'muelheim', 'Mülheim'],
    ['Mühlheim', 'muelheim', 'Mülheim an der Ruhr'],
    ['EN-Kreis', 'ennepe-ruhr', 'EN-Kreis'],
    ['Jobcenter EN', 'ennepe-ruhr', 'Jobcenter EN'],
    ['was war im Hochsauerland', 'hochsauerland', 'Hochsauerland'],
    ['HSK', 'hochsauerland', 'HSK'],
    ['Kreis Düren', 'dueren', 'Kreis Düren'],
    ['job-com', 'dueren', 'job-com'],
    ['45127', 'essen', '45127'],
    ['PLZ 52428', 'dueren', '52428'],
    ['ich wohne in 45468', 'muelheim', '45468'],
    ['Gronau', 'borken', 'Gronau'],
    ['Bingen', 'mainz-bingen', 'Bingen'],
    ['castrop', 'recklinghausen', 'Castrop'],
    ['Jobcenter in Elberfeld', 'wuppertal', 'Elberfeld'],
    ['ich wohne in Kettwig', 'essen', 'Kettwig'],
    ['Münster-Hiltrup', 'muenster', 'Münster'],
    ['in Ohligs', 'solingen', 'Ohligs'],
    ['Solinger Podiumsdiskussion', 'solingen', 'Solingen'],
    ['jobcenter spree neisse', 'spree-neisse', 'Jobcenter Spree-Neiße'],
  ])('%s', (text, id, place) => {
    expect(places.find(text)).toMatchObject({ status: 'found', jobcenterIds: [id], place });
  });

  test('with its span in the text', () => {
    const text = 'Welche Aktion gibt es in Jülich?';
    const { span } = places.find(text);
    expect(text.slice(span?.start, span?.end)).toBe('Jülich');
  });

  test('with the Gemeinde, so that Jülich is told from Düren', () => {
    expect(places.find('was war in jülich').town).toBe('Jülich');
    expect(places.find('was war im Kreis Düren').town).toBeUndefined();
  });

  test('twice when two are named', () => {
    expect(places.find('Umzug von Essen nach Münster')).toMatchObject({
      status: 'found',
      jobcenterIds: ['essen', 'muenster'],
    });
  });
});

describe('a misspelled place is found where the text speaks of a place', () => {
  test.each([
    ['wupertal', 'wuppertal'],
    ['in Wuppertahl', 'wuppertal'],
    ['jobcenter soligen', 'solingen'],
    ['Jobcenter Gueterslo', 'guetersloh'],
    ['in Recklinghausn', 'recklinghausen'],
    ['jobcenter dürn', 'dueren'],
  ])('%s', (text, id) => {
    expect(places.find(text)).toMatchObject({ status: 'found', jobcenterIds: [id] });
  });

  test.each([
    'in Rechnung stellen',
    'in Bearbeitung',
    'in Elternzeit',
    'aus Syrien',
    'Jobcenter, gleicher Lohn',
    'eigenheim',
    'ich bin Inder',
    'in Teilzeit',
    'jobcenter leiterin',
  ])('an ordinary word is none: %s', (text) => {
    expect(places.find(text).status).toBe('none');
  });
});

describe('Essen is a town or a meal', () => {
  test.each([
    'Welche Aktion gibt es in Essen?',
    'aktion in essen',
    'gesundheitstag essen 2019',
    'Essen',
    'jobcenter essen',
    'ich komme aus essen',
    'umzug nach essen',
    'Essener Gesundheitstag',
    'hab hunger, nix zu essen da, wohne in essen',
    '2019 termine münster essen düren solingen',
  ])('the town: %s', (text) => {
    expect(places.find(text).jobcenterIds).toContain('essen');
  });

  test.each([
    'nichts zu essen',
    'Wir haben nichts zu Essen im Haus',
    'Wer zahlt das Schulessen',
    'geld für essen',
    'Ich habe kein Geld mehr für Essen',
    'Miete und Essen',
    'reicht nicht für Miete und Essen',
    'Essen und Trinken',
    'Essen auf Rädern',
    'ich will essen gehen',
    'mein kind isst in der schule essen',
    'Kosten für Essen in der Schule',
    'mittagessen in der kita',
    'KEIN GELD FÜR ESSEN',
    'ohne Essen bis Montag',
  ])('the meal: %s', (text) => {
    expect(places.find(text).status).toBe('none');
  });
});

describe('a place that is none of ours is never assigned', () => {
  test.each([
    ['Hat Dortmund ein kommunales Jobcenter?', 'Dortmund'],
    ['Köln-Mülheim', 'Köln-Mülheim'],
    ['Bad Essen', 'Bad Essen'],
    ['ich wohne in Werne', 'Werne'],
    ['Kreis Unna', 'Kreis Unna'],
    ['Märkischer Kreis', 'Märkischer Kreis'],
    ['PLZ 44135', '44135'],
    ['44135 Dortmund', 'Dortmund'],
  ])('%s', (text, place) => {
    expect(places.find(text)).toMatchObject({ status: 'unknown', jobcenterIds: [], place });
  });
});

describe('a name that says too little asks back', () => {
  test.each([
    ['Münsterland', ['muenster', 'borken', 'coesfeld', 'steinfurt', 'warendorf'], undefined],
    ['Kreis Münster', ['muenster', 'borken', 'coesfeld', 'steinfurt', 'warendorf'], undefined],
    ['Halle', ['guetersloh'], 'Halle (Saale)'],
    ['ich wohne in Senden', ['coesfeld'], 'Senden in Bayern'],
  ])('%s', (text, jobcenterIds, elsewhere) => {
    expect(places.find(text)).toMatchObject({
      status: 'ambiguous',
      jobcenterIds,
      ...(elsewhere === undefined ? {} : { elsewhere }),
    });
  });

  test('but not when the text says which', () => {
    expect(places.find('Halle Westfalen')).toMatchObject({ status: 'found', jobcenterIds: ['guetersloh'] });
  });

  test('but not in the name of an event', () => {
    expect(places.find('Was war der Jobcenter-Tag Münsterland?').status).toBe('none');
  });
});

describe('ordinary words and numbers are no places', () => {
  test.each([
    'in der Lage',
    'schlechtes Wetter',
    'Unterlagen ans Jobcenter senden',
    'Jobcenter weil ich azubi bin',
    'mit den Geldern',
    'hamm wir morgen Termin',
    'Hamm wir morgen Termin',
    'mein Konto ist leer',
    'Hartz 4',
    'ich habe 45127 Euro gespart',
    'Vermögen 40000',
    'Orchidee gießen',
    'bei der Barmer versichert',
    'bei Barmer',
    'Kinderhaus und Kita',
    '',
    '🙂',
  ])('%s', (text) => {
    expect(places.find(text).status).toBe('none');
  });

  test.each([
    ['ich wohne in Lage', 'lippe'],
    ['Jobcenter Hamm', 'hamm'],
    ['in Wetter', 'ennepe-ruhr'],
    ['in Geldern', 'kleve'],
  ])('unless a cue says so: %s', (text, id) => {
    expect(places.find(text)).toMatchObject({ status: 'found', jobcenterIds: [id] });
  });
});

test('hostile and very long texts are read without a standstill (20 ms on an idle machine)', () => {
  for (const text of [
    'in '.repeat(5_000),
    'in Wxuppertahl '.repeat(60),
    '1'.repeat(10_000),
    'ä'.repeat(10_000),
    `\u0000\u202e${'jobcenter '.repeat(500)}`,
  ]) {
    const start = performance.now();
    places.find(text);
    // A guard against growth with the square (seconds), not a measurement: machines are loaded.
    expect(performance.now() - start).toBeLessThan(1_000);
  }
});
