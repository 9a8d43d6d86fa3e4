/** What a model must know of the language before it writes its first script. */
export const GUIDE = `The script is Starlark: Python syntax and semantics for what is listed here, nothing else.
- End with \`return value\` at top level, or with an expression as the last line: that value is the answer. if, for, while, def (recursion too), lambda, comprehensions, f-strings, sets, try/except/finally and raise work, also at top level.
- Not there: class, with, yield, match, and modules: nothing needs importing, json, math, re (no lookaround, no backreferences) and struct are there.
- Call a tool as a function with keyword arguments: r = get_weather(city="Oslo"). It returns the tool's data (dict, list, str, …), not a wrapper: use r["key"], r.get("key"). call_tool("real-name", key=value) reaches a tool by its real name.
- parallel([lambda: a(), lambda: b()]) runs callables at the same time and returns their results in order. In a comprehension bind the variable: parallel([lambda x=x: get(id=x) for x in ids]).
- A failing tool ends the script. To go on: try/except ToolError as e, with e.code and e.message; or r = attempt(tool, key=value), then r.ok, r.value, r.error. retry(lambda: tool(key=value), attempts=3, delay_ms=200) tries again.
- tools.search("what it is to do", limit=10) answers [{name, signature, description}] of tools that fit; tools.describe("name") adds parameters, result and schemas. In signatures \`x: str = ...\` may be left out, a key with \`?\` may be missing, \`…\` is more that is not told.
- print(...) adds to the logs. data holds the call's data, and each of its keys is a variable.
- A dict is read as d["key"] or d.get("key"); iterators and files are not there; map, filter and generator expressions give lists.`;

/** The same in at most 1,000 bytes, for where tools are found on demand. */
export const BRIEF_GUIDE = `The script is Starlark: Python syntax without class, with, yield, match and imports; json, math and re are there.
- \`return value\` at top level gives the answer; if, for, while, def and try work at top level, too.
- Every tool is a function with keyword arguments: r = get_weather(city="Oslo") is the tool's data (dict, list, str), no wrapper. In its name, signs other than letters, digits and _ become _; call_tool("real-name", key=value) takes the real one.
- In signatures \`= ...\` may be left out, a key with \`?\` may be missing, \`…\` is more that is not told.
- parallel([lambda x=x: get(id=x) for x in ids]) calls at the same time; results in order.
- A failing tool ends the script, unless: try/except ToolError as e (e.code, e.message), or r = attempt(tool, key=value), then r.ok, r.value, r.error.
- print(...) adds to the logs. Each key of data is a variable.`;

/** Calls as a model may make them, over tools that are made up. */
export const EXAMPLES = [
  {
    script: [
      'issues = list_issues(state="open", label=label)',
      'details = parallel([lambda i=i: get_issue(id=i["id"]) for i in issues])',
      'return [{"id": d["id"], "title": d["title"]} for d in details if d["idle_days"] > 30]',
    ].join('\n'),
    data: { label: 'bug' },
  },
  {
    script: [
      'results = parallel([lambda p=p: attempt(read_file, path=p) for p in paths])',
      'print(f"{len([r for r in results if not r.ok])} could not be read")',
      'return {p: len(r.value) for p, r in zip(paths, results) if r.ok}',
    ].join('\n'),
    data: { paths: ['/srv/a.txt', '/srv/b.txt'] },
  },
] as const;
