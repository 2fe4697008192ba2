/**
 * The conversation on paper and as a file, made in the browser: nothing is asked of the service for it.
 */
import type { Message } from './conversation';
import { plainReply } from './plainReply';
import { download } from './replyView';
import type { Strings } from './strings';

export interface Transcript {
  readonly messages: readonly Message[];
  readonly strings: Strings;
  readonly name: string;
  readonly language: string;
}

export function saveTranscript(transcript: Transcript): void {
  const day = new Date().toISOString().slice(0, 10);
  // The mark at the start lets old editors read the umlauts.
  download(
    new Blob(['\uFEFF', transcriptText(transcript)], { type: 'text/plain;charset=utf-8' }),
    `${transcript.name}-${day}.txt`,
  );
}

export function transcriptText({ messages, strings, name, language }: Transcript): string {
  const parts = messages.map((message) => {
    if (message.from === 'widget') return `— ${strings.renewed} —`;
    const time = new Date(message.timestamp).toLocaleString(language);
    if (message.from === 'person') return `${strings.you} (${time}):\n${message.text}`;
    return `${name} (${time}):\n${plainReply(message, strings, 'written')}`;
  });
  return `${name}\n${strings.assistant}\n\n${parts.join('\n\n----------\n\n')}\n`;
}

const PRINT_STYLE = `body{font:12pt/1.5 sans-serif;color:#000;margin:2cm}h1{font-size:16pt}h3{font-size:12pt;margin:1.2em 0 .2em;border-top:1px solid #999;padding-top:.6em}
h4,h5{font-size:12pt;margin:.6em 0 .2em}svg,button,.rating,.actions,.choices,.hidden{display:none}.time{font-weight:normal;margin-left:.6em}ol{list-style:none;padding:0}
a::after{content:" (" attr(href) ")";font-size:9pt;word-break:break-all}.provenance{font-size:10pt}dl{margin:0}dt{font-weight:bold}dd{margin:0}`;

/** Prints the messages alone, not the website around them: from a frame of our own, with details open. */
export function printTranscript(log: Element, { strings, name, language }: Transcript): void {
  const frame = document.createElement('iframe');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  for (const [property, value] of [
    ['position', 'fixed'],
    ['width', '0'],
    ['height', '0'],
    ['border', '0'],
  ] as const)
    frame.style.setProperty(property, value);
  document.body.append(frame);
  const inside = frame.contentWindow;
  if (inside === null) return;
  const page = inside.document;
  page.documentElement.lang = language;
  page.title = name;
  const heading = page.createElement('h1');
  heading.textContent = name;
  const note = page.createElement('p');
  note.textContent = strings.assistant;
  const messages = page.importNode(log, true);
  for (const details of messages.querySelectorAll('details')) details.open = true;
  page.body.append(heading, note, messages);
  try {
    // A sheet belongs to the document it is used in.
    const sheet = new (inside as Window & typeof globalThis).CSSStyleSheet();
    sheet.replaceSync(PRINT_STYLE);
    page.adoptedStyleSheets = [sheet];
  } catch {
    // Prints without our layout.
  }
  inside.addEventListener('afterprint', () => {
    frame.remove();
  });
  inside.focus();
  inside.print();
}
