/**
 * `call_tool`, in the script's shape and in the client's.
 *
 * A script writes `call_tool("name", key=value)`. MCP clients of a gateway may have a tool `call_tool` too, with
 * the parameters `tool_name` and `parameters`, and protocols say `name` and `arguments`: a model mixes them
 * up. So `call_tool(tool_name="x", parameters={…})` means the same here, unless the tool has a parameter of
 * that name: then it is that one.
 */
import type { BoundTool } from '../../../core/index.js';

/** The tool's name, and what is for the tool: positional arguments, then one for each of `names`. */
export interface NamedCall<Argument> {
  readonly name: Argument | undefined;
  readonly args: readonly Argument[];
  readonly names: readonly string[];
}

/** Keywords that may give the tool's name where no positional argument does, in this order. */
const NAME_KEYWORDS = ['tool_name', 'name'];
/** Keywords that may give all arguments of the tool as one dict. */
const ALL_KEYWORDS: readonly string[] = ['parameters', 'arguments'];

/** Takes a call of `call_tool` apart. */
export function namedCall<Argument>(
  args: readonly Argument[],
  names: readonly string[],
): NamedCall<Argument> {
  if (args.length > names.length) return { name: args[0], args: args.slice(1), names };
  const keyword = NAME_KEYWORDS.find((each) => names.includes(each));
  if (keyword === undefined) return { name: undefined, args, names };
  const at = names.indexOf(keyword);
  return { name: args[at], args: args.toSpliced(at, 1), names: names.toSpliced(at, 1) };
}

/** The argument that may hold all others; undefined where there is none such, or it is a parameter of the tool. */
export function allArguments<Argument>(
  tool: BoundTool,
  args: readonly Argument[],
  names: readonly string[],
): Argument | undefined {
  const [keyword] = names;
  const isOnly = args.length === 1 && keyword !== undefined && ALL_KEYWORDS.includes(keyword);
  return isOnly && !tool.parameters.includes(keyword) ? args[0] : undefined;
}
