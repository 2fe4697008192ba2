/**
 * Direct Line tokens: JWT, HS256, bound to conversation, user and origin; and the one-use tokens of web socket addresses.
 * The first secret signs, all verify, so that a secret can be changed without ending conversations. Refuses every other algorithm.
 */
import { createSecretKey, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Clock } from '../../clock';

export interface TokenSubject {
  readonly conversationId: string;
  /** `dl_` and 128 random bits; the client reads it from the claim `user`. */
  readonly userId: string;
  /** Origin the token was given to; empty when no browser asked. */
  readonly origin: string;
}

export type Verified<T> =
  { readonly status: 'valid'; readonly subject: T } | { readonly status: 'expired' } | { readonly status: 'invalid' };

export interface StreamSubject extends TokenSubject {
  /** Spent on first use. */
  readonly tokenId: string;
}

export interface Tokens {
  issue(subject: TokenSubject): string;
  verify(token: string): Verified<TokenSubject>;
  issueStream(subject: TokenSubject): string;
  verifyStream(token: string): Verified<StreamSubject>;
}

export const tokenLifetimeSeconds = 30 * 60;
export const streamTokenLifetimeSeconds = 60;

const issuer = 'jobcenter-lotse';

export function createTokens(options: {
  readonly secrets: readonly [string, ...string[]];
  readonly clock: Clock;
}): Tokens {
  const { clock } = options;
  // As key objects: a text makes jsonwebtoken try to read a public key out of it on every verification.
  const keys = options.secrets.map((secret) => createSecretKey(Buffer.from(secret)));
  const signingKey = createSecretKey(Buffer.from(options.secrets[0]));
  const nowSeconds = (): number => Math.floor(clock.nowMs() / 1000);

  const sign = (subject: TokenSubject, audience: string, lifetimeSeconds: number, tokenId: string): string => {
    const iat = nowSeconds();
    const claims = {
      conv: subject.conversationId,
      user: subject.userId,
      origin: subject.origin,
      iat,
      exp: iat + lifetimeSeconds,
      jti: tokenId,
    };
    return jwt.sign(claims, signingKey, { algorithm: 'HS256', issuer, audience });
  };

  const verify = (token: string, audience: string): Verified<StreamSubject> => {
    let expired = false;
    for (const key of keys) {
      try {
        const claims = jwt.verify(token, key, {
          algorithms: ['HS256'],
          issuer,
          audience,
          clockTimestamp: nowSeconds(),
        });
        const subject = readSubject(claims);
        return subject === undefined ? { status: 'invalid' } : { status: 'valid', subject };
      } catch (error) {
        // Only a token that one of our secrets has signed can be expired.
        if (error instanceof jwt.TokenExpiredError) expired = true;
      }
    }
    return { status: expired ? 'expired' : 'invalid' };
  };

  return {
    issue: (subject) => sign(subject, 'directline', tokenLifetimeSeconds, randomId()),
    verify: (token) => verify(token, 'directline'),
    issueStream: (subject) => sign(subject, 'stream', streamTokenLifetimeSeconds, randomId()),
    verifyStream: (token) => verify(token, 'stream'),
  };
}

/** 128 random bits, URL-safe. */
export function randomId(): string {
  return randomBytes(16).toString('base64url');
}

function readSubject(claims: unknown): StreamSubject | undefined {
  if (typeof claims !== 'object' || claims === null) return undefined;
  const { conv, user, origin, jti } = claims as Readonly<Record<string, unknown>>;
  if (typeof conv !== 'string' || typeof user !== 'string' || typeof origin !== 'string' || typeof jti !== 'string')
    return undefined;
  return { conversationId: conv, userId: user, origin, tokenId: jti };
}
