/**
 * „Wo konnte man die Roboter und Dinosaurier sehen?“, „Wuppertal, acht Geschäftsstellen, mobile Beratung“: where nothing else is meant, the one
 * event that the message tells of in its own words. Asked last, so it takes nothing from anybody. Refuses what is told without the event's
 * place and not as past.
 */
import type { EventFinder } from '../events';
import { oneEvent } from './eventList';
import type { Step } from './turn';

const PAST =
  /\b(?:wurden?|war|waren|gab|gabs|fand|fanden|hing|hingen|lud|luden|sprach|sprachen|konnten?|durften?|\w{3,}ten)\b/;
const OF_ONESELF = /\b(?:ich|mich|mir|mein\w*|wir|uns|unser\w*)\b/;

export function createRetoldEventStep(events: EventFinder): Step {
  return ({ text, folded, language, place }) => {
    if (language !== 'de') return undefined;
    const id = events.toldOf(text);
    const event = id === undefined ? undefined : events.byId(id);
    if (event === undefined) return undefined;
    const isThere = event.jobcenters.some((jobcenter) => place.jobcenterIds.includes(jobcenter));
    if (!isThere && (place.status !== 'none' || !PAST.test(folded) || OF_ONESELF.test(folded))) return undefined;
    return oneEvent(event.id);
  };
}
