/** Cedar as a manifest names it: `{ "use": "toolscript/plugins/limits/cedar", "with": { … } }`. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { z } from 'zod';

import { definePlugin, ToolscriptError, type LimitPolicy, type PluginContext } from '../../../core/index.js';
import { createCedarPolicy } from './cedar-policy.js';
import type { NamedText } from './policy-text.js';

const text = (wanted: string) =>
  z.string({ error: `wanted ${wanted}` }).min(1, { error: `wanted ${wanted}` });

const config = z
  .strictObject({
    policies: z.array(text('Cedar policies as text')).default([]),
    policyFiles: z.array(text('the path of a file')).default([]),
    schemaFile: text('the path of a file').optional(),
  })
  .refine(({ policies, policyFiles }) => policies.length + policyFiles.length > 0, {
    error: 'wanted policies or policyFiles',
  });

/** The plugin: files are meant from the manifest's folder. */
export const plugin = definePlugin<'limits', z.output<typeof config>>({
  name: 'Cedar',
  kind: 'limits',
  config,
  check: async (options, context) => void (await policyOf(options, context)).close?.(),
  create: policyOf,
});

async function policyOf(
  { policies, policyFiles, schemaFile }: z.output<typeof config>,
  { folder }: PluginContext,
): Promise<LimitPolicy> {
  const texts = policies.map((policy, index) => ({ name: `policies[${index}]`, text: policy }));
  const files = await Promise.all(policyFiles.map((file) => readText(file, folder)));
  const schema = schemaFile === undefined ? undefined : await readText(schemaFile, folder);
  return createCedarPolicy({ policies: [...texts, ...files], schema });
}

async function readText(file: string, folder: string): Promise<NamedText> {
  try {
    return { name: file, text: await readFile(resolve(folder, file), 'utf8') };
  } catch (cause) {
    throw new ToolscriptError(
      { code: 'config/invalid', message: `read ${file}: it cannot be read` },
      { cause },
    );
  }
}
