import { createCodeMode, defineTool } from 'toolscript';
import { createMontyRuntime } from 'toolscript/runtimes/monty';

const stock: Readonly<Record<string, number>> = { apple: 3, pear: 0 };
const count = defineTool({
  name: 'count-stock',
  inputSchema: { type: 'object', properties: { fruit: { type: 'string' } }, required: ['fruit'] },
  call: ({ fruit }) => {
    const items = typeof fruit === 'string' ? stock[fruit] : undefined;
    if (items === undefined) throw new Error('no such fruit');
    return items;
  },
});

const codeMode = await createCodeMode({ runtime: await createMontyRuntime(), tools: [count] });

const script = `
def look(fruit):
    try:
        return {"fruit": fruit, "items": count_stock(fruit=fruit)}
    except ToolError as e:
        print(fruit, e)
        return {"fruit": fruit, "items": None}

return parallel([lambda f=f: look(f) for f in fruits])
`;
const outcome = await codeMode.run({ script, data: { fruits: ['apple', 'pear', 'plum'] } });
console.log(outcome.ok ? outcome.text : outcome.error);
console.log(outcome.logs.join('\n'));

const endless = await codeMode.run({ script: 'try:\n  while True: pass\nexcept BaseException: pass' });
console.log(endless.ok ? endless.text : endless.error.code);
await codeMode.close();

//> [{"fruit":"apple","items":3},{"fruit":"pear","items":0},{"fruit":"plum","items":null}]
//> plum tool/failed: no such fruit
//> limit/steps
