/** What the service is told of a tool: its name, title, description and parameters, and nothing else. */
import { isJsonObject, type ToolDefinition } from '../../../core/index.js';

/** UTF-16 units of each part, and of all. */
const LONGEST_NAME = 200;
const LONGEST_DESCRIPTION = 1_500;
const LONGEST_PARAMETER = 120;
const MAX_PARAMETERS = 20;
const LONGEST = 4_000;

/** The text of a tool; never empty. */
export function textOfTool({ name, title, description, inputSchema }: ToolDefinition): string {
  const lines = [
    sendable(name, LONGEST_NAME),
    sendable(title, LONGEST_NAME),
    sendable(description, LONGEST_DESCRIPTION),
    ...parameterLines(inputSchema),
  ];
  const said = lines.filter((line) => line !== '').join('\n');
  return said.slice(0, LONGEST) || 'a tool without a name';
}

/** A text as every service takes it: cut, without halves of characters and control characters. */
export function sendable(text: unknown, longest: number): string {
  return typeof text === 'string' ? text.slice(0, longest).replace(UNSENDABLE, ' ').trim() : '';
}

const UNSENDABLE = /[\p{Cs}\p{Cc}]+/gu;

function parameterLines(schema: unknown): string[] {
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties)
    .slice(0, MAX_PARAMETERS)
    .map(([name, parameter]) => {
      const said = isJsonObject(parameter) ? sendable(parameter['description'], LONGEST_PARAMETER) : '';
      return sendable(name, LONGEST_NAME) + (said === '' ? '' : `: ${said}`);
    });
}
