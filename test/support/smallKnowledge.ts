/** A knowledge base of a few items, built in code, with the real wording. */
import type { CampaignEvent, Entry, Jobcenter, KnowledgeBase } from '../../src/knowledge/model';
import type { ReplyView } from '../../src/rendering/view';
import { serviceTexts } from './serviceTexts';

const origin = { file: 'test.yaml', line: 1, column: 1 };

export function entry(id: string, changes: Partial<Entry> = {}): Entry {
  return {
    id,
    title: `Titel ${id}`,
    category: 'Test',
    audience: 'citizens',
    questions: [`Frage ${id}?`],
    examples: [],
    keywords: [],
    versions: [{ answer: `Antwort ${id}.` }],
    anchor: 'calendarDay',
    legalBasis: ['§ 37 SGB II'],
    sources: [{ title: '§ 37 SGB II', url: 'https://www.gesetze-im-internet.de/sgb_2/__37.html' }],
    asOf: '2026-11-22',
    reviewBy: '2027-05-31',
    certainty: 'V1',
    checkedBy: null,
    seeAlso: [],
    actions: [],
    local: false,
    translations: [],
    origin,
    ...changes,
  };
}

export function event(id: string, changes: Partial<CampaignEvent> = {}): CampaignEvent {
  return {
    id,
    title: `Aktion ${id}`,
    jobcenters: ['essen'],
    place: { name: 'Grugapark', town: 'Essen' },
    times: [{ from: '2019-08-27T09:30', to: '2019-08-27T16:00' }],
    topics: [],
    description: 'Das Jobcenter zeigte seine Angebote.',
    sources: [{ title: 'Meldung', date: '2019-08-26' }],
    asOf: '2026-11-22',
    umbrella: false,
    cancelled: false,
    names: [],
    origin,
    ...changes,
  };
}

export function jobcenter(id: string, changes: Partial<Jobcenter> = {}): Jobcenter {
  return {
    id,
    name: `Jobcenter ${id}`,
    district: id,
    otherNames: [],
    kind: 'municipal',
    state: 'NRW',
    pressNumbers: [],
    municipalities: [],
    web: { url: `https://www.${id}.de/jobcenter`, seenOn: '2019-08-26' },
    sources: [{ title: 'Meldung', date: '2019-08-26' }],
    asOf: '2026-11-22',
    origin,
    ...changes,
  };
}

const texts = serviceTexts();

export function knowledgeOf(changes: Partial<KnowledgeBase> = {}): KnowledgeBase {
  return {
    version: 'test',
    entries: [],
    staffEntries: [],
    staffNotes: [],
    overlays: [],
    events: [],
    jobcenters: [jobcenter('essen', { name: 'Jobcenter Essen' })],
    parameters: [],
    helpNumbers: [],
    urgentRules: [],
    synonyms: [],
    intents: [],
    guides: [],
    texts,
    ...changes,
  };
}

export function viewOf(knowledge: KnowledgeBase, changes: Partial<ReplyView> = {}): ReplyView {
  return { knowledge, day: '2026-11-24', style: 'everyday', language: 'de', audience: 'citizens', ...changes };
}

/** What every outcome has. */
export const outcomeBase = { entries: [], explanation: [], masked: [], language: 'de' } as const;
