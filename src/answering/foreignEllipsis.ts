/**
 * Whether a message in another language says something only together with the last answer („and how long does it take?“), as ellipsis.ts
 * does for German: every word is one of asking, none names a subject. Refuses to say what is then meant.
 */
import { normalize, tokenize } from '../search/german/normalize';
import { foldLetters } from './languageWords';

const MAX_TOKENS = 10;

function setOf(list: string): ReadonlySet<string> {
  return new Set(tokenize(foldLetters(normalize(list))));
}

const ASKING: Readonly<Record<string, ReadonlySet<string>>> = {
  en: setOf(
    'and but so then or ok okay how long much many often soon does do did is it this that take takes last cost costs what when where why who which must should need needed ' +
      'have has to i we can could will would be for from until by the a an exactly then please if not too late now next else happens happen after before first step steps ' +
      'pay pays paid deadline example mean means possible get me my us there with only also online email tell know in of time days weeks months wait are they them you more about anything',
  ),
  uk: setOf(
    'а і й та але то чи як довго скільки це треба потрібно часу чекати коштує коли де що хто який яка яке які чому навіщо можна можу мені я ми нам до після потім далі зараз робити буде ' +
      'триває займе займає платить платити в у на з за наприклад означає так якщо ні не дні днів тижнів місяців строк онлайн ще про більше цього куди звернутися',
  ),
  ru: setOf(
    'а и но то ли как долго сколько это нужно надо времени ждать стоит когда где что кто какой какая какие почему зачем можно могу мне я мы нам до после потом дальше сейчас делать будет ' +
      'длится займет занимает займёт платит платить в во на с за например значит так если нет не дней недель месяцев срок онлайн еще ещё об этом больше этого куда обратиться',
  ),
  tr: setOf(
    'peki ve ama ya da ne kadar sürer sürüyor bu bunu bunun için nasıl nerede nereye zaman kim hangi neden niye kaç gün hafta ay ayda para tutar mi mı mu lazım gerekiyor gerekli yapmam ' +
      'yapmalıyım yapabilirim ben bana biz sonra önce şimdi olur olacak öder ödüyor demek örneğin eğer değil var yok süre süresi son beklemem bekle bekleyeceğim online daha fazla hakkında bir şey',
  ),
  ar: setOf(
    'و كم من الوقت يستغرق تستغرق ذلك هذا هذه متى أين كيف ماذا ما من لماذا هل يجب علي أن أفعل افعل بعد قبل الآن ثم إذا يكلف التكلفة المدة مدة أنتظر انتظر لي أنا نحن في على إلى مثلا يعني لا ' +
      'يوم أيام أسبوع أسابيع شهر يدفع وكم ومتى وماذا وكيف وهل ولكن طويل طويلا عن المزيد أكثر وأين',
  ),
};
const AND: Readonly<Record<string, RegExp>> = {
  en: /^(?:and|what about|how about|but|also) /,
  uk: /^(?:а|і|й|та) /,
  ru: /^(?:а|и|но) /,
  tr: /^(?:peki|ve|ya) /,
  ar: /^(?:و|ول|ماذا عن|وماذا عن)/,
};

/** `leansOnLast('and how long does it take?', 'en')`; also what goes on with „and …“. */
export function leansOnLast(message: string, language: string): boolean {
  const folded = foldLetters(normalize(message));
  const tokens = tokenize(folded);
  if (tokens.length === 0 || tokens.length > MAX_TOKENS) return false;
  const and = Object.hasOwn(AND, language) ? AND[language] : undefined;
  return and?.test(`${folded} `) === true || asksOnly(message, language);
}

/** Names no subject at all. */
export function asksOnly(message: string, language: string): boolean {
  const asking = Object.hasOwn(ASKING, language) ? ASKING[language] : undefined;
  return asking !== undefined && tokenize(foldLetters(normalize(message))).every((token) => asking.has(token));
}
