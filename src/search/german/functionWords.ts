/**
 * German function words with the weight they keep. They are damped, not removed: wer, wie, wo, wann decide questions.
 * Keys are folded tokens (see normalize.ts).
 */

const QUESTION =
  'wer wem wen wie wo wann warum wieso weshalb wohin woher welche welcher welches welchen wieviel wielange bis ab seit ohne kein keine keinen keiner nicht nix nichts nie net nit nich';
const FUNCTION =
  'der die das den dem des ein eine einen einem einer eines ich du er sie es wir ihr mich mir dich dir ihn ihm uns euch ihnen sich mein meine meinen meinem meiner meines dein deine sein seine seinen unser unsere euer eure ihre ihren ihrem ihrer ' +
  'und oder aber doch denn weil dass wenn ob als so also da dann nun jetzt jz schon noch nur auch mal halt eben ja nein bitte danke hallo hi hey guten tag morgen abend moin servus liebe lieber sehr geehrte damen herren ' +
  'in im an am auf aus bei beim mit nach von vom vor zu zum zur um durch fur gegen uber unter zwischen wegen trotz ' +
  'bin bist ist sind seid war waren wart gewesen hab habe hast hat haben habt hatte hatten werd werde wirst wird werden wurde wurden worden geworden ' +
  'kann muss darf soll will mag was man etwas irgendwas irgendwie iwie vielleicht vllt eigentlich einfach ganz hier dort dies diese dieser dieses diesen jede jeder jedes alle alles viel mehr ' +
  'frage wissen weiss sagen sagt gern gerne wurd hatt konnt mocht wollt sollt mussen mussten konnen konnte sollen sollte wollen wollte mochte durfen';

const weights = new Map<string, number>();
for (const word of FUNCTION.split(' ')) weights.set(word, 0.3);
for (const word of QUESTION.split(' ')) weights.set(word, 0.45);

/** 1 for content words, 0.3 for function words, 0.45 for question words and negations. */
export function functionWeight(token: string): number {
  return weights.get(token) ?? 1;
}

export function isFunctionWord(token: string): boolean {
  return weights.has(token);
}
