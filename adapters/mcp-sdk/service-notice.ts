/** Tells the sinks of a code mode that servers have it. */
import { VERSION, type CodeMode } from '../../core/index.js';

const told = new WeakSet<CodeMode>();

/** Tells it once, however many servers code mode is attached to: there may be one for each session. */
export function tellService(codeMode: CodeMode): void {
  if (told.has(codeMode)) return;
  told.add(codeMode);
  const about = { service: 'mcp-sdk', version: VERSION, codeMode: true, optimizer: false } as const;
  codeMode.tell({ name: 'service.started', ...about });
}
