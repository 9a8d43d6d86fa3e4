/**
 * A tool's call as a model reads it, in one line of stub-file Python:
 * `search_issues(query: str, state: "open"|"closed" = "open", limit: int = 20) -> list[{id: int, title: str}]`.
 *
 * `shape-text.ts` says how to read the types. A parameter that may be left out without a known default has
 * `= ...`; one whose name cannot stand before `=` is shown as a script must pass it, in `**{…}`.
 */
import { fittedTexts, toolShape } from '../../core/index.js';
import type { BoundTool, Shape, ShapeDetail, ShapeField, SignaturePart } from '../../core/index.js';
import { isName, keyText, literalText, MORE, shapeText } from './shape-text.js';

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

/** Writes signatures in a language with these keywords. */
export function signatureWriter(keywords: { has(word: string): boolean }): ToolSignature {
  const kept = new WeakMap<BoundTool, Map<number, string>>();
  return (tool, maxLength = SIGNATURE_LENGTH) => {
    const known = kept.get(tool) ?? new Map<number, string>();
    kept.set(tool, known);
    const signature = known.get(maxLength) ?? written(tool, maxLength, keywords);
    if (known.size < MOST_KEPT) known.set(maxLength, signature);
    return signature;
  };
}

type Keywords = Parameters<typeof signatureWriter>[0];

function written(tool: BoundTool, maxLength: number, keywords: Keywords): string {
  const { parameters, others, result } = toolShape(tool.tool);
  const told = mostImportant(parameters);
  const ownParts = told.map((parameter) => parameterPart(parameter, keywords));
  const parts = [...ownParts, ...othersPart(others), ...resultPart(result)];
  const around = `${tool.scriptName}(${MORE})${parts.some(isAside) ? '**{}' : ''}`;
  const texts = fittedTexts(parts, maxLength - around.length, SEPARATOR.length);
  const at = (place: Part['place']): readonly string[] =>
    texts.filter((text, index): text is string => text !== null && parts[index]!.place === place);
  const isWhole = told.length === parameters.length && !texts.slice(0, told.length).includes(null);
  const aside = at('aside');
  const list = [
    ...at('list'),
    ...(aside.length > 0 ? [`**{${aside.join(SEPARATOR)}}`] : []),
    ...(isWhole ? [] : [MORE]),
  ];
  return `${tool.scriptName}(${list.join(SEPARATOR)})${at('answer').join('')}`;
}

/** A part, and where it stands: in the list of parameters, within `**{…}` in that list, or behind it. */
interface Part extends SignaturePart {
  readonly place: 'list' | 'aside' | 'answer';
}

function isAside({ place }: Part): boolean {
  return place === 'aside';
}

const SEPARATOR = ', ';

/** Those that must be given first, when there are too many; in the order of the schema. */
function mostImportant(parameters: readonly ShapeField[]): readonly ShapeField[] {
  const named = parameters.filter(({ name }) => name.length <= LONGEST_NAME);
  const chosen = new Set([
    ...named.filter(({ isRequired }) => isRequired).slice(0, MOST_PARAMETERS),
    ...named.filter(({ isRequired }) => !isRequired).slice(0, MOST_PARAMETERS),
  ]);
  return named.filter((parameter) => chosen.has(parameter));
}

function parameterPart(parameter: ShapeField, keywords: Keywords): Part {
  const { name, isRequired, shape } = parameter;
  const rank = isRequired ? 'needed' : 'optional';
  if (!isName(name) || keywords.has(name)) {
    const key = `${keyText(name)}${isRequired ? '' : '?'}`;
    const text: Part['text'] = (detail) => (detail === null ? key : `${key}: ${shapeText(shape, detail)}`);
    return { place: 'aside', rank, text };
  }
  return { place: 'list', rank, text: (detail) => parameterText(parameter, detail) };
}

function parameterText(parameter: ShapeField, detail: ShapeDetail | null): string {
  const { name, isRequired, shape } = parameter;
  if (detail === null) return isRequired ? name : `${name}=...`;
  return isRequired ? `${name}: ${shapeText(shape, detail)}` : optionalText(parameter, detail);
}

/** `= None` says by itself that None is taken. */
function optionalText({ name, shape, default: initial }: ShapeField, detail: ShapeDetail): string {
  const value = initial === undefined ? null : literalText(initial);
  const type = shapeText(value === 'None' ? withoutNull(shape) : shape, detail);
  return `${name}: ${type} = ${value ?? '...'}`;
}

function withoutNull(shape: Shape): Shape {
  if (shape.kind !== 'union') return shape;
  const options = shape.options.filter((option) => !isNull(option));
  const [only] = options;
  return options.length === 1 && !shape.isCut ? only! : { ...shape, options };
}

function isNull(shape: Shape): boolean {
  return shape.kind === 'literal' ? shape.value === null : shape.kind === 'simple' && shape.type === 'null';
}

/** What may be passed besides. */
function othersPart(others: Shape | null): Part[] {
  if (others === null) return [];
  const map: Shape = { kind: 'object', fields: [], isCut: false, others };
  const text: Part['text'] = (detail) => (detail === null ? '**dict' : `**${shapeText(map, detail)}`);
  return [{ place: 'list', rank: 'optional', text }];
}

function resultPart(result: Shape | null): Part[] {
  if (result === null) return [];
  const text: Part['text'] = (detail) => (detail === null ? '' : ` -> ${shapeText(result, detail)}`);
  return [{ place: 'answer', rank: 'wanted', text }];
}
