/**
 * The key publication of Azure Bot Service on loopback: OpenID metadata and JWKS with endorsements, and tokens signed with its key.
 */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';

export interface OpenIdServer {
  readonly metadataUrl: string;
  /** A channel token; every field can be spoiled. */
  token(options?: TokenOptions): string;
  close(): Promise<void>;
}

export interface TokenOptions {
  readonly issuer?: string;
  readonly audience?: string;
  readonly serviceUrl?: string;
  readonly expiresInSeconds?: number;
  readonly key?: KeyObject;
  readonly keyId?: string;
}

export const appId = '11111111-2222-4333-8444-555555555555';
export const tenantId = 'aaaaaaaa-2222-4333-8444-555555555555';
export const teamsServiceUrl = 'https://smba.trafficmanager.net/de/';

export async function startOpenIdServer(
  endorsements: readonly string[] = ['msteams', 'telegram'],
): Promise<OpenIdServer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keyId = 'test-key';
  const server = createServer((request, response) => {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const body =
      request.url === '/metadata'
        ? {
            issuer: 'https://api.botframework.com',
            jwks_uri: `${base}/keys`,
            id_token_signing_alg_values_supported: ['RS256'],
          }
        : { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: keyId, use: 'sig', alg: 'RS256', endorsements }] };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    metadataUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metadata`,
    token: ({
      issuer = 'https://api.botframework.com',
      audience = appId,
      serviceUrl = teamsServiceUrl,
      expiresInSeconds = 600,
      key = privateKey,
      keyId: kid = keyId,
    } = {}) =>
      jwt.sign({ serviceurl: serviceUrl }, key, {
        algorithm: 'RS256',
        issuer,
        audience,
        expiresIn: expiresInSeconds,
        keyid: kid,
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
