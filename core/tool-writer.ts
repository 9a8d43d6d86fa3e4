/** What scripts, and the models that write them, read of tools: in the notation of their language. */
import type { Json, JsonObject } from './json.js';
import { setKey } from './json.js';
import type { Notation } from './notation.js';
import type { ShapeField } from './shape.js';
import { shapeText } from './shape-text.js';
import { oneLine } from './short-text.js';
import type { ShapeDetail } from './signature-fit.js';
import { signatureWriter } from './signature-writer.js';
import type { ToolSignature } from './signature-writer.js';
import type { BoundTool } from './tool-catalog.js';
import { toolShape } from './tool-shape.js';

/** How much of each shape a description tells. */
const DETAIL: ShapeDetail = { depth: 4, fields: 40, isTyped: true, options: 60 };
/** UTF-16 units of a signature and of a description: a search is read as a list. */
const SIGNATURE_LENGTH = 300;
const DESCRIPTION_LENGTH = 200;

/** Writes about tools in one language. */
export interface ToolWriter {
  /** How a tool is called, in one line. */
  readonly signature: ToolSignature;
  /** All that must be known to call a tool: what `tools.describe` answers. */
  readonly description: (tool: BoundTool) => JsonObject;
  /** One tool of those that `tools.search` answers. */
  readonly hit: (tool: BoundTool) => JsonObject;
}

/** Keeps what it wrote of a tool for as long as the tool. */
export function toolWriter(notation: Notation): ToolWriter {
  const signature = signatureWriter(notation);
  return {
    signature,
    description: (tool) => descriptionOf(tool, signature(tool), notation),
    hit: (tool) => hitOf(tool, signature(tool, SIGNATURE_LENGTH)),
  };
}

function descriptionOf({ tool }: BoundTool, signature: string, notation: Notation): JsonObject {
  const { name, description, inputSchema, outputSchema } = tool;
  const { parameters, result } = toolShape(tool);
  const told: Record<string, Json> = {};
  for (const parameter of parameters) setKey(told, parameter.name, parameterOf(parameter, notation));
  return {
    name,
    signature,
    description: typeof description === 'string' ? description : '',
    parameters: told,
    returns: result === null ? null : shapeText(result, DETAIL, notation),
    input_schema: inputSchema,
    ...(outputSchema !== undefined && { output_schema: outputSchema }),
  };
}

function parameterOf(parameter: ShapeField, notation: Notation): JsonObject {
  const { shape, isRequired, default: initial, description } = parameter;
  return {
    type: shapeText(shape, DETAIL, notation),
    required: isRequired,
    ...(initial !== undefined && { default: initial }),
    ...(description !== undefined && { description }),
  };
}

function hitOf({ tool: { name, description } }: BoundTool, signature: string): JsonObject {
  return {
    name,
    signature,
    description: typeof description === 'string' ? oneLine(description, DESCRIPTION_LENGTH) : '',
  };
}
