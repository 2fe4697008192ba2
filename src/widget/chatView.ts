/**
 * The chat window: header, settings, log, composer. Shows what the conversation says and passes on what the person does.
 * Focus stays where the person put it; new answers are announced once and never take it.
 */
import type { Conversation, Message } from './conversation';
import type { Connection } from './directLine';
import { createComposer, type Composer } from './composer';
import { h, hidden, icon } from './dom';
import { announcement, messageElement, typingText, type MessageContext } from './messageView';
import type { Session } from './session';
import { LANGUAGES, type Language, type WidgetSettings } from './settings';
import { createSpeech } from './speech';
import { LANGUAGE_NAMES, STRINGS, directionOf, type Strings } from './strings';
import { printTranscript, saveTranscript, type Transcript } from './transcript';

export interface ChatViewOptions {
  readonly settings: WidgetSettings;
  readonly session: Session;
  readonly conversation: () => Conversation;
  /** Absent where the chat is the page itself. */
  readonly onClose?: () => void;
}

const ICONS = {
  close: 'M6 6l12 12M18 6L6 18',
  settings:
    'M4 7h10M18 7h2M4 17h2M10 17h10M16 7m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M8 17m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
} as const;

const TEXT_SIZES = [
  [100, 'normal'],
  [125, 'large'],
  [150, 'veryLarge'],
] as const;

export class ChatView {
  readonly element: HTMLElement;
  private readonly speech = createSpeech();
  private readonly live = h('div', { class: 'hidden live', 'aria-live': 'polite', 'aria-atomic': 'true' });
  private readonly status = h('div', { class: 'status', role: 'status' });
  private readonly items = new Map<string, HTMLLIElement>();
  private list = h('ol', { class: 'messages' });
  private log = h('div');
  private typing = h('p');
  private choices = h('div');
  private below = h('button');
  private settingsPanel = h('div');
  private composer: Composer | undefined;
  private language: Language;
  private connection: Connection = 'connecting';
  private connectionTimer: ReturnType<typeof setTimeout> | undefined;
  private announced: string[] = [];
  private announceTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ChatViewOptions) {
    const { session, settings, onClose } = options;
    this.element = h('div', { class: onClose === undefined ? 'chat inline' : 'chat' });
    this.language = LANGUAGES.find((each) => each === session.state.language) ?? settings.language;
    this.build();
  }

  focusInput(): void {
    // Where a keyboard would cover half the screen, the start of the conversation comes first.
    if (matchMedia('(pointer: coarse) and (hover: none)').matches)
      this.element.querySelector<HTMLElement>('h2')?.focus();
    else this.composer?.input.focus();
  }

  added(message: Message): void {
    const follows = this.atBottom();
    const element = messageElement(message, this.context);
    this.items.set(message.key, element);
    this.list.append(element);
    this.renderChoices();
    if (message.from === 'service') {
      if (message.fresh) this.announce(announcement(message, this.context));
      this.followLanguage(message);
    }
    if (message.from === 'person' || follows) this.scrollTo(message);
    else this.below.hidden = false;
  }

  changed(message: Message): void {
    const element = messageElement(message, this.context);
    this.items.get(message.key)?.replaceWith(element);
    this.items.set(message.key, element);
  }

  cleared(): void {
    this.items.clear();
    this.build();
    this.focusInput();
  }

  setTyping(typing: boolean): void {
    this.typing.hidden = !typing;
    if (typing && this.atBottom()) this.log.scrollTop = this.log.scrollHeight;
  }

  setConnection(connection: Connection): void {
    const before = this.connection;
    this.connection = connection;
    clearTimeout(this.connectionTimer);
    this.element.dataset['connection'] = connection;
    const { offline, connecting, again } = this.strings;
    if (connection === 'waiting') this.status.textContent = offline;
    else if (connection === 'online') {
      if (before === 'waiting') this.status.textContent = again;
      else if (this.status.textContent === connecting) this.status.textContent = '';
      this.connectionTimer = setTimeout(() => (this.status.textContent = ''), 4_000);
    } else if (before !== 'waiting') {
      // Usually it is quicker than anybody could read.
      this.connectionTimer = setTimeout(() => (this.status.textContent = connecting), 1_500);
    }
  }

  stop(): void {
    this.speech.stop();
  }

  /** One polite announcement; what comes within the same moment is one announcement. */
  announce(text: string): void {
    this.announced.push(text);
    clearTimeout(this.announceTimer);
    this.announceTimer = setTimeout(() => {
      const all = this.announced.join('\n');
      this.announced = [];
      // The same words twice would not be announced again.
      this.live.textContent = all === this.live.textContent ? `${all}\u00a0` : all;
    }, 150);
  }

  private get strings(): Strings {
    return STRINGS[this.language];
  }

  private get context(): MessageContext {
    const { session, settings, conversation } = this.options;
    return {
      strings: this.strings,
      name: settings.name,
      speech: this.speech,
      announce: (text) => {
        this.announce(text);
      },
      retry: (key) => {
        conversation().retry(key);
      },
      isRated: (key) => session.state.rated.includes(key),
      rate: (key, entryId, helpful, reason) => {
        session.change({ rated: [...session.state.rated, key] });
        void conversation().sendEvent('lotse/feedback', {
          entryId,
          helpful,
          ...(reason === undefined ? {} : { reason }),
        });
      },
      linkTo: (question) => {
        const address = new URL(location.href);
        address.hash = '';
        address.searchParams.set('frage', question);
        return address.href;
      },
    };
  }

  /** Everything anew in the current language; the conversation and the draft stay. */
  private build(): void {
    const { settings, session, onClose } = this.options;
    const { strings, element } = this;
    element.lang = this.language;
    element.dir = directionOf(this.language);
    this.applyTextSize(session.state.textSize);
    this.settingsPanel = this.buildSettings();
    const settingsButton = h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        'aria-expanded': 'false',
        'aria-controls': 'settings',
        onclick: () => {
          this.toggleSettings();
        },
      },
      icon(ICONS.settings),
      h('span', {}, strings.settings),
    );
    const simple = h(
      'button',
      {
        type: 'button',
        class: 'quiet switch',
        'aria-pressed': String(session.state.style === 'simple'),
        onclick: () => {
          this.toggleSimple();
        },
      },
      h('span', { class: 'knob' }),
      h('span', {}, strings.simple),
    );
    this.list = h('ol', { class: 'messages' });
    this.typing = h(
      'p',
      { class: 'typing', hidden: true },
      h('span', { class: 'dots' }, h('i'), h('i'), h('i')),
      typingText(this.context),
    );
    this.choices = h('div', { class: 'choices', role: 'group', 'aria-label': strings.choices });
    this.log = h(
      'div',
      { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': strings.log, tabindex: 0 },
      this.list,
      this.typing,
      this.choices,
    );
    this.log.addEventListener(
      'scroll',
      () => {
        if (this.atBottom()) this.below.hidden = true;
      },
      { passive: true },
    );
    this.below = h(
      'button',
      {
        type: 'button',
        class: 'below',
        hidden: true,
        onclick: () => {
          this.toNewest();
        },
      },
      strings.newBelow,
    );
    const composer = createComposer({
      strings,
      draft: session.state.draft,
      onDraft: (draft) => {
        session.change({ draft });
      },
      onSend: (text) => {
        this.send(text);
      },
    });
    this.composer = composer;
    element.replaceChildren(
      h(
        'header',
        {},
        settings.logo === undefined ? undefined : h('img', { src: settings.logo, alt: '' }),
        h('h2', { id: 'title', tabindex: -1 }, settings.name),
        onClose === undefined
          ? undefined
          : h('button', { type: 'button', class: 'close', onclick: onClose }, icon(ICONS.close), hidden(strings.close)),
      ),
      h('div', { class: 'bar' }, simple, settingsButton),
      this.settingsPanel,
      this.status,
      this.log,
      this.below,
      this.live,
      composer.element,
      h(
        'footer',
        {},
        h('p', {}, strings.assistant),
        h(
          'p',
          {},
          this.footerLink(settings.privacyUrl, strings.privacy),
          ' · ',
          this.footerLink(settings.accessibilityUrl, strings.accessibility),
        ),
      ),
    );
    if (settings.greeting !== undefined)
      this.list.append(h('li', { class: 'greeting', dir: 'auto' }, h('p', {}, settings.greeting)));
    for (const message of this.messages) {
      const item = messageElement(message, this.context);
      this.items.set(message.key, item);
      this.list.append(item);
    }
    this.renderChoices();
  }

  /** The conversation is made after its view. */
  private get messages(): readonly Message[] {
    return this.items.size === 0 ? [] : this.options.conversation().messages;
  }

  private footerLink(url: string, title: string): HTMLElement {
    return h('a', { href: url, target: '_blank', rel: 'noopener' }, title, hidden(` (${this.strings.newWindow})`));
  }

  private buildSettings(): HTMLDivElement {
    const { strings } = this;
    const { session } = this.options;
    const languages = LANGUAGES.map((language) =>
      h(
        'button',
        {
          type: 'button',
          lang: language,
          'aria-pressed': String(language === this.language),
          onclick: () => {
            this.chooseLanguage(language);
          },
        },
        LANGUAGE_NAMES[language],
      ),
    );
    const sizes = TEXT_SIZES.map(([size, label]) =>
      h(
        'button',
        {
          type: 'button',
          'aria-pressed': String(size === session.state.textSize),
          onclick: (event: Event) => {
            session.change({ textSize: size });
            this.applyTextSize(size);
            for (const each of sizes) each.setAttribute('aria-pressed', String(each === event.currentTarget));
          },
        },
        strings[label],
      ),
    );
    const restart = h('div', { class: 'restart' });
    const askRestart = (): void => {
      const keep = h('button', { type: 'button', onclick: offerRestart }, strings.restartNo);
      restart.replaceChildren(
        h('p', { id: 'restart-question' }, strings.restartConfirm),
        h(
          'p',
          { class: 'row', role: 'group', 'aria-labelledby': 'restart-question' },
          h(
            'button',
            {
              type: 'button',
              class: 'main',
              onclick: () => {
                this.options.conversation().restart();
              },
            },
            strings.restartYes,
          ),
          keep,
        ),
      );
      keep.focus();
    };
    const offer = h('button', { type: 'button', onclick: askRestart }, strings.restart);
    function offerRestart(): void {
      restart.replaceChildren(offer);
      offer.focus();
    }
    restart.append(offer);
    const panel = h(
      'div',
      { id: 'settings', class: 'settings', role: 'region', 'aria-label': strings.settings, hidden: true },
      group(strings.language, languages),
      group(strings.textSize, sizes),
      h(
        'p',
        { class: 'row' },
        h(
          'button',
          {
            type: 'button',
            onclick: () => {
              printTranscript(this.list, this.transcript);
            },
          },
          strings.print,
        ),
        h(
          'button',
          {
            type: 'button',
            onclick: () => {
              saveTranscript(this.transcript);
            },
          },
          strings.save,
        ),
      ),
      restart,
    );
    panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.toggleSettings();
    });
    return panel;
  }

  private get transcript(): Transcript {
    const { settings, conversation } = this.options;
    return { messages: conversation().messages, strings: this.strings, name: settings.name, language: this.language };
  }

  private toggleSettings(): void {
    const button = this.element.querySelector<HTMLElement>('[aria-controls="settings"]');
    const open = this.settingsPanel.hidden;
    this.settingsPanel.hidden = !open;
    button?.setAttribute('aria-expanded', String(open));
    if (open) this.settingsPanel.querySelector<HTMLElement>('button')?.focus();
    else button?.focus();
  }

  private toggleSimple(): void {
    const { session, conversation } = this.options;
    const simple = session.state.style !== 'simple';
    session.change({ style: simple ? 'simple' : 'everyday' });
    this.updateSwitch();
    conversation().send(
      simple ? 'Einfache Sprache' : this.strings.everydayCommand,
      simple ? this.strings.simple : this.strings.everydayCommand,
    );
  }

  private updateSwitch(): void {
    this.element
      .querySelector('.switch')
      ?.setAttribute('aria-pressed', String(this.options.session.state.style === 'simple'));
  }

  private chooseLanguage(language: Language): void {
    const { session, conversation } = this.options;
    session.change({ language });
    this.speakLanguage(language);
    conversation().send(LANGUAGE_NAMES[language]);
    this.focusInput();
  }

  /** The window speaks the language of the last answer. */
  private followLanguage(message: Extract<Message, { from: 'service' }>): void {
    this.updateSwitch();
    const language = LANGUAGES.find((each) => each === message.language);
    if (language !== undefined && language !== this.language && message.reply !== undefined)
      this.speakLanguage(language);
  }

  private speakLanguage(language: Language): void {
    if (language === this.language) return;
    const root = this.element.getRootNode();
    const focused = root instanceof ShadowRoot ? root.activeElement?.id : undefined;
    this.language = language;
    this.build();
    if (focused === 'input') this.composer?.input.focus();
    this.log.scrollTop = this.log.scrollHeight;
  }

  private applyTextSize(size: number): void {
    this.element.style.setProperty('--text-size', String(size / 100));
  }

  private send(text: string, shown?: string): void {
    this.options.conversation().send(text, shown);
  }

  /** The choices of the last answer, as long as nothing else was said. */
  private renderChoices(): void {
    const last = this.items.size === 0 ? undefined : this.options.conversation().messages.at(-1);
    const offered = last?.from === 'service' ? last.choices : [];
    this.choices.hidden = offered.length === 0;
    if (last?.from === 'service') {
      this.choices.lang = last.language;
      this.choices.dir = directionOf(last.language);
    }
    this.choices.replaceChildren(
      ...offered.map((choice) =>
        h(
          'button',
          {
            type: 'button',
            class: 'choice',
            onclick: () => {
              this.send(choice.value, choice.title);
              this.afterChoice();
            },
          },
          choice.title,
        ),
      ),
    );
  }

  /** The button that had the focus is gone. */
  private afterChoice(): void {
    if (matchMedia('(pointer: coarse) and (hover: none)').matches) this.log.focus({ preventScroll: true });
    else this.composer?.input.focus({ preventScroll: true });
  }

  private atBottom(): boolean {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80 || this.log.clientHeight === 0;
  }

  /** Shows an answer from its beginning, below the question if both fit. */
  private scrollTo(message: Message): void {
    const element = this.items.get(message.key);
    if (element === undefined) return;
    const before = element.previousElementSibling;
    const start = message.from === 'service' && before?.classList.contains('person') === true ? before : element;
    const top = start.getBoundingClientRect().top - this.log.getBoundingClientRect().top + this.log.scrollTop - 8;
    const smooth = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.log.scrollTo({ top, behavior: smooth && message.from === 'service' && message.fresh ? 'smooth' : 'auto' });
  }

  private toNewest(): void {
    this.below.hidden = true;
    const last = this.options.conversation().messages.at(-1);
    if (last !== undefined) this.scrollTo(last);
    this.log.focus({ preventScroll: true });
  }
}

function group(label: string, buttons: readonly HTMLElement[]): HTMLElement {
  return h(
    'div',
    { class: 'group', role: 'group', 'aria-label': label },
    h('p', { 'aria-hidden': 'true' }, label),
    h('div', { class: 'row' }, ...buttons),
  );
}
