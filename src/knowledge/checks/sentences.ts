/**
 * German text into sentences and words, good enough to count them: abbreviations and ordinals end no sentence, list items are
 * sentences of their own. Refuses to parse grammar.
 */
const ABBREVIATIONS =
  /\b(z\. ?B|d\. ?h|u\. ?a|i\. ?d\. ?R|o\. ?ä|s\. ?o|s\. ?u|v\. ?a|e\. ?V|a\. ?F|n\. ?F|Abs|Nr|Art|bzw|ca|evtl|ggf|inkl|max|mind|sog|usw|vgl|Str|Tel|St|Dr|S|ff|f)\.(?= ?\S)/g;
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
        // „1. Juli“, „3. Kind“, „9.30 Uhr“: a dot behind a short number ends no sentence.
        .replace(/(?<=\b\d{1,3})\.(?=\s?[A-ZÄÖÜa-zäöü0-9])/g, DOT)
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
