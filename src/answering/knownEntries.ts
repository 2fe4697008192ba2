/**
 * Entries that the steps know by id, because their subject is answered by more than their text: the own file, the Jobcenter of a place,
 * the campaign's events. The one place where code names entries; a knowledge base without them loses nothing else.
 */

/** Answers what a person asks about the own file: „Wo bleibt mein Geld?“. */
export const OWN_FILE_ENTRY = 'geld-nicht-angekommen';

/** What was paid too much and is claimed back. */
export const CLAIMED_BACK_ENTRY = 'rueckforderung-erstattung';

/** What to do after a move to the place of another Jobcenter. */
export const MOVE_ENTRY = 'umzug-anderes-jobcenter';

export const WHICH_JOBCENTER_ENTRY = 'zustaendiges-jobcenter';
export const WHICH_JOBCENTER_ENTRIES: ReadonlySet<string> = new Set([
  WHICH_JOBCENTER_ENTRY,
  'kommunale-jobcenter-nrw',
  'kontakt-oeffnungszeiten',
  'optionskommune-kommunales-jobcenter',
]);

/** The intent of questions for one's Jobcenter. */
export const WHICH_JOBCENTER_INTENT = 'jobcenter-suche';

/** The intent of questions about events: the classifier's class for what editors list under it in absichten.yaml. */
export const EVENTS_INTENT = 'ereignisse';

/** Entries whose answer is a list of events: those events are the better answer. */
export const EVENT_LISTS: ReadonlySet<string> = new Set(['veranstaltungen-2019-nrw', 'spree-neisse-mainz-bingen-2019']);

/** Entries about weeks of the campaign, answered by events as well. */
export const EVENT_ENTRIES: ReadonlySet<string> = new Set([
  ...EVENT_LISTS,
  'aktionswoche-2019',
  'aktionswoche-2022',
  'kampagne-stark-sozial-vor-ort',
]);

/** All entries about the campaign and those who run it. */
export const CAMPAIGN_ENTRIES: ReadonlySet<string> = new Set([
  ...EVENT_ENTRIES,
  'muelheim-sozialagentur-zahlen',
  'kampagne-zahlen',
  'kommunale-jobcenter-nrw',
  'optionskommune-kommunales-jobcenter',
  'vorteile-kommunales-jobcenter',
]);

/** What is told to landlords, and to employers; whoever was told it is taken for one until something else is said (steps/role.ts). */
export const LANDLORD_ENTRY = 'vermieter-information';
export const EMPLOYER_ENTRY = 'arbeitgeberservice';
export const EMPLOYER_ENTRIES: ReadonlySet<string> = new Set([
  EMPLOYER_ENTRY,
  'eingliederungszuschuss',
  'praktikum-einstiegsqualifizierung',
  'arbeitgeber-bescheinigungen',
  'foerderung-16e',
  'teilhabe-am-arbeitsmarkt-16i',
]);
/** Told to tenants, beside all that is of the landlord entry's category. */
export const LANDLORD_TOPICS: ReadonlySet<string> = new Set([
  'umzugskosten-kaution',
  'geld-nicht-angekommen',
  'auszahlung-zeitpunkt',
]);
/** Told to those who look for work in words that an employer may say as well. */
export const EMPLOYER_TOPICS: ReadonlySet<string> = new Set([
  CLAIMED_BACK_ENTRY,
  'termin-vereinbaren',
  'raeumungsklage-kuendigung',
  'arbeitsvermittlung-stellen',
  'arbeitsaufnahme-melden',
  'zumutbare-arbeit',
  'arbeitsverweigerung',
]);
