/** `tools.describe(name)`: all that a script, or the model that wrote it, must know to call a tool. */
import { setKey, toolShape } from '../../../core/index.js';
import type {
  BoundTool,
  Json,
  JsonObject,
  ShapeDetail,
  ShapeField,
  ToolCatalog,
} from '../../../core/index.js';
import { builtin, named, required, string } from '../builtins/index.js';
import { Builtin, fromJson } from '../values/index.js';
import type { CallCheck } from '../values/index.js';
import { shapeText } from '../../python-signature/index.js';
import { findTool, nameFaults } from './tool-lookup.js';
import { toolSignature } from './tool-signature.js';

/** How much of each shape is told. */
const DETAIL: ShapeDetail = { depth: 4, fields: 40, isTyped: true, options: 60 };
/** Steps of one description. */
const DESCRIPTION_STEPS = 500;

const NAME = 'tools.describe';

/** The builtin, over one catalog. */
export function toolDescription(catalog: ToolCatalog): Builtin {
  const plain = builtin(NAME, [named(required('name', string))], ({ budget }, name) => {
    const tool = findTool(budget, catalog, name, NAME);
    budget.step(DESCRIPTION_STEPS);
    return fromJson(budget, described(tool));
  });
  const check: CallCheck = (call) => {
    const faults = plain.check?.(call) ?? [];
    return faults.length > 0 ? faults : nameFaults(catalog, call.args[0], NAME);
  };
  return new Builtin(NAME, plain.body, false, undefined, check);
}

function described(tool: BoundTool): JsonObject {
  const { name, description, inputSchema, outputSchema } = tool.tool;
  const { parameters, result } = toolShape(tool.tool);
  const told: Record<string, Json> = {};
  for (const parameter of parameters) setKey(told, parameter.name, parameterOf(parameter));
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

function parameterOf({ shape, isRequired, default: initial, description }: ShapeField): JsonObject {
  return {
    type: shapeText(shape, DETAIL),
    required: isRequired,
    ...(initial !== undefined && { default: initial }),
    ...(description !== undefined && { description }),
  };
}
