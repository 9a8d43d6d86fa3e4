/** Reads policies and their schema; every fault with its line and column. */
import type { DetailedError, PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';

import { ToolscriptError } from '../../../core/index.js';
import type { Engine } from './engine.js';

/** A text and what messages call it. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** One policy. */
export interface Policy {
  readonly id: string;
  /** Its annotation `@id`, else {@link id}: what sinks read. */
  readonly name: string;
  readonly json: PolicyJson;
}

/** Reads all policies; throws `config/invalid` with every fault. A template is one: nothing links it. */
export function readPolicies(engine: Engine, texts: readonly NamedText[], schema?: NamedText): Policy[] {
  const faults = [
    ...texts.flatMap((text) => syntaxFaults(engine, text)),
    ...(schema === undefined ? [] : schemaFaults(engine, schema)),
  ];
  refuse(faults);
  if (schema !== undefined) refuse(texts.flatMap((text) => typeFaults(engine, text, schema)));
  const parts = texts.flatMap(({ text }) => policiesOf(engine, text));
  return parts.map((json, index) => {
    const id = `policy${index}`;
    return { id, name: json.annotations?.['id'] ?? id, json };
  });
}

/** The groups that each action is in, as the schema says. */
export function actionGroups(
  engine: Engine,
  schema: NamedText | undefined,
): ReadonlyMap<string, readonly string[]> {
  if (schema === undefined) return new Map();
  const answer = engine.schemaToJson(schema.text);
  const actions = answer.type === 'success' ? answer.json['']?.actions : undefined;
  const named = Object.entries(actions ?? {});
  return new Map(named.map(([name, { memberOf = [] }]) => [name, memberOf.map(({ id }) => id)]));
}

function refuse(faults: readonly string[]): void {
  if (faults.length === 0) return;
  throw new ToolscriptError({ code: 'config/invalid', message: `read Cedar policies: ${faults.join('; ')}` });
}

function syntaxFaults(engine: Engine, named: NamedText): string[] {
  const answer = engine.checkParsePolicySet({ staticPolicies: named.text });
  return answer.type === 'failure' ? answer.errors.map((error) => faultText(named, error)) : [];
}

function schemaFaults(engine: Engine, schema: NamedText): string[] {
  const answer = engine.checkParseSchema(schema.text);
  return answer.type === 'failure' ? answer.errors.map((error) => faultText(schema, error)) : [];
}

function typeFaults(engine: Engine, named: NamedText, schema: NamedText): string[] {
  const answer = engine.validate({ schema: schema.text, policies: { staticPolicies: named.text } });
  if (answer.type === 'failure') return answer.errors.map((error) => faultText(named, error));
  return answer.validationErrors.map(({ error }) => faultText(named, error));
}

function policiesOf(engine: Engine, text: string): PolicyJson[] {
  const parts = engine.policySetTextToParts(text);
  const policies = parts.type === 'success' ? parts.policies : [];
  return policies.flatMap((policy) => {
    const answer = engine.policyToJson(policy);
    return answer.type === 'success' ? [answer.json] : [];
  });
}

function faultText({ name, text }: NamedText, { message, sourceLocations = [] }: DetailedError): string {
  const start = sourceLocations[0]?.start;
  const [words = ''] = message.split('\n');
  if (start === undefined) return `${name}: ${words}`;
  const before = Buffer.from(text).subarray(0, start).toString().split('\n');
  return `${name}, line ${before.length}, column ${before.at(-1)!.length + 1}: ${words}`;
}
