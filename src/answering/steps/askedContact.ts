/**
 * „Und die Adresse?“, „Telefonnummer Kleve“: how a Jobcenter is reached, of the place named or the one that is standing in the conversation.
 * Refuses a message that asks for anything beside it.
 */
import { isFunctionWord } from '../../search/german/functionWords';
import { normalize, tokenize } from '../../search/german/normalize';
import type { Body } from '../outcome';
import { jobcenterOfPlace } from './jobcenterOfPlace';
import type { Turn } from './turn';

/** How to reach the office … */
const CONTACT =
  /\b(?:ist (?:da|dort) (?:\w+ ){0,4}(?:jemand|wer)|(?:jemand|wer) (?:da|dort)|(?:einfach|so|spontan|personlich|ohne termin) (?:\w+ )?(?:vorbei\w*|hin\w*|kommen)|vorbei ?(?:kommen|gehen|schauen)|adresse|anschrift|offnungszeit\w*|sprechzeit\w*|sprechstunden?|telefon\w*|(?:ruf)?nummer|anruf\w*|rufe? (?:ich|man)|erreich\w*|e ?mail\w*|homepage|web\w*|internet\w*|geoffnet|(?:habt|hat|haben|seid|ist|macht) (?:\w+ ){0,4}(?:auf|offen)|wo (?:ist|liegt|finde|sitzt|muss ich)|wie komme? ich)\b/;
/** … and what stands beside it. */
const BESIDE_CONTACT = new Set(
  'jemand einfach spontan personlich vorbei vorbeikommen vorbeigehen vorbeischauen hingehen hinkommen hinfahren termin ohne wochenende kommen gehen jobcenter jc amt genau liegt sitzt finde find hin komme komm lautet heisst gib gibt geb nenn zeiten rufe ruf lang geht offen auf zu strasse stadt brauche brauch suche haus ihnen denen dort heute morgens mittags montag dienstag mittwoch donnerstag freitag samstag sonntag montags dienstags mittwochs donnerstags freitags samstags vormittag vormittags nachmittag nachmittags abend mittag'.split(
    ' ',
  ),
);
/** Says by itself that the office is meant, whatever was spoken of before. */
const OF_OFFICE = /\b(?:jobcenter|jc|amt|offnungszeit\w*|sprechzeit\w*|geoffnet|auf|ihr|euch)\b/;

/** „Und die Adresse?“, with nothing in it but that and perhaps a place. */
function asksForContact({ text, folded, place }: Turn): boolean {
  if (!CONTACT.test(folded)) return false;
  const { span } = place;
  const around = span === undefined ? text : `${text.slice(0, span.start)} ${text.slice(span.end)}`;
  return tokenize(normalize(around)).every(
    (token) => isFunctionWord(token) || BESIDE_CONTACT.has(token) || CONTACT.test(token),
  );
}

function contactIn(folded: string): NonNullable<Body<'jobcenter'>['contact']> {
  if (/\b(?:telefon\w*|\w*nummer|anruf\w*|rufe?|erreich\w*)\b/.test(folded)) return 'phone';
  if (
    /\b(?:offnungszeit\w*|sprechzeit\w*|sprechstunden?|geoffnet|auf|offen|zeiten|jemand|vorbei\w*|hin(?:gehen|kommen|fahren)|ohne termin)\b/.test(
      folded,
    )
  )
    return 'hours';
  return /\b(?:e ?mail\w*|mail\w*)\b/.test(folded) ? 'mail' : 'address';
}

/** The Jobcenter just named, else the one that holds for the conversation where nothing else was spoken of. */
function standing({ context: { topic, jobcenter }, folded }: Turn): string | undefined {
  if (topic?.kind === 'jobcenter') return topic.id;
  return topic === undefined || OF_OFFICE.test(folded) ? jobcenter : undefined;
}

export function askedContact(turn: Turn): Body<'jobcenter'> | undefined {
  if (!asksForContact(turn)) return undefined;
  if (turn.place.status !== 'none') return jobcenterOfPlace(turn);
  const known = standing(turn);
  return known === undefined
    ? undefined
    : {
        kind: 'jobcenter',
        jobcenterIds: [known],
        status: 'found',
        contact: contactIn(turn.folded),
        entries: [{ id: known, confidence: 1 }],
      };
}
