/**
 * A guided way (knowledge/wege): step by step, with choices. It can be left, resumed, restarted, gone back in and printed.
 * Lets every message pass that is not for it, and waits. Knows no way by name: all of it is declared by editors.
 */
import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import type { Choice } from '../src/answering/outcome';
import type { Guide, GuideStep } from '../src/knowledge/model';
import { stepEntryBlocks } from '../src/rendering/answerReply';
import { findEntry, reply, saying, standing } from '../src/rendering/parts';
import type { Block, Reply } from '../src/rendering/reply';
import { safeMarkdown } from '../src/rendering/safeMarkdown';
import type { ReplyView } from '../src/rendering/view';
import { phrases, say, sends } from '../src/rendering/wording';
import { ConversationTurn } from './conversationTurn';
import { typedChoice } from './typedChoice';

export const GUIDE_DIALOG = 'guide';

const RESUME = 'weg.fortsetzen';
/** After so many other questions the way no longer waits; „weiter“ still takes it up. */
const MAX_DIGRESSIONS = 3;

export interface GuideOptions {
  readonly guideId: string;
  /** Step ids from the start to where the person is; to resume. */
  readonly path?: readonly string[];
}

interface Place {
  readonly guide: Guide;
  readonly path: readonly string[];
  readonly step: GuideStep;
}

export class GuideDialog extends Dialog<GuideOptions> {
  constructor() {
    super(GUIDE_DIALOG);
  }

  override async beginDialog(dc: DialogContext, options?: GuideOptions): Promise<DialogTurnResult> {
    const turn = ConversationTurn.of(dc);
    const place = placeOf(turn.view, options?.guideId, options?.path);
    if (place === undefined) {
      turn.passed = true;
      return dc.endDialog();
    }
    forgetPause(turn);
    return this.show(dc, turn, place);
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = ConversationTurn.of(dc);
    const place = placeOf(turn.view, ...stored(dc));
    if (place === undefined) {
      // The way was changed or taken away by a reload.
      turn.passed = true;
      return dc.endDialog();
    }
    const resumes = phrases(turn.view, 'weg.fortsetzen').includes(turn.said.trim().toLowerCase());
    // After something else was answered, „weiter“ shows where the person was; within the way it may be a step's own choice.
    if (resumes && turn.wasOffered(RESUME)) return this.show(dc, turn, place);
    const choice = typedChoice(turn.said, stepChoices(place.step), { byPart: true });
    if (choice !== undefined) return this.show(dc, turn, { ...place, ...stepTo(place, choice.id) });
    if (resumes) return this.show(dc, turn, place);
    return this.command(dc, turn, place);
  }

  /** A question asked in between has ended; the SDK would end this dialog with it. */
  override resumeDialog(): Promise<DialogTurnResult> {
    return Promise.resolve(Dialog.EndOfTurn);
  }

  private async command(dc: DialogContext, turn: ConversationTurn, place: Place): Promise<DialogTurnResult> {
    const { outcome, view } = turn;
    if (outcome?.kind === 'command') {
      switch (outcome.name) {
        case 'back': {
          const path = place.path.length > 1 ? place.path.slice(0, -1) : place.path;
          return this.show(dc, turn, placeOf(view, place.guide.id, path) ?? place);
        }
        case 'restart':
          turn.leadWith([saying(view, 'weg.neu')]);
          return this.show(dc, turn, placeOf(view, place.guide.id) ?? place);
        case 'print':
          await turn.say(printed(place, view));
          return Dialog.EndOfTurn;
        case 'cancel':
          pause(turn, place);
          await turn.say(
            reply(
              view,
              'command',
              [],
              [saying(view, 'weg.abgebrochen', { titel: place.guide.title })],
              [resumeChoice(place.guide, view), standing(view, 'wahl.menue')],
            ),
          );
          return dc.endDialog();
        case 'guide':
          pause(turn, place);
          return dc.replaceDialog(GUIDE_DIALOG, { guideId: outcome.argument ?? '' });
        case 'deleteData':
        case 'menu':
        case 'help':
        case 'human':
        case 'simple':
        case 'everyday':
        case 'language':
        case 'accessibility':
        case 'privacy':
        case 'more':
        case 'feedback':
        case 'source':
      }
    }
    turn.passed = true;
    turn.extraChoices = [resumeChoice(place.guide, view)];
    const digressions = digressionsOf(dc) + 1;
    if (digressions >= MAX_DIGRESSIONS) {
      pause(turn, place);
      return dc.endDialog();
    }
    if (dc.activeDialog !== undefined) Object.assign(dc.activeDialog.state, { digressions });
    return Dialog.EndOfTurn;
  }

  private async show(dc: DialogContext, turn: ConversationTurn, place: Place): Promise<DialogTurnResult> {
    await turn.say(stepReply(place, turn.view));
    if (place.step.choices.length === 0) {
      if (place.step.entryId !== undefined) turn.thread = { ...turn.thread, entryId: place.step.entryId };
      pause(turn, place);
      return dc.endDialog();
    }
    if (dc.activeDialog !== undefined)
      Object.assign(dc.activeDialog.state, { guideId: place.guide.id, path: place.path, digressions: 0 });
    return Dialog.EndOfTurn;
  }
}

/** The guide on top of the dialog stack. */
export function activeGuide(dc: DialogContext, view: ReplyView): Guide | undefined {
  return placeOf(view, ...stored(dc))?.guide;
}

/** The button that leads back into a way that waits. */
export function resumeChoice(guide: Guide, view: ReplyView): Choice {
  return {
    id: RESUME,
    title: say(view, 'weg.fortsetzen', { titel: guide.title }),
    value: sends(view, 'weg.fortsetzen'),
  };
}

/** Everything on the path so far, as one page. */
export function printed(place: Pick<Place, 'guide' | 'path'>, view: ReplyView): Reply {
  const blocks = place.path.flatMap((id, index): readonly Block[] => {
    const step = place.guide.steps.find((each) => each.id === id);
    if (step === undefined) return [];
    const chosen = step.choices.find((choice) => choice.next === place.path[index + 1]);
    return [
      ...stepBlocks(place.guide, step, index + 1, view),
      ...(chosen === undefined ? [] : [saying(view, 'weg.druck.gewaehlt', { wahl: chosen.label })]),
    ];
  });
  return reply(view, 'command', [], [saying(view, 'befehl.print'), ...blocks], [standing(view, 'wahl.menue')]);
}

/** Where `path` leads in a guide; without a path its first step. */
export function placeOf(view: ReplyView, guideId: string | undefined, path?: readonly string[]): Place | undefined {
  const guide = view.knowledge.guides.find((each) => each.id === guideId);
  const way = path ?? (guide === undefined ? [] : [guide.start]);
  const step = guide?.steps.find((each) => each.id === way.at(-1));
  return guide === undefined || step === undefined ? undefined : { guide, path: way, step };
}

function stored(dc: DialogContext): [string | undefined, readonly string[] | undefined] {
  const state: unknown = dc.activeDialog?.state;
  if (typeof state !== 'object' || state === null) return [undefined, undefined];
  const { guideId, path } = state as { readonly guideId?: unknown; readonly path?: unknown };
  const steps = Array.isArray(path) ? path.filter((each): each is string => typeof each === 'string') : undefined;
  return [typeof guideId === 'string' ? guideId : undefined, steps];
}

function digressionsOf(dc: DialogContext): number {
  const state: unknown = dc.activeDialog?.state;
  const count: unknown = typeof state === 'object' && state !== null && 'digressions' in state ? state.digressions : 0;
  return typeof count === 'number' ? count : 0;
}

function stepTo(place: Place, stepId: string): Pick<Place, 'path' | 'step'> {
  const step = place.guide.steps.find((each) => each.id === stepId);
  return step === undefined ? place : { step, path: [...place.path, stepId] };
}

function stepChoices(step: GuideStep): readonly Choice[] {
  return step.choices.map((choice) => ({ id: choice.next, title: choice.label, value: choice.label }));
}

function stepReply(place: Place, view: ReplyView): Reply {
  const { guide, path, step } = place;
  const last = step.choices.length === 0;
  const blocks = [...stepBlocks(guide, step, path.length, view), ...(last ? [saying(view, 'weg.fertig')] : [])];
  const own = step.choices.map((choice) => ({ id: `weg.${choice.next}`, title: choice.label, value: choice.label }));
  const ways = last
    ? [standing(view, 'wahl.drucken'), standing(view, 'wahl.menue')]
    : [...(path.length > 1 ? [standing(view, 'wahl.zurueck')] : []), standing(view, 'wahl.abbrechen')];
  const refs = step.entryId === undefined ? [] : [{ id: step.entryId, confidence: 1 }];
  return reply(view, step.entryId === undefined ? 'command' : 'answer', refs, blocks, [...own, ...ways]);
}

function stepBlocks(guide: Guide, step: GuideStep, number: number, view: ReplyView): readonly Block[] {
  const entry = step.entryId === undefined ? undefined : findEntry(view, step.entryId);
  const text = view.style === 'simple' || view.language !== 'de' ? (step.simple ?? step.text) : step.text;
  const german = view.language === 'de' ? {} : { language: 'de' };
  return [
    { type: 'heading', text: say(view, 'weg.schritt', { titel: guide.title, nummer: number }) },
    { type: 'text', markdown: safeMarkdown(text), ...german },
    ...(entry === undefined ? [] : stepEntryBlocks(entry, view)),
  ];
}

function pause(turn: ConversationTurn, place: Place): void {
  turn.thread = { ...turn.thread, pausedGuide: { guideId: place.guide.id, path: place.path } };
}

function forgetPause(turn: ConversationTurn): void {
  turn.thread = { ...turn.thread, pausedGuide: null };
}
