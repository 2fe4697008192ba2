/** An id says by itself what it stands for. */
import { outcomeById } from '../../src/answering/outcomeById';
import { loadKnowledge } from '../../src/knowledge/load';
import { SAMPLE_KNOWLEDGE } from '../support/tempKnowledge';

const { knowledge } = loadKnowledge(SAMPLE_KNOWLEDGE);
if (knowledge === undefined) throw new Error('the sample knowledge base does not load');
const [entry] = knowledge.entries;
const [event] = knowledge.events;
const [jobcenter] = knowledge.jobcenters;
const [staffEntry] = knowledge.staffEntries;

test.each([
  ['an entry that may be read', entry?.id ?? '', entry, { kind: 'answer', entryId: entry?.id }],
  ['an event', event?.id ?? '', undefined, { kind: 'events', eventIds: [event?.id], nearest: false }],
  [
    'a Jobcenter',
    jobcenter?.id ?? '',
    undefined,
    { kind: 'jobcenter', jobcenterIds: [jobcenter?.id], status: 'found' },
  ],
])('the id of %s', (_, id, readable, expected) => {
  expect(outcomeById(id, readable, knowledge)).toMatchObject({ ...expected, entries: [{ id, confidence: 1 }] });
});

test.each(['nowhere', '__proto__', staffEntry?.id ?? ''])('„%s“ is nothing that may be read', (id) => {
  expect(outcomeById(id, undefined, knowledge)).toBeUndefined();
});
