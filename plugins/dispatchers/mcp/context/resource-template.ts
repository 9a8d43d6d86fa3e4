/**
 * Tells which resource template a URI comes from (RFC 6570, as MCP servers use it), in bounded time.
 *
 * A template is a list of texts and gaps. The URI is walked once for each of them, with all places where
 * the part before may have ended, so that no template, however crooked, makes it try one place after the other.
 */

const MAX_TEMPLATE_LENGTH = 512;
const MAX_URI_LENGTH = 2_048;
const MAX_GAPS = 32;

/** What a gap may stand for. */
interface Gap {
  /** One of these ends it. */
  readonly stops: string;
  /** Whether it may be empty, or is left out with what introduces it. */
  readonly isOptional: boolean;
}

type Part = string | Gap;

/** A template that URIs can be held against. */
export class ResourceTemplate {
  readonly #parts: readonly Part[] | undefined;

  /** One that is malformed, or too long, matches nothing. */
  constructor(template: string) {
    this.#parts = template.length > MAX_TEMPLATE_LENGTH ? undefined : partsOf(template);
  }

  matches(uri: string): boolean {
    const parts = this.#parts;
    if (parts === undefined || uri.length > MAX_URI_LENGTH) return false;
    const [first] = parts;
    if (typeof first === 'string' && !uri.startsWith(first)) return false;
    let places = new Uint8Array(uri.length + 1);
    places[0] = 1;
    for (const part of parts) {
      places = typeof part === 'string' ? afterText(uri, part, places) : afterGap(uri, part, places);
      if (!places.includes(1)) return false;
    }
    return places[uri.length] === 1;
  }
}

const EXPRESSION = /\{([+#./;?&]?)([^{}]+)\}|[{}]/g;

function partsOf(template: string): Part[] | undefined {
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: expression, 1: operator = '', 2: names, index } of template.matchAll(EXPRESSION)) {
    if (names === undefined || parts.length > MAX_GAPS * 2) return undefined;
    if (index > end) parts.push(template.slice(end, index));
    parts.push(gapOf(operator, names));
    end = index + expression.length;
  }
  if (end < template.length) parts.push(template.slice(end));
  return parts;
}

/** A plain `{name}` stays within a segment of a path; an exploded or listed one may hold several. */
function gapOf(operator: string, names: string): Gap {
  if (operator === '+') return { stops: '', isOptional: false };
  if (operator === '') return { stops: names.includes('*') ? '' : '/?#', isOptional: false };
  return { stops: operator === '?' || operator === '&' ? '#' : '', isOptional: true };
}

function afterText(uri: string, text: string, places: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const after = new Uint8Array(places.length);
  for (let at = uri.indexOf(text); at !== -1; at = uri.indexOf(text, at + 1)) {
    if (places[at] === 1) after[at + text.length] = 1;
  }
  return after;
}

function afterGap(
  uri: string,
  { stops, isOptional }: Gap,
  places: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const after = isOptional ? Uint8Array.from(places) : new Uint8Array(places.length);
  let isInside = false;
  for (let at = 0; at < uri.length; at += 1) {
    isInside = (isInside || places[at] === 1) && !stops.includes(uri[at]!);
    if (isInside) after[at + 1] = 1;
  }
  return after;
}
