/**
 * Entry of the embed line: `<script src="https://…/widget.js" data-jobcenter="essen" defer></script>`. A button in the corner of any page, nothing more:
 * the chat is loaded, and something is stored in the browser, only when a person opens it. No request to anywhere but the service.
 */
import { applyStyles, dataOf, h, icon } from './dom';
import { beginEarly, type EarlyConversation } from './early';
import { wasOpen } from './session';
import { readSettings, serviceOf } from './settings';
import { LAUNCHER_STRINGS, directionOf } from './strings';
import { LAUNCHER_STYLES } from './launcherStyles';
import { DEFAULT_ACCENT, palette } from './theme';
import type { ChatElementSettings, JobcenterLotseChat } from './chat';

/** File name of the chat with its hash, put in by the build. */
declare const CHAT_FILE: string;

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : undefined;
const SPEECH_BUBBLE = 'M4 5h16v11H10l-5 4v-4H4z';
const NARROW = '(max-width: 30em), (max-height: 30em)';

class Launcher extends HTMLElement {
  private panel: HTMLElement | undefined;
  private chat: JobcenterLotseChat | undefined;
  private button = h('button');
  private opening = false;
  private early: EarlyConversation | undefined;

  connectedCallback(): void {
    if (this.shadowRoot !== null || script === undefined) return;
    const service = serviceOf(script.src);
    const settings = readSettings({ ...dataOf(script), ...dataOf(this) }, service, location.href);
    const strings = LAUNCHER_STRINGS[settings.language];
    const root = this.attachShadow({ mode: 'open' });
    applyStyles(root, LAUNCHER_STYLES, script.nonce);
    const label = h('span', {}, strings.label);
    const open = (): void => {
      void this.open(
        {
          settings,
          closable: true,
          nonce: script.nonce,
          early: (this.early ??= beginEarly(settings)),
        },
        label,
      );
    };
    this.button = h(
      'button',
      { type: 'button', class: 'launcher', 'aria-haspopup': 'dialog', onclick: open },
      icon(SPEECH_BUBBLE),
      label,
    );
    const frame = h(
      'div',
      { class: `frame ${settings.position}`, lang: settings.language, dir: directionOf(settings.language) },
      this.button,
    );
    this.colour(settings.colour, frame);
    root.append(frame);
    this.panel = h('div', { class: 'panel', role: 'dialog', 'aria-label': settings.name, hidden: true });
    frame.append(this.panel);
    this.panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
      else if (event.key === 'Tab') this.keepFocus(event);
    });
    if (wasOpen() || settings.question !== undefined) open();
  }

  private async open(
    chat: Omit<ChatElementSettings, 'early'> & { readonly early: EarlyConversation | undefined },
    label: HTMLElement,
  ): Promise<void> {
    const { panel } = this;
    if (panel === undefined || this.opening) return;
    const strings = LAUNCHER_STRINGS[chat.settings.language];
    if (this.chat === undefined) {
      this.opening = true;
      label.textContent = strings.loading;
      const loaded = await loadChat(chat.settings.service, chat.nonce ?? '');
      this.opening = false;
      label.textContent = loaded ? strings.label : strings.failed;
      if (!loaded) return;
      const element = document.createElement('jobcenter-lotse-chat') as JobcenterLotseChat;
      const { early, ...rest } = chat;
      element.chat = { ...rest, ...(early === undefined ? {} : { early }) };
      element.addEventListener('lotse-close', () => {
        this.close();
      });
      this.chat = element;
      panel.append(element);
    }
    this.show(true);
    this.chat.focus();
  }

  private close(): void {
    this.show(false);
    this.button.focus();
  }

  private show(open: boolean): void {
    if (this.panel === undefined) return;
    this.panel.hidden = !open;
    this.button.hidden = open;
    this.panel.setAttribute('aria-modal', String(open && matchMedia(NARROW).matches));
    this.chat?.opened(open);
  }

  /** Where the chat covers the page, Tab does not lead behind it. */
  private keepFocus(event: KeyboardEvent): void {
    if (!matchMedia(NARROW).matches) return;
    const inside = this.chat?.shadowRoot;
    const reachable = [
      ...(inside?.querySelectorAll<HTMLElement>('a[href],button,textarea,summary,[tabindex="0"]') ?? []),
    ].filter((element) => element.offsetParent !== null);
    const edge = event.shiftKey ? reachable[0] : reachable.at(-1);
    if (edge === undefined || inside?.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? reachable.at(-1) : reachable[0])?.focus();
  }

  private colour(given: string | undefined, frame: HTMLElement): void {
    const fromPage = getComputedStyle(this).getPropertyValue('--lotse-farbe');
    const colours = palette(given ?? (fromPage.trim() === '' ? DEFAULT_ACCENT : fromPage));
    frame.style.setProperty('--accent', colours.accent);
    frame.style.setProperty('--on-accent', colours.onAccent);
  }
}

/** A classic script, so that no cross-origin rule for modules stands in the way; a page's nonce is passed on. */
function loadChat(service: string, nonce: string): Promise<boolean> {
  return new Promise((resolve) => {
    const element = document.createElement('script');
    element.src = scriptUrl(`${service}/widget/${CHAT_FILE}`);
    element.async = true;
    if (nonce !== '') element.nonce = nonce;
    element.onload = () => {
      resolve(true);
    };
    element.onerror = () => {
      element.remove();
      resolve(false);
    };
    document.head.append(element);
  });
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** Pages that ask for Trusted Types get one; the address is ours alone. */
function scriptUrl(url: string): string {
  const { trustedTypes } = window as { readonly trustedTypes?: TrustedTypes };
  return trustedTypes === undefined
    ? url
    : trustedTypes.createPolicy('jobcenter-lotse', { createScriptURL: (own) => own }).createScriptURL(url);
}

if (script !== undefined && customElements.get('jobcenter-lotse') === undefined) {
  customElements.define('jobcenter-lotse', Launcher);
  const add = (): void => {
    // A page may place the element itself, e.g. in the generator's preview.
    if (document.querySelector('jobcenter-lotse') === null)
      document.body.append(document.createElement('jobcenter-lotse'));
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', add);
  else add();
}
