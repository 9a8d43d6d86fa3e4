/** The scripts by which each of our languages is judged. */
import type { RuntimeScripts } from '../../../core/testing/index.js';

export const STARLARK: RuntimeScripts = {
  answers: [
    ['return {"n": 1, "list": [1, "two", None, True, 0.5]}', { n: 1, list: [1, 'two', null, true, 0.5] }],
    ['return {"b": 10 ** 30, "1": ""}', { b: 10n ** 30n, 1: '' }],
    ['return None', null],
  ],
  givesBack: 'return given',
  calls: 'return echo(text=given)',
  callsTwice: 'echo(text=given)\nreturn echo(text=given)',
  fansOut: 'return parallel([lambda x=x: echo(text=x) for x in ["a", "b", "c"]])',
  catches: 'try:\n  fail_()\nexcept:\n  return "caught"',
  prints: 'print(given)',
  reports: 'progress(1, 2)',
  finds: 'return [t["name"] for t in tools.search(given)]',
  remembers: 'was = "mark" in data\ndata["mark"] = 1\nreturn was',
  unreadable: 'x = 1\nreturn x +',
  fails: 'x = 1\nreturn 1 // 0',
  loops: 'while True:\n  pass',
  recurses: 'def f():\n  return f()\nreturn f()',
  hoards: 'x = []\nwhile True:\n  x.append("a" * 1000)',
};

export const JAVASCRIPT: RuntimeScripts = {
  answers: [
    ['return { n: 1, list: [1, "two", null, true, 0.5] }', { n: 1, list: [1, 'two', null, true, 0.5] }],
    ['return { b: 10n ** 30n, 1: "" }', { b: 10n ** 30n, 1: '' }],
    ['return null', null],
  ],
  givesBack: 'return given',
  calls: 'return await echo({ text: given })',
  callsTwice: 'await echo({ text: given });\nreturn await echo({ text: given })',
  fansOut: 'return await Promise.all(["a", "b", "c"].map((text) => echo({ text })))',
  catches: 'try { await fail() } catch { return "caught" }',
  prints: 'console.log(given)',
  reports: 'progress(1, 2)',
  finds: 'return (await tools.search(given)).map(({ name }) => name)',
  remembers:
    'const was = globalThis.mark === 1 || [].mark === 1 || data.mark === 1;\ndata.mark = globalThis.mark = 1;\nArray.prototype.mark = 1;\nreturn was',
  unreadable: 'const x = 1;\nreturn x +',
  fails: 'const x = null;\nreturn x.y',
  loops: 'for (;;) ;',
  recurses: 'const f = () => f() + 1;\nreturn f()',
  hoards: 'const x = [];\nfor (;;) x.push("a".repeat(1000) + x.length)',
};

export const PYTHON: RuntimeScripts = {
  answers: [
    ['return {"n": 1, "list": [1, "two", None, True, 0.5]}', { n: 1, list: [1, 'two', null, true, 0.5] }],
    ['return {"b": 10 ** 30, 1: ""}', { b: 10n ** 30n, 1: '' }],
    ['return None', null],
  ],
  givesBack: 'return given',
  calls: 'return echo(text=given)',
  callsTwice: 'echo(text=given)\nreturn echo(text=given)',
  fansOut: 'return parallel([lambda x=x: echo(text=x) for x in ["a", "b", "c"]])',
  catches: 'try:\n  fail()\nexcept BaseException:\n  return "caught"',
  prints: 'print(given)',
  reports: 'progress(1, 2)',
  finds: 'return [t["name"] for t in tools_search(given)]',
  remembers:
    'import math\nwas = "mark" in data or hasattr(math, "mark")\ndata["mark"] = 1\ntry:\n  math.mark = 1\nexcept Exception:\n  pass\nreturn was',
  unreadable: 'x = 1\nreturn x +',
  fails: 'x = 1\nreturn 1 // 0',
  loops: 'while True:\n  pass',
  recurses: 'def f():\n  return f()\nreturn f()',
  hoards: 'x = []\nwhile True:\n  x.append("a" * 1000)',
};
