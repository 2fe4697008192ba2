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

/** What an employer has to certify; told to the employer. */
const EMPLOYER_PAPERS_ENTRY = 'arbeitgeber-bescheinigungen';
/** What an employee may need instead, where the employer's papers are the matter. */
const OF_EMPLOYEE = ['mitwirkung-unterlagen-fehlen', 'arbeitsaufnahme-melden'];

const LANDLORD =
  /\b(?:(?:ich|wir) (?:bin|sind) (?:hier )?(?:ein |eine |der |die |private?r? )*(?:vermieter\w*|hausverwaltung\w*)|als (?:privater |private )?vermieter(?:in)?|(?:mein|meine|meiner|meinem|meinen|unser|unsere|unserer|unserem) mieter(?:in|innen|s|n)?|(?:ich|wir) vermieten?)\b/;
const EMPLOYER =
  /\b(?:(?:ich|wir) (?:bin|sind) (?:hier )?(?:ein |eine |der |die |kleiner? )*(?:arbeitgeber\w*|handwerksbetrieb|betrieb|firma|unternehmen)|als arbeitgeber(?:in)?|wir (?:suchen|wollen|wurden gern\w*|mochten) .*\b(?:einstellen|mitarbeiter\w*|verkaufer\w*|fahrer\w*|personal|aushilfe\w*|leute))\b/;
/** Speaks of the own home or the own money: no landlord speaking, or no longer. */
const TENANT =
  /\b(?:mein\w* (?:vermieter\w*|miete|wohnung|antrag|bescheid|regelsatz)|ich (?:bin|bin selbst) (?:der |die )?mieter(?:in)?|ich (?:beziehe|bekomme|kriege)|untermiet\w*|untervermiet\w*|unter)\b/;
const SEEKER =
  /\b(?:ich (?:suche|such) (?:eine |ne |nen )?(?:arbeit|stelle|job)|ich (?:beziehe|bekomme|kriege)|mein\w* (?:miete|antrag|bescheid|regelsatz|chef\w*|arbeitgeber\w*))\b/;
/** „Ich war früher Vermieter“, „ich bin selber im Bezug“: no landlord or employer, or no longer. */
const OF_ONESELF =
  /\b(?:(?:ich (?:war|bin)|war|bin) (?:fruher|mal|frueher|damals) (?:\w+ )?(?:vermieter|arbeitgeber)\w*|(?:selbst|selber) (?:auch )?(?:im bezug|mieter\w*|arbeitslos|grundsicherung|leistungen)|(?:beziehe|bekomme|kriege) ich (?:\w+ )?(?:grundsicherung\w*|burgergeld|leistungen)|ich (?:beziehe|bekomme|kriege) (?:\w+ )?(?:grundsicherung\w*|burgergeld|leistungen))\b/;
/** „Mein Arbeitgeber füllt das nicht aus“ is said by somebody who works for one. */
const OF_EMPLOYED = /\b(?:mein\w*|unser\w*) (?:\w+ )?(?:arbeitgeber\w*|chef\w*)\b/;
/** „Wer ist da mein Ansprechpartner?“ of an employer is not about an appointment at the office. */
const CONTACT = /\b(?:ansprechpartner\w*|ansprechperson\w*|kontakt|zustandig|wende\w*|anrufen|wer hilft)\b/;

/** The role that a message says by itself. */
function roleSaid(text: string): Role | undefined {
  const folded = normalize(text);
  if (LANDLORD.test(folded) && !TENANT.test(folded)) return 'landlord';
  return EMPLOYER.test(folded) && !SEEKER.test(folded) ? 'employer' : undefined;
}

/** What a message says of its writer's role for what follows: `none` where they are one of those who get benefits themselves. */
export function roleToRemember(text: string): Role | 'none' | undefined {
  return OF_ONESELF.test(normalize(text)) ? 'none' : roleSaid(text);
}

/** The role in which the entries of these topics were told, the last one first. */
export function roleOfTold(entryIds: readonly string[]): Role | undefined {
  const told = [...entryIds].reverse().find((id) => id === LANDLORD_ENTRY || id === EMPLOYER_ENTRY);
  return told === undefined ? undefined : told === LANDLORD_ENTRY ? 'landlord' : 'employer';
}

/** What was found, as it is to be told to somebody in that role. */
export function inRole(found: AnyBody, step: string, turn: Turn, entryOf: EntryFinder): AnyBody {
  const { context, text, folded, language } = turn;
  if (isOfOthersWork(found, step, turn)) return openTo(found, turn, entryOf);
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

/** An employee or a former landlord would be told as sure what holds for the other side. */
function isOfOthersWork(found: AnyBody, step: string, { folded, text, language }: Turn): boolean {
  if (found.kind !== 'answer' || language !== 'de' || ['pending', 'title'].includes(step)) return false;
  if (found.entryId === EMPLOYER_PAPERS_ENTRY) return OF_EMPLOYED.test(folded) && roleSaid(text) === undefined;
  return found.entryId === LANDLORD_ENTRY && OF_ONESELF.test(folded);
}

/** What an employee can do about papers that are missing comes first, and the other side's entry stays a choice. */
function openTo(found: AnyBody, { context, ranking }: Turn, entryOf: EntryFinder): AnyBody {
  if (found.kind !== 'answer') return found;
  const others =
    found.entryId === EMPLOYER_PAPERS_ENTRY
      ? [...OF_EMPLOYEE, found.entryId]
      : [
          ...ranking.entries
            .map(({ id }) => id)
            .filter((id) => id !== found.entryId)
            .slice(0, 2),
          found.entryId,
        ];
  const choices = others.flatMap((id) => entryOf(id, context) ?? []).map(choiceOf);
  return choices.length < 2
    ? found
    : { kind: 'clarify', about: 'topic', choices: fewOf(choices), entries: found.entries };
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
