/**
 * Entry of the chat itself, loaded when it is opened: the element `<jobcenter-lotse-chat>`. Whoever puts it into a page sets
 * `settings` first; it starts when it is connected and tells of its closing with the event `lotse-close`.
 */
import { createConversation, type Conversation } from './conversation';
import { ChatView } from './chatView';
import { applyStyles } from './dom';
import type { EarlyConversation } from './early';
import { createSession, type Session } from './session';
import type { WidgetSettings } from './settings';
import { CHAT_STYLES } from './styles';
import { DEFAULT_ACCENT, palette } from './theme';

export interface ChatElementSettings {
  readonly settings: WidgetSettings;
  /** Has a button that closes it. */
  readonly closable: boolean;
  readonly early?: EarlyConversation;
  readonly nonce?: string;
}

/** `<jobcenter-lotse-chat>` for those who put it into a page. */
export interface JobcenterLotseChat extends HTMLElement {
  chat: ChatElementSettings | undefined;
  /** Remembered for the next page of the website. */
  opened(open: boolean): void;
}

class ChatElement extends HTMLElement implements JobcenterLotseChat {
  chat: ChatElementSettings | undefined;
  private view: ChatView | undefined;
  private conversation: Conversation | undefined;
  private session: Session | undefined;

  connectedCallback(): void {
    const { chat } = this;
    if (this.conversation !== undefined || chat === undefined) return;
    const { settings } = chat;
    const root = this.attachShadow({ mode: 'open' });
    applyStyles(root, CHAT_STYLES, chat.nonce);
    const session = createSession();
    this.session = session;
    session.change({ open: true });
    const view = new ChatView({
      settings,
      session,
      conversation: () => conversation,
      ...(chat.closable ? { onClose: () => this.dispatchEvent(new Event('lotse-close')) } : {}),
    });
    this.view = view;
    this.colour(settings.colour, view.element);
    root.append(view.element);
    const conversation = createConversation(
      settings,
      session,
      {
        added: (message) => {
          view.added(message);
        },
        changed: (message) => {
          view.changed(message);
        },
        cleared: () => {
          view.cleared();
        },
        typing: (typing) => {
          view.setTyping(typing);
        },
        connection: (connection) => {
          view.setConnection(connection);
        },
      },
      chat.early,
    );
    this.conversation = conversation;
    addEventListener('online', this.wake);
    addEventListener('offline', this.offline);
    addEventListener('pagehide', this.leave);
    document.addEventListener('visibilitychange', this.wake);
    conversation.start();
    if (settings.question !== undefined && settings.question !== session.state.asked) {
      session.change({ asked: settings.question });
      conversation.send(settings.question);
    }
  }

  opened(open: boolean): void {
    this.session?.change({ open });
  }

  override focus(): void {
    this.view?.focusInput();
  }

  private readonly wake = (): void => {
    if (!document.hidden) this.conversation?.wake();
  };

  private readonly offline = (): void => {
    this.view?.setConnection('waiting');
  };

  private readonly leave = (): void => {
    this.view?.stop();
  };

  /** The page's colour: attribute, then the page's CSS variable `--lotse-farbe`, then ours; made readable in any case. */
  private colour(given: string | undefined, element: HTMLElement): void {
    const fromPage = getComputedStyle(this).getPropertyValue('--lotse-farbe');
    const colours = palette(given ?? (fromPage.trim() === '' ? DEFAULT_ACCENT : fromPage));
    element.style.setProperty('--accent', colours.accent);
    element.style.setProperty('--on-accent', colours.onAccent);
    element.style.setProperty('--accent-on-light', colours.accentOnLight);
    element.style.setProperty('--accent-on-dark', colours.accentOnDark);
  }
}

if (customElements.get('jobcenter-lotse-chat') === undefined)
  customElements.define('jobcenter-lotse-chat', ChatElement);
