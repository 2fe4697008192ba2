/**
 * Stems folded German words with the Snowball algorithm and keeps what it has stemmed. Refuses to split or correct.
 * Source: snowballstem.org, German; package snowball-stemmers.
 */
import { newStemmer } from 'snowball-stemmers';

const CACHE_LIMIT = 50_000;
const stemmer = newStemmer('german');
const cache = new Map<string, string>();

/** Snowball loses these forms of frequent verbs and nouns of the field; keys and values are folded. */
const IRREGULAR: Readonly<Record<string, string>> = {
  bekam: 'bekomm', bekommt: 'bekomm', bekommen: 'bekomm', bekomme: 'bekomm', kriegt: 'bekomm', kriege: 'bekomm', kriegen: 'bekomm', krieg: 'bekomm', kriegste: 'bekomm', gekriegt: 'bekomm', bekomm: 'bekomm', erhalte: 'bekomm', erhalten: 'bekomm',
  zahlt: 'zahl', gezahlt: 'zahl', bezahlt: 'zahl', bezahlen: 'zahl', bezahle: 'zahl', zahlen: 'zahl', zahle: 'zahl', bezahl: 'zahl',
  muss: 'muss', musse: 'muss', mussen: 'muss', musst: 'muss', musste: 'muss', mussten: 'muss',
  darf: 'darf', durfen: 'darf', durft: 'darf', darfst: 'darf', durfte: 'darf',
  kann: 'kann', konnen: 'kann', konnt: 'kann', kannst: 'kann', konnte: 'kann',
  will: 'will', wollen: 'will', willst: 'will', wollte: 'will', mochte: 'will', mochten: 'will',
  ging: 'geh', gegangen: 'geh', gehe: 'geh', geht: 'geh', gehen: 'geh',
  kam: 'komm', gekommen: 'komm', kommt: 'komm', kommen: 'komm', komme: 'komm',
  gab: 'geb', gibt: 'geb', geben: 'geb', gegeben: 'geb', gebt: 'geb',
  nahm: 'nehm', nimmt: 'nehm', nehmen: 'nehm', genommen: 'nehm', nehme: 'nehm',
  schrieb: 'schreib', geschrieben: 'schreib', schreiben: 'schreib', schreibt: 'schreib',
  verlor: 'verlier', verloren: 'verlier', verliere: 'verlier', verlieren: 'verlier',
  umgezogen: 'umzieh', umziehen: 'umzieh', umzuziehen: 'umzieh', umzug: 'umzieh', umzugs: 'umzieh',
  ausgezogen: 'auszieh', ausziehen: 'auszieh', auszuziehen: 'auszieh', auszug: 'auszieh',
  eingezogen: 'einzieh', einziehen: 'einzieh', einzug: 'einzieh',
  gekundigt: 'kundig', kundigung: 'kundig', kundigen: 'kundig', kundigt: 'kundig', gekundigte: 'kundig',
  gekurzt: 'kurz', kurzen: 'kurz', kurzung: 'kurz',
  gestrichen: 'streich', streichen: 'streich', streicht: 'streich',
  vergessen: 'vergess', vergass: 'vergess',
  gestorben: 'sterb', stirbt: 'sterb', starb: 'sterb', sterben: 'sterb', tod: 'sterb', tot: 'sterb',
  geerbt: 'erb', erbe: 'erb', erben: 'erb', erbschaft: 'erb', erbt: 'erb',
};

/** The stem of one folded token: `stem('wohnungen')` is `'wohnung'`. */
export function stem(token: string): string {
  const known = cache.get(token);
  if (known !== undefined) return known;
  const irregular = Object.hasOwn(IRREGULAR, token) ? IRREGULAR[token] : undefined;
  const stemmed = irregular ?? (/^\d/.test(token) || token.length < 4 ? token : stemmer.stem(token));
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(token, stemmed);
  return stemmed;
}
