/**
 * One message as a list item: who speaks (in text), what is said in its own language and direction, and what can be done with an answer.
 */
import type { Message } from './conversation';
import { h, hidden, icon } from './dom';
import { plainReply } from './plainReply';
import { markdownBlock, replyBlocks } from './replyView';
import type { Speech } from './speech';
import { directionOf, filled, type Strings } from './strings';

type ServiceMessage = Extract<Message, { from: 'service' }>;
type PersonMessage = Extract<Message, { from: 'person' }>;

export type FeedbackReason = 'wrong' | 'outdated' | 'unclear' | 'doesNotFit';

export interface MessageContext {
  readonly strings: Strings;
  readonly name: string;
  readonly speech: Speech;
  readonly announce: (text: string) => void;
  readonly retry: (key: string) => void;
  readonly isRated: (key: string) => boolean;
  readonly rate: (key: string, entryId: string, helpful: boolean, reason?: FeedbackReason) => void;
  /** Address that asks the same question again. */
  readonly linkTo: (question: string) => string;
}

const ICONS = {
  read: 'M5 9v6h4l5 4V5L9 9zM17 9a4 4 0 0 1 0 6',
  copy: 'M9 9h10v10H9zM15 9V5H5v10h4',
  link: 'M10 14l4-4M8.5 11.5l-2 2a3.5 3.5 0 0 0 5 5l2-2M15.5 12.5l2-2a3.5 3.5 0 0 0-5-5l-2 2',
} as const;

/** Answers that are worth copying and linking to. */
const ANSWERS = new Set(['answer', 'events', 'jobcenter', 'urgent', 'private']);
const REASONS: readonly FeedbackReason[] = ['wrong', 'outdated', 'unclear', 'doesNotFit'];

export function messageElement(message: Message, context: MessageContext): HTMLLIElement {
  switch (message.from) {
    case 'person':
      return personElement(message, context);
    case 'service':
      return serviceElement(message, context);
    case 'widget':
      return h('li', { class: 'renewed' }, h('p', {}, context.strings.renewed));
  }
}

function personElement(message: PersonMessage, { strings, retry }: MessageContext): HTMLLIElement {
  const state =
    message.state === 'taken'
      ? undefined
      : h(
          'p',
          { class: 'state' },
          strings[message.state],
          message.state === 'refused'
            ? h(
                'button',
                {
                  type: 'button',
                  class: 'small',
                  onclick: () => {
                    retry(message.key);
                  },
                },
                strings.retry,
              )
            : undefined,
        );
  return h(
    'li',
    { class: `person ${message.state}` },
    h('h3', {}, strings.you, timeElement(message.timestamp)),
    h('p', { class: 'said', dir: 'auto' }, message.text),
    state,
  );
}

function serviceElement(message: ServiceMessage, context: MessageContext): HTMLLIElement {
  const { strings, name } = context;
  const body =
    message.reply === undefined
      ? [markdownBlock(message.text, strings)]
      : replyBlocks(message.reply, { strings, now: () => new Date() });
  return h(
    'li',
    { class: 'service' },
    h('h3', {}, name, timeElement(message.timestamp)),
    h('div', { class: 'body', lang: message.language, dir: directionOf(message.language) }, ...body),
    actions(message, context),
    rating(message, context),
  );
}

function actions(message: ServiceMessage, context: MessageContext): HTMLElement | undefined {
  const { strings, speech, announce } = context;
  const buttons: HTMLElement[] = [];
  if (speech.canRead(message.language)) buttons.push(readButton(message, context));
  if (message.reply !== undefined && ANSWERS.has(message.reply.kind)) {
    buttons.push(
      h(
        'button',
        {
          type: 'button',
          class: 'small',
          onclick: () =>
            void copyText(plainReply(message, strings, 'written')).then(() => {
              announce(strings.copied);
            }),
        },
        icon(ICONS.copy),
        strings.copy,
      ),
    );
    if (message.question !== '')
      buttons.push(
        h(
          'button',
          {
            type: 'button',
            class: 'small',
            onclick: () =>
              void copyText(context.linkTo(message.question)).then(() => {
                announce(strings.linkCopied);
              }),
          },
          icon(ICONS.link),
          strings.link,
        ),
      );
  }
  return buttons.length === 0 ? undefined : h('div', { class: 'actions' }, ...buttons);
}

function readButton(message: ServiceMessage, { strings, speech }: MessageContext): HTMLElement {
  const label = h('span', {}, strings.read);
  let reading = false;
  const button = h(
    'button',
    {
      type: 'button',
      class: 'small',
      onclick: () => {
        if (reading) {
          speech.stop();
          return;
        }
        reading = true;
        label.textContent = strings.stopReading;
        speech.read(plainReply(message, strings, 'spoken'), message.language, () => {
          reading = false;
          label.textContent = strings.read;
        });
      },
    },
    icon(ICONS.read),
    label,
  );
  return button;
}

/** Yes counts at once; no asks why, with reasons to choose from and no free text. */
function rating(message: ServiceMessage, context: MessageContext): HTMLElement | undefined {
  const { strings, rate, isRated } = context;
  const entryId = message.reply?.feedbackFor;
  if (entryId === undefined || isRated(message.key)) return undefined;
  const area = h('div', { class: 'rating', role: 'group' });
  const thank = (): void => {
    const thanks = h('p', { tabindex: -1 }, strings.thanks);
    area.replaceChildren(thanks);
    thanks.focus();
  };
  const ask = (): void => {
    const reasons = REASONS.map((reason) =>
      button(strings[reason], () => {
        rate(message.key, entryId, false, reason);
        thank();
      }),
    );
    area.setAttribute('aria-label', strings.whyNot);
    area.replaceChildren(h('p', {}, strings.whyNot), ...reasons);
    reasons[0]?.focus();
  };
  area.setAttribute('aria-label', strings.helpful);
  area.append(
    h('p', {}, strings.helpful),
    button(strings.yes, () => {
      rate(message.key, entryId, true);
      thank();
    }),
    button(strings.no, ask),
  );
  return area;
}

function button(label: string, onclick: () => void): HTMLButtonElement {
  return h('button', { type: 'button', class: 'small', onclick }, label);
}

function timeElement(timestamp: string): HTMLElement | undefined {
  const time = new Date(timestamp);
  if (Number.isNaN(time.getTime())) return undefined;
  const shown = time.toLocaleTimeString('de', { hour: '2-digit', minute: '2-digit' });
  return h('span', { class: 'time' }, hidden(', '), h('time', { datetime: timestamp }, shown));
}

async function copyText(text: string): Promise<void> {
  // Missing on pages that came over plain http.
  if ('clipboard' in navigator) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = h('textarea', { 'aria-hidden': 'true' });
  area.value = text;
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a clipboard
  document.execCommand('copy');
  area.remove();
}

/** What is announced when the answer is there: speaker, the whole answer, and that there is something to choose. */
export function announcement(message: ServiceMessage, { strings, name }: MessageContext): string {
  const choices =
    message.choices.length === 0 ? '' : `\n${strings.choices}: ${message.choices.map(({ title }) => title).join('; ')}`;
  return `${name}: ${plainReply(message, strings, 'spoken')}${choices}`;
}

export function typingText({ strings, name }: Pick<MessageContext, 'strings' | 'name'>): string {
  return filled(strings.typing, name);
}
