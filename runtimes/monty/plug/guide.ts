/** What a model must know of the language before it writes its first script. */
export const GUIDE = `The script is Python, run by a small interpreter: functions, lambda, comprehensions, f-strings, sets, try/except/finally and imports of json, math, re, datetime work; class, yield, with, match, del and other modules are not there.
- End with \`return value\` at top level, or with an expression as the last line: that value is the answer. It is JSON: dict, list, tuple, str, int, float, bool, None; sorted(s) makes a list of a set.
- Call a tool as a function with keyword arguments: r = get_weather(city="Oslo"). It returns the tool's data (dict, list, str, …), not a wrapper: use r["key"], r.get("key"). No await. call_tool("real-name", key=value) reaches a tool by its real name.
- parallel([lambda: a(), lambda: b()]) runs functions at the same time and returns their results in order. In a comprehension bind the variable: parallel([lambda x=x: get(id=x) for x in ids]). Each works on a copy of the variables: what it is to give, it returns.
- A failing tool ends the script. To go on: try/except ToolError as e, where str(e) is "code: message"; or r = attempt(tool, key=value), then r["ok"], r["value"], r["error"]["message"]. retry(lambda: tool(key=value), attempts=3, delay_ms=200) tries again.
- tools_search("what it is to do", limit=10) answers [{name, signature, description}] of tools that fit; tools_describe("name") adds parameters, result and schemas. In signatures \`x: str = ...\` may be left out, a key with \`?\` may be missing, \`…\` is more that is not told.
- print(...) adds to the logs. data holds the call's data, and each of its keys is a variable.`;

/** The same in at most 1,000 bytes, for where tools are found on demand. */
export const BRIEF_GUIDE = `The script is Python without class, yield, with, match and del; json, math, re and datetime can be imported.
- \`return value\` at top level gives the answer: dict, list, str, numbers, None.
- Every tool is a function with keyword arguments: r = get_weather(city="Oslo") is the tool's data (dict, list, str), no wrapper, no await. In its name, signs other than letters, digits and _ become _; call_tool("real-name", key=value) takes the real one.
- In signatures \`= ...\` may be left out, a key with \`?\` may be missing, \`…\` is more that is not told.
- parallel([lambda x=x: get(id=x) for x in ids]) calls at the same time; results in order.
- A failing tool ends the script, unless: try/except ToolError as e (str(e)), or r = attempt(tool, key=value), then r["ok"], r["value"], r["error"].
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
      'failed = [r for r in results if not r["ok"]]',
      'print(f"{len(failed)} could not be read")',
      'return {p: len(r["value"]) for p, r in zip(paths, results) if r["ok"]}',
    ].join('\n'),
    data: { paths: ['/srv/a.txt', '/srv/b.txt'] },
  },
] as const;
