/** A gateway over real parts, for tests. */
import { createCodeMode, type CodeMode, type ToolDispatcher } from '../../../core/index.js';
import { createGateway, type Gateway } from '../../../adapters/gateway/index.js';
import { createMcpDispatcher, type ServerConfig } from '../../../plugins/dispatchers/mcp/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';

/** A gateway and what is behind it. */
export interface Composed {
  readonly codeMode: CodeMode;
  readonly gateway: Gateway;
  /** What went wrong with connections. */
  readonly errors: Error[];
}

/** Composes code mode over a dispatcher. */
export function compose(dispatcher: ToolDispatcher): Promise<CodeMode> {
  return createCodeMode({ runtime: createStarlarkRuntime(), dispatcher });
}

/** Composes a gateway over servers; they are up when it resolves. */
export async function gatewayOver(
  servers: Readonly<Record<string, ServerConfig>>,
  scriptTool = true,
): Promise<Composed> {
  const codeMode = await compose(createMcpDispatcher({ servers }));
  await codeMode.listTools();
  const errors: Error[] = [];
  const gateway = createGateway({ codeMode, scriptTool, onError: (error) => errors.push(error) });
  return { codeMode, gateway, errors };
}
