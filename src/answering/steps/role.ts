/**
 * Who has said to be a landlord or an employer is not told as sure what holds for tenants and for those who look for work: their own entry
 * comes first. Refuses to guess a role: it was said in the message, or the entry for that role was told before.
 */
import type { Entry } from '../../knowledge/model';
import { normalize } from '../../search/german/normalize';
import { EMPLOYER_ENTRIES, EMPLOYER_ENTRY, EMPLOYER_TOPICS, LANDLORD_ENTRY, LANDLORD_TOPICS } from '../knownEntries';
import type { AnyBody, Role } from '../outcome';
import type { EntryFinder } from './entryFinder';
import { choiceOf, fewOf } from './ofEntry';
import type { Turn } from './turn';

const LANDLORD =
  /\b(?:(?:ich|wir) (?:bin|sind) (?:hier )?(?:ein |eine |der |die |private?r? )*(?:vermieter\w*|hausverwaltung\w*)|als (?:privater |private )?vermieter(?:in)?|(?:mein|meine|meiner|meinem|meinen|unser|unsere|unserer|unserem) mieter(?:in|innen|s|n)?|(?:ich|wir) vermieten?)\b/;
const EMPLOYER =
  /\b(?:(?:ich|wir) (?:bin|sind) (?:hier )?(?:ein |eine |der |die |kleiner? )*(?:arbeitgeber\w*|handwerksbetrieb|betrieb|firma|unternehmen)|als arbeitgeber(?:in)?|wir (?:suchen|wollen|wurden gern\w*|mochten) .*\b(?:einstellen|mitarbeiter\w*|verkaufer\w*|fahrer\w*|personal|aushilfe\w*|leute))\b/;
/** Speaks of the own home or the own money: no landlord speaking, or no longer. */
const TENANT =
  /\b(?:mein\w* (?:vermieter\w*|miete|wohnung|antrag|bescheid|regelsatz)|ich (?:bin|bin selbst) (?:der |die )?mieter(?:in)?|ich (?:beziehe|bekomme|kriege)|untermiet\w*|untervermiet\w*|unter)\b/;
const SEEKER =
  /\b(?:ich (?:suche|such) (?:eine |ne |nen )?(?:arbeit|stelle|job)|ich (?:beziehe|bekomme|kriege)|mein\w* (?:miete|antrag|bescheid|regelsatz|chef\w*|arbeitgeber\w*))\b/;
/** „Wer ist da mein Ansprechpartner?“ of an employer is not about an appointment at the office. */
const CONTACT = /\b(?:ansprechpartner\w*|ansprechperson\w*|kontakt|zustandig|wende\w*|anrufen|wer hilft)\b/;

/** The role that a message says by itself. */
function roleSaid(text: string): Role | undefined {
  const folded = normalize(text);
  if (LANDLORD.test(folded) && !TENANT.test(folded)) return 'landlord';
  return EMPLOYER.test(folded) && !SEEKER.test(folded) ? 'employer' : undefined;
}

/** The role in which the entries of these topics were told, the last one first. */
export function roleOfTold(entryIds: readonly string[]): Role | undefined {
  const told = [...entryIds].reverse().find((id) => id === LANDLORD_ENTRY || id === EMPLOYER_ENTRY);
  return told === undefined ? undefined : told === LANDLORD_ENTRY ? 'landlord' : 'employer';
}

/** What was found, as it is to be told to somebody in that role. */
export function inRole(found: AnyBody, step: string, turn: Turn, entryOf: EntryFinder): AnyBody {
  const { context, text, folded, language } = turn;
  const role = roleSaid(text) ?? roleSaid(context.pending?.question ?? '') ?? context.role;
  if (role === undefined || language !== 'de' || ['urgent', 'pending', 'title'].includes(step)) return found;
  if ((role === 'landlord' ? TENANT : SEEKER).test(folded)) return found;
  const own = entryOf(role === 'landlord' ? LANDLORD_ENTRY : EMPLOYER_ENTRY, context);
  if (own === undefined) return found;
  const leads = found.kind === 'answer' ? found.entryId : found.kind === 'clarify' ? found.choices[0]?.id : undefined;
  if (role === 'employer' && CONTACT.test(folded) && leads !== undefined && isForOthers(leads)) return ofOwn(own, turn);
  if (found.kind === 'clarify' && found.about === 'topic' && found.choices.some(({ id }) => isForOthers(id)))
    return { ...found, choices: fewOf([choiceOf(own), ...found.choices]) };
  if (found.kind !== 'answer') return found;
  if (!isForOthers(found.entryId)) {
    const { elsewhere, ...told } = found;
    const entries = found.entries.filter(({ id }) => !isForOthers(id));
    return { ...told, entries, ...(elsewhere === undefined || isForOthers(elsewhere) ? {} : { elsewhere }) };
  }
  const other = entryOf(found.entryId, context);
  if (other === undefined || own.seeAlso.includes(other.id)) return ofOwn(own, turn);
  return { kind: 'clarify', about: 'topic', choices: [own, other].map(choiceOf), entries: found.entries };

  function isForOthers(id: string): boolean {
    if (role === 'employer') return !EMPLOYER_ENTRIES.has(id) && EMPLOYER_TOPICS.has(id);
    return id !== LANDLORD_ENTRY && (LANDLORD_TOPICS.has(id) || entryOf(id, context)?.category === own?.category);
  }
}

/** The own entry; and the Jobcenter of the place that was named, where there is one. */
function ofOwn(own: Entry, { place }: Turn): AnyBody {
  const entries = [{ id: own.id, confidence: 1 }];
  const [jobcenter] = place.status === 'found' ? place.jobcenterIds : [];
  return jobcenter === undefined
    ? { kind: 'answer', entryId: own.id, entries }
    : {
        kind: 'jobcenter',
        status: 'found',
        jobcenterIds: place.jobcenterIds,
        entries: [],
        ...(place.place === undefined ? {} : { place: place.place }),
      };
}
