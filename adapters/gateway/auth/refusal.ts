/** Why a request is not let in, and what its sender is answered (RFC 6750 section 3, RFC 9728 section 5.1). */

/** Nobody is let in by this token, or not now. The text is for the sender and never quotes the token. */
export class Refusal extends Error {
  readonly kind: RefusalKind;

  constructor(kind: RefusalKind, description: string, options?: { cause?: unknown }) {
    super(description, options);
    this.name = 'Refusal';
    this.kind = kind;
  }
}

/** `missing` when nothing was shown at all; `unavailable` when nobody can tell now. */
export type RefusalKind = 'missing' | 'invalid' | 'scope' | 'unavailable';

/** What a sender needs to know in order to come with a better token. */
export interface Challenge {
  readonly scopes: readonly string[];
  /** Where the metadata of this endpoint is, if anywhere. */
  readonly metadataUrl?: string | undefined;
}

const RETRY_AFTER_S = '5';

/** The answer to the sender. */
export function refusalResponse({ kind, message }: Refusal, challenge: Challenge): Response {
  const { status, error } = ANSWERS[kind];
  const body = { error: error ?? 'unauthorized', error_description: message };
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (kind === 'unavailable') headers.set('retry-after', RETRY_AFTER_S);
  else headers.set('www-authenticate', challengeText(error, message, challenge));
  return Response.json(body, { status, headers });
}

/** Without any token shown the challenge names no error: there was none (RFC 6750 section 3.1). */
const ANSWERS: { readonly [kind in RefusalKind]: { readonly status: number; readonly error?: string } } = {
  missing: { status: 401 },
  invalid: { status: 401, error: 'invalid_token' },
  scope: { status: 403, error: 'insufficient_scope' },
  unavailable: { status: 503, error: 'temporarily_unavailable' },
};

function challengeText(error: string | undefined, description: string, challenge: Challenge): string {
  const { scopes, metadataUrl } = challenge;
  const parameters = [
    ...(error === undefined
      ? []
      : [
          ['error', error],
          ['error_description', description],
        ]),
    ...(scopes.length === 0 ? [] : [['scope', scopes.join(' ')]]),
    ...(metadataUrl === undefined ? [] : [['resource_metadata', metadataUrl]]),
  ];
  const texts = parameters.map(([name, value]) => ` ${name!}="${quotable(value!)}"`);
  return `Bearer${texts.join(',')}`;
}

/** What a quoted string of a header can hold. */
function quotable(text: string): string {
  return text.replace(/[\\"]/g, '').replace(/[^\u0020-\u007e]/g, ' ');
}
