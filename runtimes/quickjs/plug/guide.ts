/** What a model must know of the language before it writes its first script. */
export const GUIDE = `The script is JavaScript (ES2023), or TypeScript whose types are taken out. Nothing of Node or a browser is there.
- End with \`return value\` at top level, or with an expression as the last line: that value is the answer. await works at top level. The answer is JSON: a Map becomes an object, a Set an array; a promise, a function, NaN in it is an error.
- Call a tool as an async function with one object: const r = await get_weather({ city: "Oslo" }). It gives the tool's data (object, array, string, …), not a wrapper: use r.key. call_tool("real-name", { key: value }) reaches a tool by its real name. Always await.
- await Promise.all(ids.map((id) => get({ id }))) calls at the same time, results in order; Promise.allSettled goes on after failures.
- A failing tool throws a ToolError with code, message and tool: try/catch goes on. Limits cannot be caught.
- await tools.search("what it is to do", 10) answers [{name, signature, description}] of tools that fit; await tools.describe("name") adds parameters, result and schemas. In signatures \`key?\` may be left out, \`…\` is more that is not told.
- console.log(...) adds to the logs. data holds the call's data, and each of its keys is a variable. await sleep(ms) waits. Integers beyond 2^53 are BigInt.
- Not there: fetch, require, import, process, files: only tools reach anything.`;

/** The same in at most 1,000 bytes, for where tools are found on demand. */
export const BRIEF_GUIDE = `The script is JavaScript (ES2023) or TypeScript, with nothing of Node or a browser: no fetch, require, import, process.
- \`return value\` at top level gives the answer, as JSON; await works at top level.
- Every tool is an async function with one object: const r = await get_weather({ city: "Oslo" }) is the tool's data, no wrapper. In its name, signs other than letters, digits and _ become _; call_tool("real-name", { key: value }) takes the real one.
- In signatures \`key?\` may be left out, \`…\` is more that is not told.
- await Promise.all(ids.map((id) => get({ id }))) calls at the same time; results in order.
- A failing tool throws a ToolError with code, message, tool: try/catch goes on. Limits cannot be caught.
- console.log(...) adds to the logs. Each key of data is a variable. await sleep(ms) waits. Integers beyond 2^53 are BigInt.`;

/** Calls as a model may make them, over tools that are made up. */
export const EXAMPLES = [
  {
    script: [
      'const issues = await list_issues({ state: "open", label });',
      'const details = await Promise.all(issues.map(({ id }) => get_issue({ id })));',
      'return details.filter((d) => d.idle_days > 30).map(({ id, title }) => ({ id, title }));',
    ].join('\n'),
    data: { label: 'bug' },
  },
  {
    script: [
      'const results = await Promise.allSettled(paths.map((path) => read_file({ path })));',
      'console.log(`${results.filter((r) => r.status === "rejected").length} could not be read`);',
      'return results.flatMap((r, i) => (r.status === "fulfilled" ? [[paths[i], r.value.length]] : []));',
    ].join('\n'),
    data: { paths: ['/srv/a.txt', '/srv/b.txt'] },
  },
] as const;
