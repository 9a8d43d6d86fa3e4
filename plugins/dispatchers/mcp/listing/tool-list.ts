/** What a server's list of tools must be like. */
import { specTypeSchemas } from '@modelcontextprotocol/client';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';

import type { ToolDefinition } from '../../../../core/index.js';
import { isRecord } from '../message/loose-json.js';
import type { ItemKind, Repaired } from './item-list.js';
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
    repair: withTypeOfArguments,
    judge: (tool) => firstIssue(specTypeSchemas.Tool, tool),
    mend: (tool) => withoutBadOutputSchema(tool, schemas),
  };
}

/** Some servers say nothing of their arguments, or leave out that they are an object, which they always are. */
function withTypeOfArguments(tool: Record<string, unknown>): Repaired<Record<string, unknown>> | undefined {
  const { inputSchema } = tool;
  if (!isRecord(inputSchema) || inputSchema['type'] !== undefined) return undefined;
  const item = { ...tool, inputSchema: { ...inputSchema, type: 'object' } };
  return { item, problem: 'has an input schema without "type": it is taken for an object' };
}

/** Clients compile output schemas while they list: one that cannot be compiled would cost them the list. */
function withoutBadOutputSchema(
  tool: ToolDefinition,
  schemas: AjvJsonSchemaValidator,
): Repaired<ToolDefinition> | undefined {
  const { outputSchema, ...item } = tool;
  if (outputSchema === undefined) return undefined;
  try {
    schemas.getValidator(outputSchema);
    return undefined;
  } catch {
    return { item, problem: 'is listed without its output schema, which cannot be compiled' };
  }
}
