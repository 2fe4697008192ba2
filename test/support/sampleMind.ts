/** The sample knowledge base with the service's real wording, answering with explanations. */
import type { Mind } from '../../src/mind';
import { createAnswering } from '../../src/answering/answering';
import { loadKnowledge } from '../../src/knowledge/load';
import { serviceTexts } from './serviceTexts';
import { SAMPLE_KNOWLEDGE } from './tempKnowledge';

export function sampleMind(): Mind {
  const { knowledge } = loadKnowledge(SAMPLE_KNOWLEDGE);
  if (knowledge === undefined) throw new Error('The sample does not load');
  const whole = { ...knowledge, texts: serviceTexts() };
  return { knowledge: whole, answering: createAnswering(whole, { explain: true }) };
}
