/**
 * What is said instead of the place that was asked for: that it is not known, not told, or why it is asked. Refuses whatever was said without
 * that question, and any other answer to it.
 */
import { WHICH_JOBCENTER_ENTRY } from '../knownEntries';
import type { Body } from '../outcome';
import { askForPlace, whichJobcenter } from './jobcenterOfPlace';
import type { Turn } from './turn';

/** To the question for the place: it is not known … */
const DOES_NOT_KNOW =
  /^(?:(?:das|ich|hm+|ja|ah|ahm|also|puh|nee?) )*(?:(?:weiss|weis) (?:ich )?(?:das |es |ja |doch |jetzt |leider |grad |gerade |auch |noch |gar |selber |selbst |so )*(?:nicht|nich|net|ned)|keine ahnung|kein plan|keinen plan|ka|nix ahnung)(?: (?:genau|so genau|ehrlich gesagt|sorry))?$/;
/** … not told, or asked why. */
const DOES_NOT_TELL =
  /^(?:(?:nein|ne|nee|aber|und|also|hm+) )*(?:(?:warum|wieso|weshalb|wozu|wofur) (?:\w+ ){0,3}?(?:das|den|die|mein\w*|ort)\b.*|(?:warum|wieso|weshalb|wozu|wofur)(?: denn)?|(?:das |den ort |meinen ort )?(?:sage?|verrate?) (?:ich )?(?:\w+ ){0,2}?nicht|(?:das )?(?:mochte|will) ich (?:\w+ ){0,2}?nicht (?:sagen|verraten|angeben)|(?:das )?geht (?:dich|sie|euch|niemanden?) (?:gar )?nichts an|was geht (?:dich|sie|euch) das an|muss ich das (?:sagen|angeben))$/;

export function placeNotTold({
  context: { pending },
  folded,
  ranking,
}: Turn): Body<'jobcenter'> | Body<'answer'> | undefined {
  if (pending?.about !== 'place' || pending.choices.length > 0) return undefined;
  if (DOES_NOT_KNOW.test(folded))
    return { kind: 'answer', entryId: WHICH_JOBCENTER_ENTRY, entries: whichJobcenter(ranking) };
  return DOES_NOT_TELL.test(folded) ? { ...askForPlace(ranking), why: true } : undefined;
}
