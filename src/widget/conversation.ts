/**
 * The conversation as this tab knows it: messages in order, what still waits to be sent, typing, connection. No elements here.
 * What was typed is never lost: a message stays in the session until the service has taken it, and is sent again under the same id.
 */
import type { Choice } from '../answering/outcome';
import type { Reply } from '../rendering/reply';
import type { Activity } from './activity';
import { createDirectLine, type Connection } from './directLine';
import { pageChannelData, type EarlyConversation } from './early';
import type { Session, Unsent } from './session';
import type { WidgetSettings } from './settings';

export type Message =
  | {
      readonly from: 'person';
      readonly key: string;
      readonly text: string;
      readonly timestamp: string;
      readonly state: 'taken' | 'sending' | 'waiting' | 'refused';
    }
  | {
      readonly from: 'service';
      readonly key: string;
      readonly text: string;
      readonly language: string;
      readonly timestamp: string;
      readonly reply?: Reply;
      readonly choices: readonly Choice[];
      /** What the person had asked, for the link to this answer. */
      readonly question: string;
      /** Said while somebody watched, not read from the log after a reload. */
      readonly fresh: boolean;
    }
  /** The conversation before is gone. */
  | { readonly from: 'widget'; readonly key: string; readonly timestamp: string };

export interface ConversationEvents {
  readonly added: (message: Message) => void;
  readonly changed: (message: Message) => void;
  readonly cleared: () => void;
  readonly typing: (typing: boolean) => void;
  readonly connection: (connection: Connection) => void;
}

export interface Conversation {
  readonly messages: readonly Message[];
  start(): void;
  /** `shown` is what a button said, where that is not what it sends. */
  send(text: string, shown?: string): void;
  retry(key: string): void;
  sendEvent(name: string, value: Readonly<Record<string, string | boolean>>): Promise<boolean>;
  wake(): void;
  restart(): void;
  stop(): void;
}

const TYPING_AT_MOST_MS = 20_000;

export function createConversation(
  settings: WidgetSettings,
  session: Session,
  events: ConversationEvents,
  early?: EarlyConversation,
): Conversation {
  let messages: readonly Message[] = [];
  let sending = false;
  let online = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let release: (() => void) | undefined;
  /** Everything before this is history. */
  let live = false;

  const put = (message: Message): void => {
    const known = messages.some((each) => each.key === message.key);
    messages = known ? messages.map((each) => (each.key === message.key ? message : each)) : [...messages, message];
    if (known) events.changed(message);
    else events.added(message);
  };

  const setTyping = (typing: boolean): void => {
    clearTimeout(typingTimer);
    if (typing) {
      typingTimer = setTimeout(() => {
        setTyping(false);
      }, TYPING_AT_MOST_MS);
    }
    events.typing(typing);
  };

  const hear = (activity: Activity): void => {
    if (activity.type === 'typing') {
      if (!activity.fromPerson) setTyping(true);
      return;
    }
    if (activity.type !== 'message') return;
    if (activity.fromPerson) {
      const key = activity.clientActivityId ?? activity.id;
      const known = messages.find((each) => each.key === key);
      const text = known?.from === 'person' ? known.text : titleOf(activity.text, messages);
      settle(key);
      put({ from: 'person', key, text, timestamp: activity.timestamp, state: 'taken' });
      return;
    }
    setTyping(false);
    const asked = [...messages].reverse().find((each) => each.from === 'person');
    put({
      from: 'service',
      key: activity.id,
      text: activity.text,
      language: activity.language,
      timestamp: activity.timestamp,
      choices: activity.choices,
      question: asked?.from === 'person' ? asked.text : '',
      fresh: live,
      ...(activity.reply === undefined ? {} : { reply: activity.reply }),
    });
    followStyle(activity.choices);
  };

  /** The offered way back tells which style the service speaks now. */
  const followStyle = (choices: readonly Choice[]): void => {
    const style = choices.some(({ id }) => id === 'wahl.alltag')
      ? 'simple'
      : choices.some(({ id }) => id === 'wahl.einfach')
        ? 'everyday'
        : undefined;
    if (style !== undefined && style !== (session.state.style ?? 'everyday')) session.change({ style });
  };

  const channelData = (): Readonly<Record<string, string>> => {
    const { style, language } = session.state;
    return {
      ...pageChannelData(settings),
      ...(style === undefined ? {} : { style }),
      ...(language === undefined ? {} : { language }),
    };
  };

  const line = createDirectLine({
    service: settings.service,
    locale: settings.language,
    channelData,
    ...(early === undefined ? {} : { early }),
    onActivity: hear,
    onConnection: (connection) => {
      online = connection === 'online';
      events.connection(connection);
      if (connection === 'online') {
        // The first page is history, what comes after it is news.
        live = true;
        void flush();
      } else if (connection === 'waiting') {
        setTyping(false);
        for (const each of session.state.unsent) show(each, 'waiting');
      }
    },
    onTicket: (ticket) => {
      session.change({ ticket });
      holdTab(ticket.conversationId);
    },
    onLost: () => {
      const last = messages.at(-1);
      if (last !== undefined && last.from !== 'widget')
        put({ from: 'widget', key: newId(), timestamp: new Date().toISOString() });
      void flush();
    },
  });

  /** Where another tab came by the same session (a duplicated tab), it must not take over the conversation. */
  const holdTab = (conversationId: string): void => {
    release?.();
    release = undefined;
    if (!('locks' in navigator)) return;
    void navigator.locks
      .request(lockName(conversationId), () => new Promise<void>((resolve) => (release = resolve)))
      .catch(() => undefined);
  };

  const settle = (key: string): void => {
    if (session.state.unsent.some(({ id }) => id === key))
      session.change({ unsent: session.state.unsent.filter(({ id }) => id !== key) });
  };

  /** Sends what waits, one after the other; what is refused is shown as such, what cannot be sent yet stays. */
  const flush = async (): Promise<void> => {
    if (sending || !live) return;
    sending = true;
    clearTimeout(retryTimer);
    try {
      for (;;) {
        const [next] = session.state.unsent;
        if (next === undefined) return;
        show(next, 'sending');
        const result = await line.post({
          type: 'message',
          text: next.text,
          locale: session.state.language ?? settings.language,
          channelData: { ...channelData(), clientActivityID: next.id },
        });
        if (result.status === 'taken') {
          settle(next.id);
          show(next, 'taken');
          if (messages.at(-1)?.key === next.id) setTyping(true);
        } else if (result.status === 'refused') {
          settle(next.id);
          show(next, 'refused');
        } else {
          show(next, 'waiting');
          retryTimer = setTimeout(
            () => void flush(),
            result.status === 'later' ? Math.max(500, result.afterMs) : 1_000,
          );
          return;
        }
      }
    } finally {
      sending = false;
    }
  };

  const show = (unsent: Unsent, state: 'taken' | 'sending' | 'waiting' | 'refused'): void => {
    const known = messages.find((each) => each.key === unsent.id);
    // Its echo came first: it is taken.
    if (known?.from === 'person' && known.state === 'taken') return;
    put({
      from: 'person',
      key: unsent.id,
      text: unsent.shown,
      timestamp: known?.timestamp ?? new Date().toISOString(),
      state,
    });
  };

  return {
    get messages() {
      return messages;
    },
    start() {
      const { ticket } = session.state;
      if (ticket === undefined) {
        live = true;
        line.start(undefined);
        return;
      }
      void heldElsewhere(ticket.conversationId).then((elsewhere) => {
        if (elsewhere) session.change({ unsent: [], draft: '', rated: [] });
        line.start(elsewhere ? undefined : ticket);
      });
    },
    send(text, shown = text) {
      const unsent: Unsent = { id: newId(), text, shown };
      live = true;
      session.change({ unsent: [...session.state.unsent, unsent], draft: '' });
      show(unsent, 'sending');
      setTyping(online);
      void flush();
    },
    retry(key) {
      const message = messages.find((each) => each.key === key);
      if (message?.from !== 'person' || message.state === 'taken') return;
      if (!session.state.unsent.some(({ id }) => id === key))
        session.change({ unsent: [...session.state.unsent, { id: key, text: message.text, shown: message.text }] });
      void flush();
    },
    async sendEvent(name, value) {
      return (await line.post({ type: 'event', name, value, channelData: channelData() })).status === 'taken';
    },
    wake() {
      line.wake();
      void flush();
    },
    restart() {
      messages = [];
      setTyping(false);
      session.clear();
      events.cleared();
      live = true;
      // The service forgets first; a conversation it cannot be told about expires there by itself.
      const told = line.post({ type: 'message', text: 'Meine Daten löschen', channelData: channelData() });
      void Promise.race([told, new Promise((resolve) => setTimeout(resolve, 1_500))]).then(() => {
        line.restart();
      });
    },
    stop() {
      clearTimeout(retryTimer);
      clearTimeout(typingTimer);
      release?.();
      line.stop();
    },
  };
}

/** A person sees the words of the button, not what it sent. */
function titleOf(text: string, messages: readonly Message[]): string {
  const last = [...messages].reverse().find((each) => each.from === 'service');
  return (last?.from === 'service' ? last.choices.find(({ value }) => value === text)?.title : undefined) ?? text;
}

function lockName(conversationId: string): string {
  return `jobcenter-lotse/${conversationId}`;
}

/** Whether another tab holds the conversation. A page that is just being left gets a moment to let go. */
async function heldElsewhere(conversationId: string): Promise<boolean> {
  if (!('locks' in navigator)) return false;
  try {
    return await navigator.locks.request(lockName(conversationId), { signal: AbortSignal.timeout(400) }, () =>
      Promise.resolve(false),
    );
  } catch (error) {
    return error instanceof DOMException && error.name !== 'SecurityError';
  }
}

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
