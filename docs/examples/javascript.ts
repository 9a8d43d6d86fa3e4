import { createCodeMode, defineTool } from 'toolscript';
import { createQuickjsRuntime } from 'toolscript/runtimes/quickjs';

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

const codeMode = await createCodeMode({ runtime: await createQuickjsRuntime(), tools: [count] });

const script = `
type Line = { fruit: string; items: number | null };
const look = async (fruit: string): Promise<Line> => {
  try {
    return { fruit, items: await count_stock({ fruit }) };
  } catch (e) {
    console.log(fruit, e.code, e.message);
    return { fruit, items: null };
  }
};
return Promise.all(fruits.map(look));
`;
const outcome = await codeMode.run({ script, data: { fruits: ['apple', 'pear', 'plum'] } });
console.log(outcome.ok ? outcome.text : outcome.error);
console.log(outcome.logs.join('\n'));

const endless = await codeMode.run({ script: 'try { for (;;) ; } catch { return "caught" }' });
console.log(endless.ok ? endless.text : endless.error.code);
await codeMode.close();

//> [{"fruit":"apple","items":3},{"fruit":"pear","items":0},{"fruit":"plum","items":null}]
//> plum tool/failed no such fruit
//> limit/steps
