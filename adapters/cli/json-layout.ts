/**
 * Sets JSON text out on lines, two spaces a level, without reading its values: the order of keys and every
 * digit stay as they are.
 */

/** Lays out JSON text, which must be valid. */
export function layOut(json: string): string {
  const pieces: string[] = [];
  let depth = 0;
  for (let at = 0; at < json.length;) {
    const end = tokenEnd(json, at);
    const token = json.slice(at, end);
    if (token === '}' || token === ']') depth -= 1;
    pieces.push(laidOut(token, depth));
    if (token === '{' || token === '[') depth += 1;
    at = end;
  }
  return pieces.join('');
}

/** Where the token ends that starts here: an empty container, a mark, a string, or a number or word. */
function tokenEnd(json: string, start: number): number {
  if (json[start] === '"') return stringEnd(json, start);
  EMPTY_OR_PLAIN.lastIndex = start;
  return EMPTY_OR_PLAIN.test(json) ? EMPTY_OR_PLAIN.lastIndex : start + 1;
}

const EMPTY_OR_PLAIN = /\{\s*\}|\[\s*\]|\s+|[^\s{}[\],:"]+/y;

function stringEnd(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end < 0 ? json.length : end + 1;
}

/** Whether an odd number of backslashes stands before. */
function isEscaped(json: string, at: number): boolean {
  let before = at;
  while (json[before - 1] === '\\') before -= 1;
  return (at - before) % 2 === 1;
}

function laidOut(token: string, depth: number): string {
  switch (token) {
    case '{':
    case '[':
      return token + lineAt(depth + 1);
    case '}':
    case ']':
      return lineAt(depth) + token;
    case ',':
      return token + lineAt(depth);
    case ':':
      return ': ';
    default:
      return token.startsWith('"') ? token : token.replace(/\s/g, '');
  }
}

function lineAt(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}
