/**
 * What outlives a page: kept in this tab's session storage, and only once the chat has been opened. No cookie, no local storage.
 * The conversation itself stays with the service; here are the key to it, the settings, and what was typed but not yet taken.
 */
import { record } from './activity';

export interface Ticket {
  readonly conversationId: string;
  readonly token: string;
  readonly expiresMs: number;
}

/** A message the service has not taken yet. */
export interface Unsent {
  readonly id: string;
  readonly text: string;
  /** What the person saw on the button. */
  readonly shown: string;
}

export interface SessionState {
  readonly open: boolean;
  readonly ticket?: Ticket;
  readonly draft: string;
  readonly unsent: readonly Unsent[];
  readonly style?: 'simple' | 'everyday';
  readonly language?: string;
  /** Per cent. */
  readonly textSize: number;
  /** Activity ids whose answer was rated. */
  readonly rated: readonly string[];
  /** The question of the page's address that was already asked. */
  readonly asked?: string;
}

export const EMPTY_SESSION: SessionState = { open: false, draft: '', unsent: [], textSize: 100, rated: [] };

const KEY = 'jobcenter-lotse';

export interface Session {
  readonly state: SessionState;
  change(part: Partial<SessionState>): void;
  /** Forgets everything, also in the browser. */
  clear(): void;
}

/** Whether the chat was open on the page before; reads, never writes. */
export function wasOpen(): boolean {
  return read().open;
}

/** Whether a conversation is kept that can be taken up. */
export function hasConversation(): boolean {
  return read().ticket !== undefined;
}

export function createSession(): Session {
  let state = read();
  return {
    get state() {
      return state;
    },
    change(part) {
      state = { ...state, ...part };
      try {
        sessionStorage.setItem(KEY, JSON.stringify(state));
      } catch {
        // Storage is off or full: the chat works, it only does not outlive the page.
      }
    },
    clear() {
      state = { ...EMPTY_SESSION, open: state.open };
      try {
        sessionStorage.removeItem(KEY);
      } catch {
        // Nothing was kept.
      }
    },
  };
}

function read(): SessionState {
  try {
    const stored = record(JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
    // Written by this file; an older shape only lacks fields.
    return stored === undefined ? EMPTY_SESSION : { ...EMPTY_SESSION, ...(stored as Partial<SessionState>) };
  } catch {
    return EMPTY_SESSION;
  }
}
