/**
 * How often one address may start and one conversation may speak. Per process: with several replicas each counts for itself.
 * Addresses live in memory for the length of a window and nowhere else.
 */
import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Admission, Limits } from '../channels/routes';

export interface LimitSettings {
  readonly messagesPerSecond: number;
  readonly messageBurst: number;
  readonly messagesPerMinutePerAddress: number;
  readonly startsPerMinutePerAddress: number;
}

const admitted: Admission = { admitted: true };

export function createLimits(settings: LimitSettings): Limits {
  const conversation = new BurstyRateLimiter(
    new RateLimiterMemory({ keyPrefix: 'message', points: settings.messagesPerSecond, duration: 1 }),
    new RateLimiterMemory({ keyPrefix: 'burst', points: settings.messageBurst, duration: settings.messageBurst }),
  );
  const address = new RateLimiterMemory({
    keyPrefix: 'address',
    points: settings.messagesPerMinutePerAddress,
    duration: 60,
  });
  const start = new RateLimiterMemory({ keyPrefix: 'start', points: settings.startsPerMinutePerAddress, duration: 60 });
  return {
    start: (from) => consume(() => start.consume(from)),
    async message(conversationId, from) {
      const byConversation = await consume(() => conversation.consume(conversationId));
      return byConversation.admitted ? consume(() => address.consume(from)) : byConversation;
    },
  };
}

async function consume(take: () => Promise<unknown>): Promise<Admission> {
  try {
    await take();
    return admitted;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes)
      return { admitted: false, retryAfterMs: Math.max(100, refusal.msBeforeNext) };
    throw refusal;
  }
}
