/** The published schema, where a text may stand for a number or a truth value. */

/** Lets an editor, which sees `${VAR}` alone, accept it wherever a number or a truth value may stand. */
export function withScalarTexts(schema: object): object {
  const copy = Object.entries(schema).map(([key, part]: [string, unknown]) => [key, partWithTexts(part)]);
  const { type, ...rest } = Object.fromEntries(copy) as Record<string, unknown>;
  if (!['number', 'integer', 'boolean'].includes(String(type)))
    return { ...(type !== undefined && { type }), ...rest };
  const { description, default: preset, ...bounds } = rest;
  return {
    ...(preset !== undefined && { default: preset }),
    ...(description !== undefined && { description }),
    anyOf: [
      { type, ...bounds },
      { type: 'string', pattern: '^\\$\\{[^{}]+\\}$' },
    ],
  };
}

function partWithTexts(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(partWithTexts);
  return typeof part === 'object' && part !== null ? withScalarTexts(part) : part;
}
