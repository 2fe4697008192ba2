/**
 * Commands and small talk: word for word, or by an intent that is surer than any topic. A „ja“ or „nein“ that was not said word for
 * word is refused: it would answer a question nobody asked.
 */
import { isOtherLanguage } from '../language';
import { foldLetters } from '../languageWords';
import type { AnyBody, TurnContext } from '../outcome';
import { doubt } from '../doubt';
import type { SmallFind, SmallSteps } from '../smallSteps';
import { styleWish } from '../styleWish';
import { SURE_INTENT } from './levels';
import type { Step } from './turn';

const ASKING_FOR =
  'auf|in|bitte|please|wieder|zuruck|zu|zum|nach|jetzt|ab jetzt|und|aber|lieber|doch|nur|noch|ok|okay|nein|mir|uns|sprich|sprechen sie|sprechen wir|schreib|schreibe|schreiben sie|' +
  'antworte|antworten sie|rede|red|reden wir|mach|machen wir|ich|mochte|will|kann|spreche|verstehe|auch|gut|ein bisschen|etwas|kannst du|konnen sie|konnen wir|wir konnen|konnten sie|' +
  'back to|speak|i|can|also|want|you|do|lets|let us|switch to|answer in|на|можно|можна|говорю|я|розмовляю|хочу|давайте|اريد|التحدث|ان اتحدث|اتحدث|اتكلم';
const GERMAN_NAME =
  'deutsch|deutsche|german|немецки[ий]|немецком|по немецки|німецька|німецькою|almanca|الالمانية|بالالمانية|الالماني|بالالماني';
const ASKED_FOR =
  'пожалуйста|будь ласка|lutfen|من فضلك|لو سمحت|bitte|please|wieder|weiter|weitermachen|antworten|antwort|schreiben|sprechen|reden|zuruck|umstellen|wechseln|jetzt|gern|gerne|' +
  'auch|gut|konusalim|konusmak|istiyorum|konusabiliriz|biliyorum|говорити|говорить|разговаривать|розмовляти';
/** Where another language is spoken, the bare name is a wish; in German it may be a question about courses. */
const BACK_TO_GERMAN = new RegExp(`^(?:(?:${ASKING_FOR}) )*(?:${GERMAN_NAME})(?: (?:${ASKED_FOR}))*$`);
/** A wish even where German is spoken already. */
const IN_GERMAN =
  /^(?:bitte |lieber |nur |nein |und )*(?:auf|in) deutsch(?: (?:bitte|antworten|schreiben|sprechen|weiter))*$|^(?:bitte )?(?:antworte|antworten sie|schreib|schreiben sie|sprich|sprechen sie) (?:bitte )?(?:auf |in )?deutsch(?: bitte)?$|^(?:ja |doch |aber )*ich (?:kann|spreche|verstehe) (?:auch |ein bisschen |etwas |gut )*deutsch$/;
/** Said in a language instead of naming it: the language it is said in is wanted. */
const NO_GERMAN =
  /\b(?:(?:don ?t|do not|dont|can ?t|cannot|not) (?:speak|understand|know|read) (?:\w+ )?german|no german|my german is|(?:german|deutsch) (?:is )?(?:bad|not good))\b|не (?:розмовляю|говорю|розумію|знаю|понимаю) (?:\p{L}+ )?(?:німецьк|немецк|по немецки)|плохо (?:говорю|понимаю) (?:по )?немецк|погано (?:розмовляю|говорю|розумію)|almanca(?:m)? (?:bilmiyorum|anlamiyorum|konusamiyorum|yok|kotu)|لا (?:اتحدث|اتكلم|افهم|اعرف) (?:اللغة )?الالمانية/u;
/** Said about the last answer: the same in easy language helps more than another topic. */
const NOT_UNDERSTOOD =
  /^(?:(?:das )?(?:versteh|verstehe|kapier|kapiere|raff) ich nicht|ich (?:versteh|verstehe|kapier|kapiere|raff)(?: das)? nicht|(?:das ist )?(?:mir )?zu (?:kompliziert|schwer|schwierig)(?: fur mich)?|(?:bitte )?(?:noch )?(?:einfach bitte|einfacher|leichter|bitte einfach)(?: (?:erklaren|schreiben|sagen))?(?: bitte)?)$/;

export function createSmallStep(small: SmallSteps): Step {
  return ({ text, folded, language, ranking, context }) => {
    const letters = foldLetters(folded);
    const spoken = language === 'de' ? context.language : language;
    if (IN_GERMAN.test(folded) || (spoken !== 'de' && BACK_TO_GERMAN.test(letters)))
      return { kind: 'command', name: 'language', argument: 'de', entries: [] };
    if (language !== 'de' && !isOtherLanguage(language) && NO_GERMAN.test(letters))
      return { kind: 'command', name: 'language', argument: language, entries: [] };
    if (context.topic?.kind === 'entry' && context.style === 'everyday' && NOT_UNDERSTOOD.test(folded))
      return { kind: 'command', name: 'simple', entries: [] };
    const style = styleWish(folded);
    if (style !== undefined) return { kind: 'command', name: style, entries: [] };
    const doubted = context.topic === undefined ? undefined : doubt(folded, text);
    if (doubted !== undefined)
      return { kind: 'command', name: 'source', ...(doubted === 'wrong' ? { argument: 'wrong' } : {}), entries: [] };
    const exact = small.exact(text);
    if (exact !== undefined && isAboutTold(exact, folded, context)) return undefined;
    if (exact !== undefined) return isUnspoken(exact, language) ? UNSPOKEN : bodyOf(exact);
    const [name, probability] = ranking.topIntent;
    const [top] = ranking.entries;
    if (probability < SURE_INTENT || probability < (top?.confidence ?? 0)) return undefined;
    const find = small.byIntent(name, text);
    if (find === undefined || (find.kind === 'smalltalk' && (find.name === 'yes' || find.name === 'no')))
      return undefined;
    if (language === 'de' && isAboutTold(find, folded, context)) return undefined;
    return isUnspoken(find, language) ? UNSPOKEN : bodyOf(find);
  };
}

/** „Czy mówisz po polsku?“ asks for a language that is not among those to choose from. */
const UNSPOKEN: AnyBody = { kind: 'fallback', reason: 'languageUnsupported', entries: [] };

/** „Was soll ich schreiben?“ after an answer, „wer steckt dahinter?“ after the campaign: of the chat only where that is spoken of. */
const OF_CHAT =
  /\b(?:hilfe|help|du|dich|dir|dein\w*|bist|kannst|ihr|sie|chat\w*|bot|bots|roboter|ki|programm\w*|computer|mensch\w*|maschine|themen?|beispiele?|hier|eingeben|fragen?|gefragt)\b/;

function isAboutTold(find: SmallFind, folded: string, { topic }: TurnContext): boolean {
  if (topic === undefined || topic.kind === 'jobcenter' || OF_CHAT.test(folded)) return false;
  return find.kind === 'command' ? find.name === 'help' : find.kind === 'smalltalk' && find.name === 'whoAreYou';
}

function isUnspoken(find: SmallFind, language: string): boolean {
  return (
    isOtherLanguage(language) && find.kind === 'command' && find.name === 'language' && find.argument === undefined
  );
}

function bodyOf(find: SmallFind): AnyBody {
  if (find.kind === 'noneOfThese') return { kind: 'fallback', reason: 'noneOfThese', entries: [] };
  return { ...find, entries: [] };
}
