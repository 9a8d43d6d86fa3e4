/**
 * The ways to write one address: a server may take each for the same resource, so a rule about one must
 * not be passed by another.
 */

/** The address as it came, tidied, and without escapes. */
export function uriForms(uri: string): readonly string[] {
  const forms = new Set([uri]);
  for (const form of [unescaped(uri), unescaped(unescaped(uri))]) forms.add(form);
  for (const form of [...forms]) if (URL.canParse(form)) forms.add(new URL(form).href);
  return [...forms];
}

function unescaped(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
