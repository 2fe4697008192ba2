/**
 * German text into sentences and words, good enough to count them: abbreviations and ordinals end no sentence, list items are
 * sentences of their own. Refuses to parse grammar.
 */
const ABBREVIATIONS =
  /\b(z\. ?B|d\. ?h|u\. ?a|i\. ?d\. ?R|o\. ?ä|s\. ?o|s\. ?u|v\. ?a|e\. ?V|a\. ?F|n\. ?F|Abs|Nr|Art|bzw|ca|evtl|ggf|inkl|max|mind|sog|usw|vgl|Str|Tel|St|Dr|S|ff|f)\.(?= ?\S)/g;
/**
 * „1. Juli“, „3. Kind“, „9.30 Uhr“: a dot behind a short whole number ends no sentence, unless a word follows that begins one
 * („… bis 130. Ab der fünften Person …“).
 */
const ORDINAL =
  /(?<![\d,])\d{1,3}\.(?=\d|\s?[\p{Ll}(–-]|\s(?!(?:Aber|Ab|Alle|Als|Am|An|Auch|Auf|Aus|Außerdem|Bei|Beim|Bis|Bitte|Da|Dabei|Dafür|Damit|Danach|Dann|Das|Dazu|Dem|Den|Der|Deshalb|Die|Dies|Diese|Dieser|Dieses|Doch|Ein|Eine|Einen|Er|Es|Für|Haben|Hat|Ich|Ihr|Ihre|Ihren|Im|In|Ist|Ja|Kann|Können|Mehr|Mit|Nach|Nein|Nicht|Noch|Nur|Ob|Oder|Ohne|Sagen|Sie|Sind|So|Trotzdem|Und|Unter|Über|Vom|Von|Vor|Was|Weil|Wenn|Wer|Wie|Wir|Wo|Zu|Zuerst|Zum|Zur)\b)\p{L})/gu;
const DOT = '\u0001';

export function sentences(markdown: string): readonly string[] {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*/g, '')
    .split(/\n\s*\n|\n(?=\s*- )/)
    .flatMap((paragraph) =>
      paragraph
        .replace(/^\s*- /, '')
        .replace(/\s+/g, ' ')
        .replace(ABBREVIATIONS, (found) => found.replace(/\./g, DOT))
        .replace(ORDINAL, (found) => found.replace('.', DOT))
        .split(/(?<=[.!?…]["“”»)]?)\s+/),
    )
    .map((sentence) => sentence.replaceAll(DOT, '.').trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
}

export function wordCount(sentence: string): number {
  // A filled amount reads as two words: „563 Euro“.
  return sentence.replace(/\{betrag:[^}]*\}/g, '563 Euro').split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Enough of a sentence to find it again. */
export function excerpt(sentence: string): string {
  return sentence.length > 60 ? `${sentence.slice(0, 57).trimEnd()}…` : sentence;
}
