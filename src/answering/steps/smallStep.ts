/**
 * Commands and small talk: word for word, or by an intent that is surer than any topic. A „ja“ or „nein“ that was not said word for
 * word is refused: it would answer a question nobody asked.
 */
import type { AnyBody } from '../outcome';
import { doubt, styleWish, type SmallFind, type SmallSteps } from '../smallSteps';
import { SURE_INTENT } from './levels';
import type { Step } from './turn';

/** Where another language is spoken, the bare name is a wish; in German it may be a question about courses. */
const BACK_TO_GERMAN =
  /^(?:(?:auf|in|bitte|please|wieder|zuruck|zu|zum|nach|jetzt|ab jetzt|und|lieber|doch|nur|noch|ok|okay|nein|mir|sprich|sprechen sie|sprechen wir|schreib|schreibe|schreiben sie|antworte|antworten sie|rede|red|reden wir|mach|machen wir|ich mochte|ich will|ich kann|kannst du|konnen sie|konnen wir|wir konnen|konnten sie|back to|speak|switch to|answer in|на|можно|можна|اريد|التحدث|ان اتحدث) )*(?:deutsch|german|немецки[ий]|немецком|по немецки|німецька|німецькою|almanca|الالمانية|بالالمانية)(?: (?:пожалуиста|будь ласка|lutfen|من فضلك|لو سمحت|bitte|please|wieder|weiter|weitermachen|antworten|schreiben|sprechen|reden|zuruck|umstellen|wechseln|jetzt))*$/;
/** Said about the last answer: the same in easy language helps more than another topic. */
const NOT_UNDERSTOOD =
  /^(?:(?:das )?(?:versteh|verstehe|kapier|kapiere|raff) ich nicht|ich (?:versteh|verstehe|kapier|kapiere|raff)(?: das)? nicht|(?:das ist )?(?:mir )?zu (?:kompliziert|schwer|schwierig)(?: fur mich)?|(?:bitte )?(?:noch )?(?:einfach bitte|einfacher|leichter|bitte einfach)(?: (?:erklaren|schreiben|sagen))?(?: bitte)?)$/;

export function createSmallStep(small: SmallSteps): Step {
  return ({ text, folded, ranking, context }) => {
    if (context.language !== 'de' && BACK_TO_GERMAN.test(folded))
      return { kind: 'command', name: 'language', argument: 'de', entries: [] };
    if (context.topic?.kind === 'entry' && context.style === 'everyday' && NOT_UNDERSTOOD.test(folded))
      return { kind: 'command', name: 'simple', entries: [] };
    const style = styleWish(folded);
    if (style !== undefined) return { kind: 'command', name: style, entries: [] };
    const doubted = context.topic === undefined ? undefined : doubt(folded, text);
    if (doubted !== undefined)
      return { kind: 'command', name: 'source', ...(doubted === 'wrong' ? { argument: 'wrong' } : {}), entries: [] };
    const exact = small.exact(text);
    if (exact !== undefined) return bodyOf(exact);
    const [name, probability] = ranking.topIntent;
    const [top] = ranking.entries;
    if (probability < SURE_INTENT || probability < (top?.confidence ?? 0)) return undefined;
    const find = small.byIntent(name, text);
    if (find === undefined || (find.kind === 'smalltalk' && (find.name === 'yes' || find.name === 'no')))
      return undefined;
    return bodyOf(find);
  };
}

function bodyOf(find: SmallFind): AnyBody {
  if (find.kind === 'noneOfThese') return { kind: 'fallback', reason: 'noneOfThese', entries: [] };
  return { ...find, entries: [] };
}
