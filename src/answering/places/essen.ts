/**
 * „Essen“ the town or „essen“ the meal: decided by the words around it. In doubt it is the meal, because a wrong town misleads and
 * a missing one is asked for. Refuses to know any other place.
 */

/** A token of a text, folded beside as typed. */
export interface Word {
  readonly text: string;
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** The word before, unless a comma, a full stop or the like stands between. */
  readonly before: string;
}

const TOWN_BEFORE = new Set(
  'in aus jobcenter jc stadt stadtgebiet gemeinde raum ort grossraum wohnort agentur arbeitsagentur sozialamt rathaus amt sozialamtes grugapark'.split(
    ' ',
  ),
);
/** After these only a capital letter makes it the town. */
const TOWN_BEFORE_CAPITAL = new Set(
  'nach von bei gesundheitstag aktion aktionen aktionstag aktionswoche veranstaltung veranstaltungen ausstellung termine termin programm was wo wann hat'.split(
    ' ',
  ),
);
const TOWN_AFTER = new Set(
  'grugapark gesundheitstag kettwig steele werden borbeck altenessen katernberg ruttenscheid kray rellinghausen'.split(
    ' ',
  ),
);
const MEAL_AFTER = new Set(
  'gehen geht gegangen trinken kaufen gekauft machen kochen gekocht bestellen haben hab mehr bekommen kriegen geld ist fehlt fur bezahlen'.split(
    ' ',
  ),
);
const MEAL =
  /^(?:trinken|hunger\w*|hungrig\w*|kochen|kuhlschrank|kantine|mensa|mittag\w*|fruhstuck\w*|warmes|lebensmittel\w*|gutschein\w*|tafel|satt|nahrung\w*|mahlzeit\w*|kita|schule|schulessen|pausenbrot|verpflegung\w*|kleidung|windeln|rader[n]?)$/;

export function isTownEssen(words: readonly Word[], index: number, isPlace: (key: string) => boolean): boolean {
  const word = words[index];
  if (word === undefined) return false;
  const { before } = word;
  const after = words[index + 1]?.key ?? '';
  const listed = (step: 1 | -1): boolean => {
    const near = words[index + step]?.key ?? '';
    return (
      isPlace(near) ||
      (/^(?:und|oder|u|o|sowie|sondern|nicht)$/.test(near) && isPlace(words[index + 2 * step]?.key ?? ''))
    );
  };
  if (listed(-1) || listed(1)) return true;
  // „Gab es Essen?“, „gab es da auch Essen?“ asks for something to eat; the town would be „in Essen“.
  if (after === '' && words.length <= 7 && ASKS_FOR_FOOD.test(words.map(({ key }) => key).join(' '))) return false;
  if (words.length === 1 || (words.length <= 3 && TOWN_BEFORE.has(before))) return true;
  // „Nach Essen“, and nothing else, answers „wohin?“; the meal has an article.
  if (words.length <= 3 && before === 'nach' && after === '') return true;
  // „in Essen und Trinken“ is no town, „aus Essen“ is.
  if (after === 'und' && words[index + 2]?.key === 'trinken') return false;
  if (TOWN_BEFORE.has(before)) return !(before === 'in' && after === 'gehen');
  if (before === 'von' && /^(?:jobcenter\w*|jc|amt|stadt|sozialamt|seite|adresse)$/.test(words[index - 2]?.key ?? ''))
    return true;
  if (before === 'nach' && words.some(({ key }) => /^(?:umzug|umziehen|umgezogen|ziehen?|zieh|gezogen)$/.test(key)))
    return true;
  if (TOWN_AFTER.has(after) && after !== 'werden') return true;
  const isCapital = /^\p{Lu}/u.test(word.text);
  const isShouted = words.every(({ text }) => text === text.toUpperCase());
  const event = EVENT_BEFORE.test(before);
  if (event && !MEAL_AFTER.has(after)) return true;
  if (!isCapital || isShouted) return false;
  if (words.some(({ key }) => MEAL.test(key)) || MEAL_AFTER.has(after)) return false;
  // „27. August 2019 Essen Open Air Jobcenter“: a capital beside the office or a year.
  if (!NO_TOWN_BEFORE.has(before) && words.some(({ key }) => /^(?:jobcenter|jc|(?:19|20)\d\d|aktionswoche)$/.test(key)))
    return true;
  if (before === 'von' && after !== '') return TOWN_AROUND.test(after);
  if (TOWN_BEFORE_CAPITAL.has(before)) return true;
  // The town stands without an article: „Essen: was war los?“, „Grundsicherung Essen“.
  return index === words.length - 1
    ? before !== '' && !NO_TOWN_BEFORE.has(before) && !/^(?:\w+e[nmrs]?)$/.test(before)
    : index === 0 && words.length <= 4;
}

const ASKS_FOR_FOOD = /\b(?:gab|gabs|gibt|gibts) (?:es |da |dort |denn |auch |was zu |etwas zu |zu )*essen$/;
const EVENT_BEFORE = /^(?:gesundheitstag\w*|aktion(?:en|stag|swoche)?|veranstaltung\w*|ausstellung\w*|event\w*)$/;
const TOWN_AROUND = /^(?:nach|hierher|weg|aus|umziehen|ziehen)$/;
const NO_TOWN_BEFORE = new Set(
  'das dem des ein kein mein dein sein ihr unser furs zum beim vom im am ans ubers uber furs fur ohne mit zu und oder nichts was etwas viel wenig genug mehr gutes warmes gesundes billiges habe kann will muss'.split(
    ' ',
  ),
);
