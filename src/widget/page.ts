/**
 * Entry of the page `/`, where the chat is the page: its settings come from the address (`?jobcenter=`, `?sprache=`, `?frage=`).
 * Small, so that the conversation begins while the chat is still being read.
 */
import type { JobcenterLotseChat } from './chat';
import { beginEarly } from './early';
import { readSettings } from './settings';

const parameters = new URL(location.href).searchParams;
const given = Object.fromEntries(['jobcenter', 'sprache'].map((name) => [name, parameters.get(name) ?? undefined]));
const settings = readSettings(given, new URL('.', location.href).href.replace(/\/$/, ''), location.href);
const early = beginEarly(settings);

void customElements.whenDefined('jobcenter-lotse-chat').then(() => {
  const element = document.createElement('jobcenter-lotse-chat') as JobcenterLotseChat;
  element.chat = { settings, closable: false, ...(early === undefined ? {} : { early }) };
  document.querySelector('main')?.prepend(element);
});
