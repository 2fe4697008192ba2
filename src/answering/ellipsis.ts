/**
 * Whether a message says something only together with what was said before: „und in Solingen?“, „wie lange?“. By its words alone;
 * refuses to say what it then means (steps/followUpStep.ts and eventStep.ts do).
 */
import { isFunctionWord } from '../search/german/functionWords';
import { normalize, tokenize } from '../search/german/normalize';

const MAX_TOKENS = 8;
/** A message this short is read by how many words of content it has. */
const FEW_TOKENS = 5;

/** Words that ask on without naming a subject: „wie lange hab ich Zeit?“, „was kostet das?“, „reicht eine Mail?“. */
const ASKING_ON = new Set(
  (
    'lang lange viel viele hoch oft genau dauert dauern kostet kosten geht gilt heisst bedeutet passiert machen mache mach tun tue ' +
    'beantrage beantragen beantragt papiere nachweise mitbringen mitnehmen nachste nachstes jahr hin ne ' +
    'zeit frist reicht mail email online zuruckzahlen zuruckbezahlen beispiel monat monatlich brauche brauch schreiben schreib folge folgen ' +
    'per whatsapp sms telefonisch bleibt bleiben wende wenden hilft wieder abgeben zuruckgeben teuer schnell schneller unterlagen papier ' +
    'dafur dabei dazu davon damit daran drauf passiert sonst ansonsten wann dauern hast nachstes kommende letztes stelle sms fax schaffe schaff schaffen mehrmals mal ' +
    'ersten erstes zweiten zweites dritten drittes dreimal zweimal langer tu tust gehts gibts gibs zwei drei vier'
  ).split(' '),
);

/** „und in Solingen?“, „wann genau?“, „und mit Kind?“: says something only together with what was said before. */
export function isElliptic(text: string): boolean {
  const tokens = tokenize(normalize(text));
  if (tokens.length === 0 || tokens.length > MAX_TOKENS) return false;
  const [first = ''] = tokens;
  if (/^(?:und|oder|aber|auch|nur|nein|ne|nee|doch|sondern|gilt|dann)$/.test(first)) return true;
  const content = tokens.filter((token) => !isFunctionWord(token));
  return !hasSubject(text) || (content.length <= 2 && tokens.length <= FEW_TOKENS);
}

/** „und mit Kind?“, „wie lange?“: begins with a connective, or has no subject of its own. A bare „nein“ leans on nothing. */
export function leansOnTopic(text: string): boolean {
  if (!isElliptic(text)) return false;
  const [first = ''] = tokenize(normalize(text));
  if (/^(?:nein|ne|nee|ja)$/.test(first)) return hasSubject(text);
  return /^(?:und|oder|aber|auch|nur|sondern|gilt|dann)$/.test(first) || !hasSubject(text);
}

/** „wie lange?“ and „und ab 2027?“ have none, „und die Miete?“ has one. */
export function hasSubject(text: string): boolean {
  return subjectsOf(text).length > 0;
}

/** The words a message is about, folded. */
export function subjectsOf(text: string): readonly string[] {
  return tokenize(normalize(text)).filter(
    (token) => !isFunctionWord(token) && !ASKING_ON.has(token) && !/^\d+$/.test(token),
  );
}
