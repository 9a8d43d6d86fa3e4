/** A tool as a model must know it to write a call: its parameters, and what it answers. */
import { SchemaReader } from './schema-reader.js';
import type { ObjectShape, Shape, ShapeField } from './shape.js';
import type { ToolDefinition } from './tool-dispatcher.js';

/** What a tool takes and answers. */
export interface ToolShape {
  /** In the order of the schema. */
  readonly parameters: readonly ShapeField[];
  /** What other parameters may hold; null where the schema lets none through, or does not say. */
  readonly others: Shape | null;
  /** As a script gets it; null where that is not said. */
  readonly result: Shape | null;
}

/** Reads a tool's schemas, whatever they are: in bounded time, and without throwing. */
export function toolShape({ inputSchema, outputSchema }: ToolDefinition): ToolShape {
  const input = parameterList(new SchemaReader(inputSchema).read());
  return {
    parameters: input?.fields ?? [],
    others: input?.others?.kind === 'never' ? null : (input?.others ?? null),
    result: outputSchema === undefined ? null : unwrapped(new SchemaReader(outputSchema).read()),
  };
}

/** Of several forms, the parameters of all; required are those that each form requires. */
function parameterList(shape: Shape): ObjectShape | undefined {
  if (shape.kind === 'object') return shape;
  if (shape.kind !== 'union') return undefined;
  const forms = shape.options.filter((option) => option.kind === 'object');
  const fields = new Map(forms.flatMap((form) => form.fields).map((field) => [field.name, field]));
  const inAll = forms.map((form) => requiredNames(form));
  return {
    kind: 'object',
    fields: [...fields.values()].map((field) => ({
      ...field,
      isRequired: inAll.every((names) => names.has(field.name)),
    })),
    isCut: forms.some(({ isCut }) => isCut),
    others: forms[0]?.others ?? null,
  };
}

function requiredNames({ fields }: ObjectShape): ReadonlySet<string> {
  return new Set(fields.filter(({ isRequired }) => isRequired).map(({ name }) => name));
}

/** `{"result": x}` alone reaches a script as x. */
function unwrapped(shape: Shape): Shape {
  if (shape.kind !== 'object' || shape.isCut) return shape;
  const [only, ...others] = shape.fields;
  return only?.name === 'result' && others.length === 0 ? only.shape : shape;
}
