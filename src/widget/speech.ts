/**
 * Reads an answer aloud with a voice of the device, in the message's language. Voices that would send the text elsewhere are not used.
 */
export interface Speech {
  canRead(language: string): boolean;
  /** Stops what is being read; `onEnd` comes once, also when stopped. */
  read(text: string, language: string, onEnd: () => void): void;
  stop(): void;
}

/** Browsers stop in the middle of long texts, so it is read sentence by sentence. */
const PIECE = /[^.!?\n]+[.!?\n]*/g;

export function createSpeech(): Speech {
  const synthesis: SpeechSynthesis | undefined = 'speechSynthesis' in window ? window.speechSynthesis : undefined;
  let ended: (() => void) | undefined;
  const voiceFor = (language: string): SpeechSynthesisVoice | undefined =>
    synthesis
      ?.getVoices()
      .find((voice) => voice.localService && voice.lang.replace('_', '-').split('-')[0] === language.split('-')[0]);
  const stop = (): void => {
    synthesis?.cancel();
    const tell = ended;
    ended = undefined;
    tell?.();
  };
  // Voices come later in some browsers; asking once makes them load.
  synthesis?.getVoices();
  return {
    canRead: (language) => voiceFor(language) !== undefined,
    stop,
    read(text, language, onEnd) {
      stop();
      const voice = voiceFor(language);
      const pieces = text.match(PIECE)?.filter((piece) => piece.trim() !== '') ?? [];
      if (synthesis === undefined || voice === undefined || pieces.length === 0) {
        onEnd();
        return;
      }
      ended = onEnd;
      pieces.forEach((piece, index) => {
        const utterance = new SpeechSynthesisUtterance(piece);
        utterance.voice = voice;
        utterance.lang = voice.lang;
        if (index === pieces.length - 1) {
          utterance.onend = () => {
            if (ended === onEnd) stop();
          };
        }
        synthesis.speak(utterance);
      });
    },
  };
}
