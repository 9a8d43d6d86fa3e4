/** A tool's call as a model reads it: one line, in the notation of a language. */
import type { Notation, ToldParameter } from './notation.js';
import type { Shape, ShapeField } from './shape.js';
import { literalText, shapeText } from './shape-text.js';
import { fittedTexts } from './signature-fit.js';
import type { SignaturePart } from './signature-fit.js';
import type { BoundTool } from './tool-catalog.js';
import { toolShape } from './tool-shape.js';

/** UTF-16 units of a signature for which nobody said otherwise. */
const SIGNATURE_LENGTH = 600;

/** Parameters that are told at the most, of each kind, and the longest name of one. */
const MOST_PARAMETERS = 100;
const LONGEST_NAME = 100;

/** Signatures of one tool that are kept: one for each length that is asked for. */
const MOST_KEPT = 6;

/**
 * The signature of a tool, in at most so many UTF-16 units: with less room it says less, of the deep and the
 * optional first. The name and the required parameters are always there, and may take more.
 */
export type ToolSignature = (tool: BoundTool, maxLength?: number) => string;

/** Writes signatures, each once. */
export function signatureWriter(notation: Notation): ToolSignature {
  const kept = new WeakMap<BoundTool, Map<number, string>>();
  return (tool, maxLength = SIGNATURE_LENGTH) => {
    const known = kept.get(tool) ?? new Map<number, string>();
    kept.set(tool, known);
    const signature = known.get(maxLength) ?? written(tool, maxLength, notation);
    if (known.size < MOST_KEPT) known.set(maxLength, signature);
    return signature;
  };
}

function written({ tool, scriptName }: BoundTool, maxLength: number, notation: Notation): string {
  const { parameters, others, result } = toolShape(tool);
  const told = mostImportant(parameters);
  const parts = [
    ...told.map((parameter) => parameterPart(parameter, notation)),
    ...(others === null ? [] : [othersPart(others, notation)]),
    ...(result === null ? [] : [resultPart(result, notation)]),
  ];
  const room = maxLength - notation.frame(scriptName, told).length;
  const texts = fittedTexts(parts, room, notation.separator.length);
  const shown = told.flatMap((parameter, index) => toldParameter(parameter, texts[index]!));
  return notation.call(scriptName, {
    parameters: shown,
    others: others === null ? null : texts[told.length]!,
    isWhole: shown.length === parameters.length,
    needsAny: parameters.some(({ isRequired }) => isRequired),
    result: result === null ? '' : (texts.at(-1) ?? ''),
  });
}

function toldParameter(parameter: ShapeField, text: string | null): ToldParameter[] {
  return text === null ? [] : [{ parameter, text }];
}

/** Those that must be given first, when there are too many; in the order of the schema. */
function mostImportant(parameters: readonly ShapeField[]): readonly ShapeField[] {
  const named = parameters.filter(({ name }) => name.length <= LONGEST_NAME);
  if (named.length <= MOST_PARAMETERS) return named;
  const chosen = new Set([
    ...named.filter(({ isRequired }) => isRequired).slice(0, MOST_PARAMETERS),
    ...named.filter(({ isRequired }) => !isRequired).slice(0, MOST_PARAMETERS),
  ]);
  return named.filter((parameter) => chosen.has(parameter));
}

function parameterPart(parameter: ShapeField, notation: Notation): SignaturePart {
  const { isRequired, default: value } = parameter;
  const initial = isRequired || value === undefined ? null : literalText(value, notation);
  return {
    rank: isRequired ? 'needed' : 'optional',
    text: (detail) =>
      detail === null
        ? notation.parameter(parameter, initial)
        : notation.parameter(parameter, initial, (shape) => shapeText(shape, detail, notation)),
  };
}

function othersPart(others: Shape, notation: Notation): SignaturePart {
  return {
    rank: 'optional',
    text: (detail) =>
      detail === null || others.kind === 'any'
        ? notation.others()
        : notation.others(shapeText(others, detail, notation)),
  };
}

function resultPart(result: Shape, notation: Notation): SignaturePart {
  return {
    rank: 'wanted',
    text: (detail) => (detail === null ? '' : notation.result(shapeText(result, detail, notation))),
  };
}
