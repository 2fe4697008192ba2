/**
 * Every error body the service sends: a stable code and a fixed sentence, nothing of what happened inside.
 */
const table = {
  badRequest: [400, 'BadArgument', 'The request is not valid.'],
  tooLarge: [413, 'TooLarge', 'The request is too large.'],
  unsupported: [415, 'NotSupported', 'Only JSON is taken.'],
  tokenInvalid: [403, 'TokenInvalid', 'The token is not valid here.'],
  tokenExpired: [403, 'TokenExpired', 'The token has expired.'],
  originRefused: [403, 'OriginRefused', 'This origin may not use the chat.'],
  uploadRefused: [403, 'UploadNotOffered', 'Documents cannot be sent here.'],
  conversationGone: [404, 'ConversationNotFound', 'The conversation has ended.'],
  notFound: [404, 'NotFound', 'There is nothing here.'],
  methodNotAllowed: [405, 'MethodNotAllowed', 'This method is not offered here.'],
  tooMany: [429, 'TooManyRequests', 'Too many requests.'],
  internal: [500, 'ServiceError', 'The service could not handle the request.'],
  overloaded: [503, 'ServiceUnavailable', 'The service is busy.'],
} as const satisfies Record<string, readonly [status: number, code: string, message: string]>;

export type HttpErrorName = keyof typeof table;

export interface HttpError {
  readonly status: number;
  readonly body: { readonly error: { readonly code: string; readonly message: string } };
  readonly headers?: Readonly<Record<string, string>>;
}

export function httpError(name: HttpErrorName): HttpError {
  const [status, code, message] = table[name];
  return { status, body: { error: { code, message } } };
}
