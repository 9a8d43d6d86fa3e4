/** `tools.describe(name)`: all that a script, or the model that wrote it, must know to call a tool. */
import type { ToolCatalog } from '../../../core/index.js';
import { builtin, named, required, string } from '../builtins/index.js';
import { Builtin, fromJson } from '../values/index.js';
import type { CallCheck } from '../values/index.js';
import { foundTool, nameFaults } from './tool-lookup.js';
import { describedTool } from './tool-signature.js';

/** Steps of one description. */
const DESCRIPTION_STEPS = 500;

const NAME = 'tools.describe';

/** The builtin, over one catalog. */
export function toolDescription(catalog: ToolCatalog): Builtin {
  const plain = builtin(NAME, [named(required('name', string))], ({ budget }, name) => {
    const tool = foundTool(budget, catalog, name, NAME);
    budget.step(DESCRIPTION_STEPS);
    return fromJson(budget, describedTool(tool));
  });
  const check: CallCheck = (call) => {
    const faults = plain.check?.(call) ?? [];
    return faults.length > 0 ? faults : nameFaults(catalog, call.args[0], NAME);
  };
  return new Builtin(NAME, plain.body, false, undefined, check);
}
