/** What is planted, and where: each secret is a word that is found nowhere else, of no shape that is known. */

const PLACES = [
  // By the client.
  'script',
  'data',
  'argument',
  'meta',
  'baggage',
  'answer',
  'query',
  'who',
  // By the script as it runs.
  'printed',
  'returned',
  'thrown',
  // By the operator.
  'token',
  'claim',
  'env',
  'header',
  'userinfo',
  'parameter',
  // By the server.
  'text',
  'structured',
  'toolError',
  'crash',
  'question',
  'notice',
  'instructions',
  'description',
  'schema',
  'uri',
  'resource',
  'prompt',
] as const;

/** Where a secret is planted. */
export type Place = (typeof PLACES)[number] | 'session';

/** The secret of each place; that of the session is what the gateway gives. */
export const SECRETS = Object.fromEntries(
  PLACES.map((place, index) => [place, `${place}Planted${String(index)}zq`]),
) as Readonly<Record<(typeof PLACES)[number], string>>;

/** The secret as an expression of Starlark that does not spell it: the script's text does not hold it. */
export function unspelt(place: keyof typeof SECRETS): string {
  const secret = SECRETS[place];
  return `${JSON.stringify(secret.slice(0, 4))} + ${JSON.stringify(secret.slice(4))}`;
}
