/** Whether a message names the number of a press office, which citizens find on the campaign's pages and must not call. */
import type { Jobcenter } from '../knowledge/model';

export function createPressNumbers(jobcenters: readonly Jobcenter[]): (text: string) => boolean {
  const numbers = jobcenters.flatMap((jobcenter) => jobcenter.pressNumbers).map(digitsOf);
  return (text) => {
    const digits = digitsOf(text);
    return numbers.some((number) => digits.includes(number));
  };
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
