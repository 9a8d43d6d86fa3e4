import { createCodeMode, defineTool } from 'toolscript';
import { createOptimizer } from 'toolscript/adapters/optimizer-compat';

// A hundred shops with three tools each, and one tool that is needed all the time.
const shops = Array.from({ length: 100 }, (_, shop) => `shop${String(shop)}`);
const id = { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] };
const tools = shops.flatMap((shop) => [
  defineTool({
    name: `${shop}_get_order`,
    description: `Reads one order of ${shop}.`,
    inputSchema: id,
    call: ({ id }) => ({ shop, order: id! }),
  }),
  defineTool({
    name: `${shop}_cancel_order`,
    description: `Cancels an order of ${shop}.`,
    inputSchema: id,
    call: () => 'cancelled',
  }),
  defineTool({
    name: `${shop}_refund`,
    description: `Pays the money for an order of ${shop} back.`,
    inputSchema: id,
    call: () => 'paid back',
  }),
]);
const now = defineTool({ name: 'now', inputSchema: { type: 'object' }, call: () => 'noon' });

const all = await createCodeMode({ tools: [...tools, now] });
const codeMode = createOptimizer(all, { scripts: true, maxTools: 3, pinned: ['now'] });

// What a client lists: four tools in place of 301.
const listed = [...(await codeMode.listTools()), await codeMode.scriptTool()];
console.log(listed.map((tool) => tool?.name).join(', '));

// It looks for what it needs, and calls it, alone or from a script.
const found = await codeMode.callTool('find_tool', { tool_description: 'refund shop42' });
const { tools: best } = found.structuredContent as { tools: { name: string }[] };
console.log(best[0]?.name);
const paid = await codeMode.callTool('call_tool', { tool_name: 'shop42_refund', parameters: { id: 7 } });
console.log(paid.content[0]?.['text']);
const script = 'return [shop42_get_order(id = n)["order"] for n in range(3)]';
const ran = await codeMode.callScriptTool({ script });
console.log(JSON.stringify(ran.structuredContent));
await codeMode.close();

//> find_tool, call_tool, now, execute_tool_script
//> shop42_refund
//> paid back
//> {"result":[0,1,2]}
