/**
 * The names by which places are known, as one readonly index: Gemeinden, Ortsteile, districts, Jobcenter and short names of our
 * Jobcenter; regions that belong to several; German towns and districts that belong to none. Refuses to read texts (placeFinder.ts).
 */
import type { Jobcenter } from '../../knowledge/model';
import { commonWords } from '../../search/german/data/commonWords';
import { normalize, tokenize } from '../../search/german/normalize';
import { arabicBeginnings, cyrillicEndings, foreignNames, turkishEndings } from './data/foreignNames';
import { otherDistricts, otherTowns } from './data/otherPlaces';

export interface PlaceName {
  /** As it is written. */
  readonly label: string;
  /** Folded tokens, joined by one blank. */
  readonly key: string;
  /** Empty for a place that belongs to none of our Jobcenter. */
  readonly jobcenterIds: readonly string[];
  /** The Gemeinde, when the name means one. */
  readonly town?: string;
  /** `ask`: the name alone does not say which place is meant. */
  readonly kind: 'place' | 'ask' | 'elsewhere';
  /** A better-known or equally large place of the same name that is none of ours. */
  readonly elsewhere?: string;
  /**
   * How easily the name is something else: `free` counts anywhere; `capital` needs a capital letter or a cue such as „in“;
   * `cue` is an ordinary word and needs a cue; `code` is an abbreviation that needs capitals and a cue.
   */
  readonly caution: 'free' | 'capital' | 'cue' | 'code';
  /** „Essener“: said of the town, not a name of it. */
  readonly derived?: boolean;
}

export interface PlaceIndex {
  readonly byKey: ReadonlyMap<string, PlaceName>;
  /** First token of a name → the most tokens a name that begins so can have. */
  readonly longestFrom: ReadonlyMap<string, number>;
  readonly byPostcode: ReadonlyMap<
    string,
    { readonly jobcenterIds: readonly string[]; readonly towns: readonly string[] }
  >;
  /** Names that a misspelling may be resolved to. */
  readonly spellable: readonly PlaceName[];
}

/** Place names that are German words: only with a cue. */
const WORDS = new Set(
  (
    'wetter lage schlangen burg halle senden datteln geldern werben heiden forst recke lotte hille tauer peitz werne haltern ' +
    'regen singen roth hof leer norden haren damme heide wedel werder kehl lahr cham buren bunde buhl brake aue haan peine schmelz hude ' +
    'lohne landau lauf waren wangen weil wenden much springe lehrte buchen enger langen haar kamen weiden kempen brand borna harz borde ' +
    'weingarten kinderhaus plon kronach melle rees unna kerken holzkirchen neuenhagen auerbach friedberg frankenberg neustadt sulzbach muhlhausen'
  ).split(' '),
);
/** Towns everybody means when they write the word. */
const WELL_KNOWN = new Set('berlin hamburg munchen frankfurt'.split(' '));
const COMMON = new Set(commonWords.split(' ').map((word) => normalize(word)));

/** Regions, and districts that do not exist but are asked for: they lie in several Jobcenter or beyond ours. */
const REGIONS: readonly (readonly [string, readonly string[], string?])[] = [
  ['Münsterland', ['muenster', 'borken', 'coesfeld', 'steinfurt', 'warendorf']],
  ['Kreis Münster', ['muenster', 'borken', 'coesfeld', 'steinfurt', 'warendorf']],
  ['Sauerland', ['hochsauerland'], 'ein anderer Kreis im Sauerland'],
  ['Ruhrgebiet', ['essen', 'muelheim', 'recklinghausen', 'ennepe-ruhr', 'hamm'], 'eine andere Stadt im Ruhrgebiet'],
  ['Ruhrpott', ['essen', 'muelheim', 'recklinghausen', 'ennepe-ruhr', 'hamm'], 'eine andere Stadt im Ruhrgebiet'],
  ['Bergisches Land', ['solingen', 'wuppertal'], 'eine andere Stadt im Bergischen Land'],
  ['Bergischen Land', ['solingen', 'wuppertal'], 'eine andere Stadt im Bergischen Land'],
  ['Ostwestfalen-Lippe', ['guetersloh', 'lippe', 'minden-luebbecke'], 'ein anderer Kreis in Ostwestfalen'],
  ['Ostwestfalen', ['guetersloh', 'lippe', 'minden-luebbecke'], 'ein anderer Kreis in Ostwestfalen'],
  ['OWL', ['guetersloh', 'lippe', 'minden-luebbecke'], 'ein anderer Kreis in Ostwestfalen'],
  ['Niederrhein', ['kleve'], 'ein anderer Kreis am Niederrhein'],
  ['Rheinhessen', ['mainz-bingen'], 'ein anderer Kreis in Rheinhessen'],
  ['Lausitz', ['spree-neisse'], 'ein anderer Kreis in der Lausitz'],
];

/** A namesake that is as large as ours or larger (GeoNames): the name alone asks back. */
const NAMESAKES: Readonly<Record<string, string>> = {
  Halle: 'Halle (Saale)',
  Burg: 'Burg bei Magdeburg',
  Senden: 'Senden in Bayern',
  Briesen: 'Briesen (Mark)',
  Breitscheid: 'Breitscheid in Hessen',
  Friesenheim: 'Friesenheim in Baden',
  Hillesheim: 'Hillesheim in der Eifel',
  Langenberg: 'Velbert-Langenberg',
  'Sankt Johann': 'St. Johann in Baden-Württemberg',
};

/** Plates and abbreviations that people use for a district. */
const CODES: readonly (readonly [string, string])[] = [
  ['BOR', 'borken'],
  ['COE', 'coesfeld'],
  ['DN', 'dueren'],
  ['EN', 'ennepe-ruhr'],
  ['GT', 'guetersloh'],
  ['HSK', 'hochsauerland'],
  ['KLE', 'kleve'],
  ['LIP', 'lippe'],
  ['MH', 'muelheim'],
  ['MS', 'muenster'],
  ['RE', 'recklinghausen'],
  ['SG', 'solingen'],
  ['ST', 'steinfurt'],
  ['WAF', 'warendorf'],
  ['SPN', 'spree-neisse'],
];

/** Spellings that mean one of ours far more often than the place that is written so. */
const MISSPELLINGS: Readonly<Record<string, string>> = {
  Mühlheim: 'Mülheim an der Ruhr',
  'Mühlheim an der Ruhr': 'Mülheim an der Ruhr',
  'Mühlheim Ruhr': 'Mülheim an der Ruhr',
};

/** Places whose name holds one of ours but that are none of ours. */
const FOREIGN_COMPOUNDS = [
  'Köln-Mülheim',
  'Mülheim-Kärlich',
  'Köln Mülheim',
  'Mülheim in Köln',
  'Mülheim an der Mosel',
  'Essen (Oldenburg)',
  'Essen in Oldenburg',
  'Halle an der Saale',
  'Halle Saale',
  'Hamburg-Hamm',
  'Bad Münster',
  'Bad Münster am Stein',
  'Münster (Hessen)',
  'Bad Münstereifel',
];

export function createPlaceIndex(jobcenters: readonly Jobcenter[]): PlaceIndex {
  const byKey = new Map<string, PlaceName>();
  const byPostcode = new Map<string, { jobcenterIds: string[]; towns: string[] }>();
  const own = new Set(jobcenters.map(({ id }) => id));

  const add = (name: Omit<PlaceName, 'key'>, typed = name.label): void => {
    const key = normalize(typed);
    if (key !== '' && !byKey.has(key)) byKey.set(key, { ...name, key });
  };

  for (const [label, ids, elsewhere] of REGIONS) {
    const known = ids.filter((id) => own.has(id));
    if (known.length > 0)
      add({
        label,
        jobcenterIds: known,
        kind: 'ask',
        ...(elsewhere === undefined ? {} : { elsewhere }),
        caution: 'free',
      });
  }
  for (const { id, municipalities } of jobcenters) {
    for (const { name, postcodes, otherNames } of municipalities) {
      for (const label of [name, ...shortForms(name), ...otherNames]) {
        const elsewhere = label === name && label.includes('(') ? undefined : NAMESAKES[label];
        const abbreviated = /^\p{Lu}{2,3}$/u.test(label);
        add({
          label,
          jobcenterIds: [id],
          town: name,
          kind: elsewhere === undefined ? 'place' : 'ask',
          ...(elsewhere === undefined ? {} : { elsewhere }),
          caution: abbreviated ? 'code' : cautionOf(label),
        });
        if (elsewhere !== undefined) {
          for (const more of ['Westfalen', 'Westf', 'NRW', 'Spreewald']) {
            if ((more === 'Spreewald') === (id === 'spree-neisse'))
              add({ label: `${label} ${more}`, jobcenterIds: [id], town: name, kind: 'place', caution: 'free' });
          }
        }
      }
      for (const label of [name, ...shortForms(name), ...otherNames].flatMap(inhabitants))
        add({ label, jobcenterIds: [id], town: name, kind: 'place', caution: 'capital', derived: true });
      for (const code of postcodes) {
        const entry = byPostcode.get(code) ?? { jobcenterIds: [], towns: [] };
        if (!entry.jobcenterIds.includes(id)) entry.jobcenterIds.push(id);
        if (!entry.towns.includes(name)) entry.towns.push(name);
        byPostcode.set(code, entry);
      }
    }
  }
  for (const jobcenter of jobcenters) {
    const bare = jobcenter.district.replace(/^(?:Landkreis|Kreis|Stadt) /, '');
    const labels = [
      jobcenter.name,
      jobcenter.district,
      `Kreis ${bare}`,
      `Landkreis ${bare}`,
      `Kreises ${bare}`,
      ...jobcenter.otherNames,
      bare,
    ];
    for (const label of labels) {
      // „Jobcenter Essen“ is the cue „Jobcenter“ and the town.
      if (/^jobcenter /.test(normalize(label)) && byKey.has(normalize(label).slice(10))) continue;
      add({ label, jobcenterIds: [jobcenter.id], kind: 'place', caution: cautionOf(label) });
    }
  }
  for (const [code, id] of CODES) {
    const jobcenter = jobcenters.find((each) => each.id === id);
    if (jobcenter === undefined) continue;
    const rest = { jobcenterIds: [id], kind: 'place' as const, label: jobcenter.district };
    add({ ...rest, caution: 'code' }, code);
    for (const more of [`${code}-Kreis`, `Kreis ${code}`, `Jobcenter ${code}`, `JC ${code}`])
      add({ ...rest, caution: 'free' }, more);
  }
  for (const [typed, label] of Object.entries(MISSPELLINGS)) {
    const meant = byKey.get(normalize(label));
    if (meant !== undefined) add(meant, typed);
  }
  for (const [label, forms] of Object.entries(foreignNames)) {
    const meant = byKey.get(normalize(label));
    if (meant === undefined || meant.jobcenterIds.length === 0) continue;
    for (const form of forms.split(' ').flatMap(inflected)) add({ ...meant, caution: 'free', derived: true }, form);
    for (const ending of turkishEndings) add({ ...meant, caution: 'free', derived: true }, label + ending);
  }
  for (const label of FOREIGN_COMPOUNDS) add({ label, jobcenterIds: [], kind: 'elsewhere', caution: 'free' });
  for (const town of otherTowns.split('|')) {
    for (const label of [town, ...shortForms(town)])
      add({ label, jobcenterIds: [], kind: 'elsewhere', caution: cautionOf(label) });
  }
  for (const district of otherDistricts.split('|')) {
    const free = district.includes('-') || /kreis$/i.test(district);
    if (free) add({ label: district, jobcenterIds: [], kind: 'elsewhere', caution: 'free' });
    for (const kind of ['Kreis', 'Landkreis'])
      add({ label: `${kind} ${district}`, jobcenterIds: [], kind: 'elsewhere', caution: 'free' });
  }

  const longestFrom = new Map<string, number>();
  for (const key of byKey.keys()) {
    const tokens = tokenize(key);
    const first = tokens[0] ?? '';
    longestFrom.set(first, Math.max(longestFrom.get(first) ?? 0, tokens.length));
  }
  const spellable = [...byKey.values()].filter(
    ({ caution, key, label, derived }) =>
      derived !== true &&
      (caution === 'free' || caution === 'capital') &&
      key.length >= 5 &&
      !/^(?:Land)?[Kk]reis|^Stadt |^Jobcenter|^JC /.test(label),
  );
  return { byKey, longestFrom, byPostcode, spellable };
}

function inflected(form: string): readonly string[] {
  if (/\p{Script=Arabic}/u.test(form)) return arabicBeginnings.map((beginning) => beginning + form);
  const stem = form.replace(/ь$/, '');
  const endings = form === stem ? cyrillicEndings : ['ь', 'я', 'ю', 'ем', 'ем', 'е', 'і'];
  return /[оеи]$/.test(form) ? [form] : endings.map((ending) => stem + ending);
}

/** `Gronau (Westf.)` → Gronau; `Bingen am Rhein` → Bingen; `Neuhausen/Spree` → Neuhausen. */
function shortForms(name: string): readonly string[] {
  const forms = [
    name.replace(/ \(.*\)$/, ''),
    name.replace(/ (?:am|an|auf|bei|im|in|ob|unter|vor)\b.*$/, ''),
    name.replace(/\/.*$/, ''),
    name.replace(/^Sankt /, 'St. '),
  ];
  return [...new Set(forms)].filter((form) => form !== name && form.length >= 3);
}

/** „Essener“, „Solinger“, „Dürener“: only where the form is no ordinary word. */
function inhabitants(name: string): readonly string[] {
  if (WORDS.has(normalize(name)) || /[ -]/.test(name) || name.length < 5) return [];
  const forms = [
    `${name}er`,
    ...(/en$/.test(name) && name.length >= 7 ? [`${name.slice(0, -2)}er`] : []),
    ...(name === 'Münster' ? ['Münsteraner', 'Münsterscher'] : []),
  ];
  return forms.flatMap((form) => [form, `${form}in`]).filter((form) => !COMMON.has(normalize(form)));
}

function cautionOf(label: string): PlaceName['caution'] {
  const key = normalize(label);
  if (key.includes(' ')) return 'free';
  if (WELL_KNOWN.has(key)) return 'free';
  if (WORDS.has(key) || COMMON.has(key)) return key === 'essen' ? 'free' : 'cue';
  return key.length <= 5 || key === 'minden' || key === 'borken' ? 'capital' : 'free';
}
