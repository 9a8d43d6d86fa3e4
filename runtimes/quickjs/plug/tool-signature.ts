/**
 * A tool's call as a model reads it, in one line of TypeScript:
 * `search_issues(args: { query: string; state?: "open" | "closed" /*="open"*\/ }): Promise<{ id: number }[]>`.
 *
 * `shape-text.ts` says how to read the types.
 */
import { fittedTexts, toolShape } from '../../../core/index.js';
import type { BoundTool, Shape, ShapeDetail, ShapeField, SignaturePart } from '../../../core/index.js';
import { keyText, literalText, MORE, shapeText } from './shape-text.js';

/** UTF-16 units of a signature for which nobody said otherwise. */
export const SIGNATURE_LENGTH = 600;

/** Parameters that are told at the most, of each kind, and the longest name of one. */
const MOST_PARAMETERS = 100;
const LONGEST_NAME = 100;

/** Signatures of one tool that are kept: one for each length that is asked for. */
const MOST_KEPT = 6;
const kept = new WeakMap<BoundTool, Map<number, string>>();

/**
 * The signature of a tool, in at most so many UTF-16 units: with less room it says less, of the deep and the
 * optional first. The name and the required parameters are always there, and may take more.
 */
export function toolSignature(tool: BoundTool, maxLength = SIGNATURE_LENGTH): string {
  const known = kept.get(tool) ?? new Map<number, string>();
  kept.set(tool, known);
  const signature = known.get(maxLength) ?? written(tool, maxLength);
  if (known.size < MOST_KEPT) known.set(maxLength, signature);
  return signature;
}

function written({ tool, scriptName }: BoundTool, maxLength: number): string {
  const { parameters, others, result } = toolShape(tool);
  const told = mostImportant(parameters);
  const parts = [...told.map(parameterPart), ...othersPart(others), ...resultPart(result)];
  const around = `${scriptName}(args?: { ${MORE} })`;
  const texts = fittedTexts(parts, maxLength - around.length, SEPARATOR.length);
  const answer = result === null ? null : texts.at(-1)!;
  const given = texts.slice(0, result === null ? texts.length : -1).filter((text) => text !== null);
  const isWhole = told.length === parameters.length && !texts.slice(0, told.length).includes(null);
  const list = [...given, ...(isWhole ? [] : [MORE])];
  const mark = parameters.some(({ isRequired }) => isRequired) ? '' : '?';
  const args = list.length === 0 ? '' : `args${mark}: { ${list.join(SEPARATOR)} }`;
  return `${scriptName}(${args})${answer ?? ''}`;
}

const SEPARATOR = '; ';

/** Those that must be given first, when there are too many; in the order of the schema. */
function mostImportant(parameters: readonly ShapeField[]): readonly ShapeField[] {
  const named = parameters.filter(({ name }) => name.length <= LONGEST_NAME);
  const chosen = new Set([
    ...named.filter(({ isRequired }) => isRequired).slice(0, MOST_PARAMETERS),
    ...named.filter(({ isRequired }) => !isRequired).slice(0, MOST_PARAMETERS),
  ]);
  return named.filter((parameter) => chosen.has(parameter));
}

function parameterPart(parameter: ShapeField): SignaturePart {
  return {
    rank: parameter.isRequired ? 'needed' : 'optional',
    text: (detail) => parameterText(parameter, detail),
  };
}

function parameterText(
  { name, isRequired, shape, default: initial }: ShapeField,
  detail: ShapeDetail | null,
): string {
  const key = `${keyText(name)}${isRequired ? '' : '?'}`;
  if (detail === null) return key;
  const value = isRequired || initial === undefined ? null : literalText(initial);
  return `${key}: ${shapeText(shape, detail)}${value === null ? '' : ` /*=${value}*/`}`;
}

/** What may be passed besides. */
function othersPart(others: Shape | null): SignaturePart[] {
  if (others === null) return [];
  const text: SignaturePart['text'] = (detail) =>
    `[key: string]: ${detail === null ? 'any' : shapeText(others, detail)}`;
  return [{ rank: 'optional', text }];
}

function resultPart(result: Shape | null): SignaturePart[] {
  if (result === null) return [];
  const text: SignaturePart['text'] = (detail) =>
    detail === null ? '' : `: Promise<${shapeText(result, detail)}>`;
  return [{ rank: 'wanted', text }];
}
