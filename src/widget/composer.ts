/**
 * The form at the bottom: what is typed, its errors, and the question before anything personal leaves the browser.
 * The same patterns as on the server (src/answering/personalData.ts) look at the text here first.
 */
import { maskPersonalData } from '../answering/personalData';
import { h, icon } from './dom';
import { filled, type Strings } from './strings';

export interface ComposerOptions {
  readonly strings: Strings;
  readonly draft: string;
  readonly onDraft: (text: string) => void;
  readonly onSend: (text: string) => void;
}

export interface Composer {
  readonly element: HTMLElement;
  readonly input: HTMLTextAreaElement;
}

export const MAX_CHARS = 1000;
/** From here on it is said how many are left. */
const COUNT_FROM = 850;
const SEND = 'M5 12h13M12 6l6 6-6 6';

export function createComposer(options: ComposerOptions): Composer {
  const { strings } = options;
  const input = h('textarea', {
    id: 'input',
    rows: 1,
    placeholder: strings.placeholder,
    autocomplete: 'off',
    enterkeyhint: 'send',
    dir: 'auto',
    'aria-describedby': 'error count',
  });
  const error = h('p', { id: 'error', class: 'error', role: 'alert' });
  const count = h('p', { id: 'count', class: 'count' });
  const question = h('div', { class: 'question' });
  input.value = options.draft;

  const fit = (): void => {
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight}px`;
  };
  const fail = (text: string): void => {
    error.textContent = text;
    if (text === '') input.removeAttribute('aria-invalid');
    else {
      input.setAttribute('aria-invalid', 'true');
      input.focus();
    }
  };
  const update = (): void => {
    const left = MAX_CHARS - input.value.length;
    count.textContent = left <= MAX_CHARS - COUNT_FROM && left >= 0 ? filled(strings.charsLeft, left) : '';
    options.onDraft(input.value);
    fit();
  };
  const send = (text: string): void => {
    input.value = '';
    fail('');
    update();
    options.onSend(text);
  };
  const submit = (): void => {
    const text = input.value.trim();
    question.replaceChildren();
    if (text === '') {
      fail(strings.empty);
      return;
    }
    if (text.length > MAX_CHARS) {
      fail(filled(strings.tooLong, text.length - MAX_CHARS));
      return;
    }
    fail('');
    const masked = maskPersonalData(text);
    if (masked.kinds.length === 0) send(text);
    else ask(masked.text, masked.kinds.map((kind) => strings[kind]).join(', '));
  };
  /** Nothing is sent until the person has decided. */
  const ask = (masked: string, found: string): void => {
    const edit = h(
      'button',
      {
        type: 'button',
        class: 'main',
        onclick: () => {
          question.replaceChildren();
          input.focus();
        },
      },
      strings.personalEdit,
    );
    const sendMasked = (): void => {
      question.replaceChildren();
      send(masked);
      input.focus();
    };
    question.replaceChildren(
      h(
        'div',
        {
          role: 'alertdialog',
          'aria-labelledby': 'personal-title',
          'aria-describedby': 'personal-text',
          class: 'personal',
        },
        h('h3', { id: 'personal-title' }, strings.personalTitle),
        h('p', { id: 'personal-text' }, filled(strings.personalText, found)),
        h('p', { class: 'masked', dir: 'auto' }, masked),
        h('p', { class: 'row' }, edit, h('button', { type: 'button', onclick: sendMasked }, strings.personalSend)),
      ),
    );
    edit.focus();
  };

  const form = h(
    'form',
    {
      class: 'composer',
      novalidate: true,
      onsubmit: (event: Event) => {
        event.preventDefault();
        submit();
      },
    },
    h('label', { for: 'input', class: 'hidden' }, strings.input),
    h(
      'div',
      { class: 'line' },
      input,
      h('button', { type: 'submit', class: 'main send' }, h('span', {}, strings.send), icon(SEND)),
    ),
    error,
    count,
  );
  input.addEventListener('input', () => {
    if (error.textContent !== '') fail('');
    update();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  question.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    question.replaceChildren();
    input.focus();
  });
  requestAnimationFrame(fit);
  return { element: h('div', { class: 'bottom' }, question, form), input };
}
