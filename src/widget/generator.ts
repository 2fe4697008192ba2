/**
 * Entry of the page /einbetten: builds the embed line from a form, checks the colour's contrast, and shows the chat as it will look.
 */
import type { JobcenterLotseChat } from './chat';
import { record } from './activity';
import { h } from './dom';
import { readSettings } from './settings';
import { contrast, palette, parseColour, DEFAULT_ACCENT } from './theme';

const FIELDS = [
  'jobcenter',
  'name',
  'begruessung',
  'farbe',
  'logo',
  'position',
  'sprache',
  'datenschutz',
  'barrierefreiheit',
] as const;
const form = byId('form', HTMLFormElement);
const service = location.origin;

/** Attributes that differ from what holds anyway, in the order of the form. */
export function embedLine(values: Readonly<Record<string, string>>, serviceAddress: string): string {
  const attributes = FIELDS.filter(
    (name) => (values[name] ?? '') !== '' && !(name === 'farbe' && values[name] === DEFAULT_ACCENT),
  ).map((name) => ` data-${name}="${escaped(values[name] ?? '')}"`);
  return `<script src="${serviceAddress}/widget.js"${attributes.join('')} defer></script>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

function values(): Readonly<Record<string, string>> {
  const data = new FormData(form);
  return Object.fromEntries(
    FIELDS.map((name) => {
      const value = data.get(name);
      return [name, typeof value === 'string' ? value.trim() : ''];
    }),
  );
}

function update(): void {
  const current = values();
  byId('line', HTMLOutputElement).textContent = embedLine(current, service);
  byId('policy', HTMLOutputElement).textContent =
    `script-src ${service}; connect-src ${service} ${service.replace(/^http/, 'ws')}`;
  byId('contrast', HTMLElement).textContent = contrastText(current['farbe'] ?? DEFAULT_ACCENT);
}

function contrastText(colour: string): string {
  const accent = parseColour(colour);
  const { onAccent } = palette(colour);
  const text = parseColour(onAccent);
  if (accent === undefined || text === undefined) return '';
  const ratio = contrast(accent, text);
  const shown = ratio.toLocaleString('de', { maximumFractionDigits: 1 });
  if (ratio < 4.5)
    return `Kontrast ${shown} : 1. Das ist zu wenig, nötig sind 4,5 : 1. Bitte wählen Sie eine dunklere oder hellere Farbe.`;
  return `Kontrast ${shown} : 1 mit ${onAccent === '#ffffff' ? 'weißer' : 'dunkler'} Schrift: gut lesbar.`;
}

/** The chat anew with the current settings; the conversation goes on in it. */
function preview(): void {
  const chat = document.createElement('jobcenter-lotse-chat') as JobcenterLotseChat;
  const settings = readSettings({ ...values(), frage: 'aus' }, service, location.href);
  chat.chat = { settings, closable: true };
  byId('preview', HTMLElement).replaceChildren(chat);
}

async function offerJobcenters(): Promise<void> {
  const response = await fetch('/widget/jobcenter.json');
  const list: unknown = await response.json();
  if (!Array.isArray(list)) return;
  const options = list.flatMap((each) => {
    const fields = record(each);
    return typeof fields?.['id'] === 'string' && typeof fields['name'] === 'string'
      ? [h('option', { value: fields['id'] }, fields['name'])]
      : [];
  });
  byId('jobcenter', HTMLSelectElement).append(...options);
}

function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new TypeError(`The page has no ${id}`);
  return element;
}

form.addEventListener('input', update);
form.addEventListener('change', preview);
form.addEventListener('submit', (event) => {
  event.preventDefault();
});
byId('copy', HTMLButtonElement).addEventListener('click', () => {
  void navigator.clipboard.writeText(byId('line', HTMLOutputElement).textContent).then(() => {
    byId('copied', HTMLElement).textContent = 'Die Zeile ist kopiert.';
  });
});
update();
preview();
void offerJobcenters();
