/** What `tools.describe` and `tools.search` answer, and the error for a tool that is not there. */
import { oneLine, setKey, ToolscriptError, toolShape } from '../../../core/index.js';
import type { BoundTool, Json, JsonObject, ShapeDetail, ToolCatalog } from '../../../core/index.js';
import { shapeText } from '../../python-signature/index.js';
import { toolSignature } from './tool-signature.js';

/** How much of each shape a description tells. */
const DETAIL: ShapeDetail = { depth: 4, fields: 40, isTyped: true, options: 60 };
/** UTF-16 units of a signature and of a description: a search is read as a list. */
const SIGNATURE_LENGTH = 300;
const DESCRIPTION_LENGTH = 200;
/** UTF-16 units of a name that an error shows. */
const LONGEST_NAME = 100;

/** All that a script, or the model that wrote it, must know to call a tool. */
export function toolDescription(tool: BoundTool): JsonObject {
  const { name, description, inputSchema, outputSchema } = tool.tool;
  const { parameters, result } = toolShape(tool.tool);
  const told: Record<string, Json> = {};
  for (const { name: parameter, shape, isRequired, default: initial, description: said } of parameters) {
    setKey(told, parameter, {
      type: shapeText(shape, DETAIL),
      required: isRequired,
      ...(initial !== undefined && { default: initial }),
      ...(said !== undefined && { description: said }),
    });
  }
  return {
    name,
    signature: toolSignature(tool),
    description: typeof description === 'string' ? description : '',
    parameters: told,
    returns: result === null ? null : shapeText(result, DETAIL),
    input_schema: inputSchema,
    ...(outputSchema !== undefined && { output_schema: outputSchema }),
  };
}

/** One line of a search's answer. */
export function toolHit(tool: BoundTool): JsonObject {
  const { name, description } = tool.tool;
  return {
    name,
    signature: toolSignature(tool, SIGNATURE_LENGTH),
    description: typeof description === 'string' ? oneLine(description, DESCRIPTION_LENGTH) : '',
  };
}

/** The tool of this real name, else of this script name; throws `tool/unknown` with the nearest one. */
export function findTool(catalog: ToolCatalog, name: string, act: string): BoundTool {
  const tool = catalog.byName(name) ?? catalog.byScriptName(name);
  if (tool !== undefined) return tool;
  const nearest = catalog.nearest(name);
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  throw new ToolscriptError({
    code: 'tool/unknown',
    message: `${act}: no tool named ${JSON.stringify(shown)}`,
    tool: shown,
    hint:
      nearest === undefined
        ? 'tools_search("what the tool is to do") finds tools'
        : `did you mean ${JSON.stringify(nearest.tool.name)}?`,
  });
}
