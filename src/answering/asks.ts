/**
 * What kind of thing a question asks for (how long, how much, where, which papers, an age, a year …), and whether a passage has
 * something of that kind; how old somebody is stands in ages.ts. Pure tables over folded text; refuses to say what the question is about.
 */
import { agesIn } from './ages';

/** A kind of question: `asked` is tried on the folded question, `told` on the folded passage. */
interface Ask {
  readonly asked: RegExp;
  readonly told: RegExp;
}

const NUMBER =
  '(?:\\d+|ein|eine|einen|einem|eines|zwei|drei|vier|funf|sechs|acht|zehn|zwolf|halbes|halben|ersten|letzten|diesem|vierten)';
const SPAN = `\\b${NUMBER} (?:werktag|tag|woche|monat|jahr(?!ig)|schwangerschaftswoche)|\\b(?:monatlich|langstens|jederzeit|keine feste|frist\\w*)\\b`;
const SOON = '\\b(?:sofort|heute|gleich|rechtzeitig|bevor|vor der|vor dem|am selben tag|innerhalb|bis zum|bis zur)\\b';
const FROM =
  '\\b(?:ab (?:dem|der|wann|\\d+)|seit|folgemonat|zum \\d|monatsanfang|nach der|gerechnet ab|zahlt (?:ab|er in)|in diesem monat|bevor)\\b|\\bbevor\\b';
const OFFICE =
  '\\b(?:familienkasse|jugendamt|sozialamt|sozialgericht|amtsgericht|agentur|krankenkasse|fachstelle|\\w*beratungsstelle\\w*|auslanderbehorde|bundesamt|rechtsantragstelle|energieversorger|schultrager|stadtkasse|ordnungsbehorde|bank|stadt oder gemeinde|leistungsabteilung|beratung|finanzamt|rentenversicherung)\\b|\\b(?:bei|beim|zum|ins) (?:der |dem |ihrem )?jobcenter\\b|\\bsteht in\\b';
const SAYS_NO =
  '\\b(?:ohne|sonst|wer nicht|nicht mehr|bussgeld|ruckforderung|mindern|minderung|versagen|ablehn\\w*|verlier\\w*|verloren|riskiert|im schlimmsten)\\b';

const ASKS: readonly Ask[] = [
  // How long, until when, from when.
  { asked: /\bdauer\w*\b/, told: new RegExp(`^(?!.*\\b(?:innerhalb|frist|zeit)\\b).*(?:${SPAN})`) },
  {
    asked:
      /\b(?:wie ?lang\w*|wieviel zeit|wie viel zeit|zeit bleibt|zeit hab|langer|wie viele (?:tage|wochen|monate|jahre))\b(?!.*\bdauer)/,
    told: new RegExp(SPAN),
  },
  {
    asked: /\b(?:bis wann|bis zu welchem (?:tag|datum)|frist|wie schnell|deadline|spatestens)\b/,
    told: new RegExp(`${SPAN}|${SOON}|\\b20\\d\\d\\b`),
  },
  { asked: /\bbis (?:wann|zu)\b/, told: /\bbis (?:zum|zur|ende|\d)\b|\binnerhalb\b|\bspatestens\b/ },
  { asked: /\bschneller\b/, told: /\bschneller\b|\beilt\b|\bvorschuss\b/ },
  {
    asked: /\b(?:ab wann|seit wann|von wann|(?<!bis )wann)\b/,
    told: new RegExp(`${FROM}|\\bvor (?:der|dem)\\b|\\b\\d+ \\d{4}\\b|\\bseit 20\\d\\d`),
  },
  { asked: /\b(?:welche\w* alter|wie alt|altersgrenze)\b/, told: /\b\d+ jahre|\bgeburtstag\b/ },
  // How much; what it costs.
  {
    asked:
      /\b(?:wie ?viel\w*\b(?! (?:zeit|stunde|tag|woche|monat|jahr|person|leute|kind|bewerbung|termin|quadratmeter|qm))|wie hoch|welche hohe|welcher betrag|maximal|hochstens|rate|euro)\b/,
    told: /\beuro\b|\bprozent\b|\bbetrag\b|\bhohe\b|\bhoch\b|\bhochstens\b|\btatsachlich\w* kosten\b|\bwie viel es\b/,
  },
  { asked: /\bwie ?viele? stunden\b/, told: /\bstunden?\b/ },
  {
    asked: /\bwie oft\b/,
    told: /\b(?:monatlich|jahrlich|halbjahrlich|wochentlich|einmal|zweimal|alle \w+ (?:monate|jahre|wochen)|(?:jeden|pro|im) (?:monat|jahr)|jedes jahr|jedes mal)\b/,
  },
  {
    asked: /\b(?:kostet|kosten|teuer|gratis|umsonst|gebuhr\w*)\b/,
    told: /\b\w*kosten\b|\bkostenlos\b|\bkostenfrei\b|\bgebuhr|\beigenanteil\b/,
  },
  // Where, who, how.
  { asked: /\b(?:wo|wohin|wer|wen|wem|welche stelle|welches amt|zustandig)\b/, told: new RegExp(OFFICE) },
  { asked: /\b(?:beantrag\w*|antrag\w*)\b/, told: /\b\w*antrag\w*\b|\bbeantragen\b|\bautomatisch\b/ },
  {
    asked:
      /\b(?:papiere?|unterlagen|nachweise?|mitbringen|vorlegen|einreichen|dokumente?|dafur (?:brauch\w*|notig)|brauch\w* (?:ich|man|wir) (?:da|dafur|dazu|alles)|was (?:muss|soll) ich abgeben)\b|\bwas brauch\w*\b.*\bdafur\b/,
    told: /\bnachweis\w*\b|\bweisen sie\b|\bbescheinigung\b|\bbelege?\b|\bunterlagen\b|\b(?:legen|zeigen) sie\b|\w+vertrag\b|\bbringen sie\b|\breichen sie\b|\burkunde\b|\bpapiere\b|\bmutterpass\b|\bbestatigung\b/,
  },
  {
    asked:
      /\b(?:wie (?:mach\w*|geht|lauft|stell\w*|tu\w*)|was (?:muss|soll|kann) ich (?:jetzt |da |nun |dann )?(?:machen|tun)|was (?:mach|tu)\w*)\b/,
    told: /^(?:\W*)(?:melden|stellen|schreiben|reichen|sagen|beantragen|fragen|rufen|gehen|teilen|sprechen|antworten|bringen|legen|holen|nennen) sie\b/,
  },
  { asked: /\b(?:schreiben|schreib|formulier\w*)\b/, told: /\bschreiben sie\b|\bich beantrage\b|\bnennen sie\b/ },
  // By which way.
  { asked: /\b(?:e mail|email|mail|mailen)\b/, told: /\be ?mail\b|\belektronisch\b/ },
  {
    asked: /\b(?:online|internet|app|digital\w*|elektronisch|portal)\b/,
    told: /\bonline\b|\bportal\b|\belektronisch\w*\b|\binternet\b/,
  },
  { asked: /\b(?:whatsapp|sms|fax|telegram|facebook)\b/, told: /\bwhatsapp\b|\bsms\b|\bfax\b/ },
  { asked: /\b(?:telefonisch|telefon|anrufen|anruf)\b/, told: /\btelefon\w*\b|\brufen sie\b|\banruf\w*\b/ },
  {
    asked: /\b(?:personlich|vorbeikommen|vorbei|hingehen|selbst hin|kommen)\b|\bhin$/,
    told: /\bpersonlich\w*\b|\bins jobcenter gehen\b|\bgehen sie\b/,
  },
  {
    asked:
      /\b(?:hat|haben|ist|sind|schon|heute) (?:schon |gerade |jetzt |heute )?(?:zu|geschlossen)$|\b(?:wochenende|feiertag\w*|nachts)\b/,
    told: /\bgeschlossen\b|\brund um die uhr\b/,
  },
  {
    asked: /\b(?:nummer|telefonnummer|rufnummer)\b/,
    told: /\b\d{3} \d{3}\b|\b11[026]\b|\btelefon\w*\b|\bnotdienst\b|\bnummer\b/,
  },
  // What becomes of it.
  {
    asked:
      /\b(?:was passiert|wenn (?:ich|wir|man) (?:das |es |da |mich )?(?:nicht|nix|nichts|vergess\w*)|wenn nicht|ansonsten|sonst|folgen?|vergess\w*|trotzdem|einfach (?:geh|mach|zieh|tu)\w*)\b/,
    told: new RegExp(SAYS_NO),
  },
  {
    asked: /\b(?:noch|weiter|trotzdem|dann) geld\b|\bgeld (?:noch|weiter)\b/,
    told: /\bweiter\b|\berganzend\w*\b|\btrotzdem\b|\bbis dahin\b/,
  },
  {
    asked: /\b(?:zuruckzahl\w*|zuruckbezahl\w*|zuruckgeb\w*|wieder ?geben|wieder abgeben|zuruck)\b/,
    // Not what one gets back, an application that reaches back, and a loan for another case than the one that was asked for.
    told: /^(?!.*\b(?:erstatten lassen|zuruckbekommen|geld .*\bzuruck|wirkt .*\bzuruck|geben sie .*\bzuruck|darlehen (?:in betracht|nicht zumutbar))\b).*\b(?:zuruck|zuruckzahl\w*|darlehen|erstatten|raten?|ruckzahlung|entsprechend weniger)\b|\bzahlen (?:sie )?geld zuruck\b/,
  },
  {
    asked: /\b(?:muss|mussen|soll|sollen|sollte)\b.*\b(?:sagen|melden|mitteilen|angeben)\b/,
    told: /\b(?:teilen|melden|geben|sagen) sie\b|\bfragen sie vorher\b|\bmit(?:zu)?teilen\b/,
  },
  {
    asked: /\b(?:nein sag\w*|sag\w* nein|ablehn\w*|abgelehnt|lehn\w* (?:das |die |es )?ab)\b/,
    told: /\babgelehnt\b|\bablehn\w*|\blehnt\b/,
  },
  {
    asked: /\b(?:mehr zeit|verlanger\w*|aufschub|nicht (?:recht|fertig|rechtzeitig)|schaff\w*|spater)\b/,
    told: /\bverlangerung\b|\bnachreich\w*|\breichen sie danach\b|\bspater\b/,
  },
  {
    asked: /\b(?:ersten? mal|beim ersten|erstes mal)\b/,
    told: /\berste\w* (?:mal|verpasst\w*|termin)\b|\bbeim ersten\b/,
  },
  {
    asked: /\b(?:zweiten? mal|zweites mal|beim zweiten|nochmal|noch mal|noch einmal|wieder passiert|nachsten? mal)\b/,
    told: /\b(?:bei weiteren|zweite\w*|wiederholt|erneut|noch einmal|fur jeden|bei jedem)\b/,
  },
  {
    asked: /\b(?:dritten? mal|drittes mal|dreimal|drei mal|3 ?mal|beim dritten)\b/,
    told: /\b(?:drei termine|dritte\w*|dreimal|drei versaumnisse)\b/,
  },
  {
    asked: /\b(?:recht darauf|recht drauf|rechtsanspruch|anspruch|garantiert|pflicht fur)\b/,
    told: /\bkann leistung\w*\b|\banspruch\b|\bermessen\b/,
  },
  { asked: /\b(?:warum|wieso|weshalb)\b/, told: /\b(?:denn|weil|deshalb|damit)\b/ },
  {
    asked: /\b(?:rechnet|rechnen|berechnet|berechnen|gerechnet)\b/,
    told: /\brechnet\b|\brechnen\b|\bberechn\w*\b|\bprozent vom teil\b/,
  },
];

/** What a question asks for. */
export interface Asked {
  /** Words by which it asks: they need not stand in what answers it. */
  readonly by: ReadonlySet<string>;
  /** Kinds by their place in the table. */
  readonly kinds: readonly number[];
  /** „und mit 15“, „8jährig“, „mein Baby“. */
  readonly ages: readonly number[];
  readonly years: readonly string[];
}

/** `folded`: of the question; `today` for „nächstes Jahr“. */
export function askedIn(folded: string, today: string): Asked {
  const kinds: number[] = [];
  const by = new Set<string>();
  for (const [at, { asked }] of ASKS.entries()) {
    if (!asked.test(folded)) continue;
    kinds.push(at);
    for (const [words] of folded.matchAll(new RegExp(asked, 'g'))) for (const token of words.split(' ')) by.add(token);
  }
  const year = Number(today.slice(0, 4));
  const years = [
    ...(folded.match(/\b20\d\d\b/g) ?? []),
    ...(/\b(?:nachste[sn]?|kommende[sn]?) jahr\b/.test(folded) ? [String(year + 1)] : []),
    ...(/\b(?:letzte[sn]?|vorige[sn]?|vergangene[sn]?) jahr\b/.test(folded) ? [String(year - 1)] : []),
  ];
  return { by, kinds, ages: agesIn(folded), years };
}

/** How much of what is asked for the passage has: 0 nothing, 1 all of a kind. */
export function toldOf(asked: Asked, folded: string): number {
  const kinds = asked.kinds.filter((at) => ASKS[at]?.told.test(folded) === true).length;
  const years = asked.years.filter((year) => folded.includes(year)).length;
  const all = asked.kinds.length + asked.years.length;
  return all === 0 ? 0 : (kinds + years) / all;
}

/** „Muss ich das zurückzahlen?“ */
export function asksToPayBack(folded: string): boolean {
  return /\b(?:zuruck ?(?:be)?zahl\w*|zuruckgeb\w*|wieder ?geben|wieder abgeben)\b/.test(folded);
}

/** By which way something may be done; a telephone number stands in every other entry, of something else. */
const WAY = /\b(?:e ?mail|mail|mailen|online|internet|app|elektronisch|portal|whatsapp|sms|fax|mundlich)\b/;

/** „Geht das per Mail?“ */
export function asksForWay(folded: string): boolean {
  return WAY.test(folded);
}
