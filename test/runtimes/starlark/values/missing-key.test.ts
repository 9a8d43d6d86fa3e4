import { expect } from 'chai';
import { runStarlark } from '../../../../runtimes/starlark/index.js';

async function fault(script: string): Promise<string> {
  const result = await runStarlark(script);
  return result.ok ? 'ok' : `${result.error.message} | ${result.error.hint}`;
}

const GET = 'use .get(key) for a key that may be missing';
const many = (count: number, name: string) => `d = {"${name}%d" % n: 1 for n in range(${count})}`;

describe('a key that is not there', () => {
  const rows: readonly (readonly [script: string, fault: string])[] = [
    ['{}["a"]', `key "a" not in dict | ${GET}`],
    ['{"title": 1}["tittle"]', `key "tittle" not in dict (did you mean "title"?) | it has "title"; ${GET}`],
    [
      '{"issue_id": 1, "b": 2}["issueId"]',
      `key "issueId" not in dict (did you mean "issue_id"?) | it has "issue_id", "b"; ${GET}`,
    ],
    ['{"a": 1, "b": 2}["name"]', `key "name" not in dict | it has "a", "b"; ${GET}`],
    ['{"a": 1}[1]', `key 1 not in dict | ${GET}`],
    ['{"a": 1}["x" * 100]', `key of type string not in dict | it has "a"; ${GET}`],
    ['{"a": 1, 2: 3}["b"]', `key "b" not in dict | ${GET}`],
    ['{"a@example.org": 1}["b@example.org"]', `key "b@example.org" not in dict | ${GET}`],
    ['{"a": 1, "two words": 2}["tow words"]', `key "tow words" not in dict | ${GET}`],
    [`${many(13, 'field')}\nd["fielt5"]`, `key "fielt5" not in dict (did you mean "field5"?) | ${GET}`],
    [`${many(101, 'k')}\nd["titles"]`, `key "titles" not in dict | ${GET}`],
    [
      '{"__proto__": 1}["__prot__"]',
      `key "__prot__" not in dict (did you mean "__proto__"?) | it has "__proto__"; ${GET}`,
    ],
  ];
  for (const [script, text] of rows) {
    it(script.split('\n').at(-1)!, async () => expect(await fault(script)).to.equal(text));
  }

  it('costs a step for each key that is looked at, and no more than a hundred', async () => {
    const miss = async (keys: number): Promise<number> => {
      const script = `${many(keys, 'k')}\nr = attempt(lambda: d["none of them"])\nreturn 1`;
      const hit = script.replace('none of them', 'k0');
      const [one, other] = [await runStarlark(script), await runStarlark(hit)];
      return one.usage.steps - other.usage.steps;
    };
    expect([await miss(50), await miss(5_000)]).to.deep.equal([50, 100]);
  });
});
