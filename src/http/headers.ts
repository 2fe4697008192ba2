/**
 * The headers every response carries: nothing inline, nothing from elsewhere, no sniffing, no referrer, and who may read it from another site.
 */

export interface CorsOptions {
  readonly allowedOrigins: readonly string[];
}

/** Content security policy of our own pages; `baseUrl` names the web socket for browsers that do not count it as `'self'`. */
export function pageSecurityPolicy(baseUrl: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${baseUrl.replace(/^http/, 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}

export function securityHeaders(baseUrl: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'X-Frame-Options': 'SAMEORIGIN',
    'Cache-Control': 'no-store',
    ...(baseUrl.startsWith('https://') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}

/** What a browser of another site needs to be told; undefined when that site may not use the service. */
export function corsHeaders(
  origin: string | undefined,
  baseUrl: string,
  options: CorsOptions,
): Readonly<Record<string, string>> | undefined {
  if (origin === undefined) return {};
  if (origin !== baseUrl && !options.allowedOrigins.includes(origin)) return undefined;
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'Retry-After', Vary: 'Origin' };
}

export const preflightHeaders: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type, X-Ms-Bot-Agent, X-Requested-With',
  'Access-Control-Max-Age': '600',
};
