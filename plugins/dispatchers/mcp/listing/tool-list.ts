/** What a server's list of tools must be like. */
import { specTypeSchemas } from '@modelcontextprotocol/client';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';

import type { ToolDefinition } from '../../../../core/index.js';
import type { ItemKind } from './item-list.js';
import { firstIssue } from './spec-issue.js';

/** The tools of one listing. */
export function toolKind(): ItemKind<ToolDefinition> {
  const schemas = new AjvJsonSchemaValidator();
  return {
    method: 'tools/list',
    field: 'tools',
    noun: 'tool',
    key: 'name',
    maxKeyLength: 256,
    judge: (tool) => firstIssue(specTypeSchemas.Tool, tool),
    mend: (tool) => withoutBadOutputSchema(tool, schemas),
  };
}

/** Clients compile output schemas while they list: one that cannot be compiled would cost them the list. */
function withoutBadOutputSchema(
  tool: ToolDefinition,
  schemas: AjvJsonSchemaValidator,
): { item: ToolDefinition; problem: string } | undefined {
  const { outputSchema, ...item } = tool;
  if (outputSchema === undefined) return undefined;
  try {
    schemas.getValidator(outputSchema);
    return undefined;
  } catch {
    return { item, problem: 'is listed without its output schema, which cannot be compiled' };
  }
}
