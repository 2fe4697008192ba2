/** A dozen utterances on three topics, as features. */
import { createAnalyzer } from '../../../src/search/analyzer';
import { textFeatures, type Feature } from '../../../src/search/textFeatures';
import type { Sample } from '../../../src/search/classifier';

const UTTERANCES: Readonly<Record<string, readonly string[]>> = {
  schule: [
    'wer zahlt die klassenfahrt meiner tochter',
    'geld für schulsachen',
    'klassenfahrt kostet 280 euro',
    'schule will geld für ausflug',
  ],
  strom: [
    'strom wurde abgestellt',
    'stromrechnung kann ich nicht zahlen',
    'der strom ist weg',
    'schulden beim stromanbieter',
  ],
  miete: [
    'die miete ist zu hoch',
    'vermieter erhöht die miete',
    'wird meine miete übernommen',
    'mietvertrag neue wohnung',
  ],
};

const analyzer = createAnalyzer({ cleanTexts: Object.values(UTTERANCES).flat(), typedTexts: [], synonyms: [] });

export function featuresOf(text: string): readonly Feature[] {
  return textFeatures(analyzer.analyze(text));
}

export function rankerSamples(): readonly Sample[] {
  return Object.entries(UTTERANCES).flatMap(([label, texts]) =>
    texts.map((text) => ({ label, features: featuresOf(text) })),
  );
}
