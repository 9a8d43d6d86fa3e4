/** Attacks on each language in a process of its own: told as in process where the interpreter holds. */
import { expect } from 'chai';

import { createCodeMode, createStarlarkRuntime } from '../../../adapters/library/index.js';
import type { CodeMode, Limits, ScriptRuntime } from '../../../core/index.js';
import { createMontyRuntime } from '../../../runtimes/monty/index.js';
import { createQuickjsRuntime } from '../../../runtimes/quickjs/index.js';
import { isolated, type Isolated } from './isolated-scripts.js';
import { LANGUAGES } from './languages.js';

const LIMITS: Partial<Limits> = { steps: 100_000, memoryBytes: 8 * 1024 * 1024 };

interface Attacked {
  readonly make: () => ScriptRuntime | Promise<ScriptRuntime>;
  /** What is tried, and the script. */
  readonly attacks: Readonly<Record<string, string>>;
}

const ATTACKED: { readonly [name in keyof typeof LANGUAGES]: Attacked } = {
  starlark: {
    make: () => createStarlarkRuntime(),
    attacks: {
      loop: 'while True: pass',
      memory: 'x = []\nwhile True: x.append("a" * 1000)',
      recursion: 'def f(n): return f(n + 1)\nf(0)',
      'flood of lines': 'while True: print("a" * 100)',
      'flood of a result': 'return "a" * 2000000',
      'prototype tricks': 'x = {"__proto__": {"y": 1}, "constructor": 2}\nreturn [x, x.y]',
      backtracking: 'return re.search("((a+)+)+$", "a" * 500 + "b") == None',
      unreadable: '('.repeat(5_000),
    },
  },
  quickjs: {
    make: createQuickjsRuntime,
    attacks: {
      loop: 'for (;;);',
      memory: 'const x = []; for (;;) x.push("a".repeat(1000) + x.length)',
      recursion: '(function f() { f() })()',
      'flood of lines': 'for (;;) console.log("a".repeat(100))',
      'flood of a result': 'return "a".repeat(2e6)',
      'prototype tricks':
        'Object.prototype.y = 1; Array.prototype.map = null; JSON.stringify = () => "1"; return { ["__proto__"]: 1, z: 2 }',
      'way to the host': 'return ({}).constructor.constructor("return process")()',
      backtracking: '/(a+)+b/.test("a".repeat(60))',
      'promise that never settles': 'await new Promise(() => {})',
      unreadable: '('.repeat(5_000),
    },
  },
  monty: {
    make: createMontyRuntime,
    attacks: {
      loop: 'while True: pass',
      memory: '"a" * 10**10',
      recursion: 'def f(n): return f(n + 1)\nf(0)',
      'flood of lines': 'while True: print("a" * 100)',
      'flood of a result': 'return "a" * 2000000',
      'prototype tricks': 'return {"__proto__": {"y": 1}, "constructor": 2}',
      'way to the host': 'import os\nreturn os.listdir("/")',
      backtracking: 'import re\nre.match("(a+)+$", "a" * 40 + "b")',
      unreadable: '('.repeat(5_000),
    },
  },
};

for (const [name, { make, attacks }] of Object.entries(ATTACKED)) {
  const { source } = LANGUAGES[name as keyof typeof LANGUAGES];

  describe(`attacks on ${name} in a process of its own`, function () {
    this.timeout(60_000);
    let here: CodeMode;
    let apart: Isolated;

    before(async () => {
      const runtime = await make();
      here = await createCodeMode({ runtime });
      apart = await isolated({ ...source, processes: 1, runtime });
    });

    after(() => Promise.all([apart.codeMode.close(), here.close()]));

    const works = async (): Promise<void> => {
      const outcome = await apart.codeMode.run({ script: 'return [1, {"a": "b"}]' });
      expect(outcome.ok && outcome.value).to.deep.equal([1, { a: 'b' }]);
    };

    for (const [what, script] of Object.entries(attacks)) {
      it(`${what}: as in process, and the same process goes on`, async () => {
        const { pids } = apart.runtime;
        const wanted = await here.run({ script, limits: LIMITS });
        const outcome = await apart.codeMode.run({ script, limits: LIMITS });
        expect(outcome.ok ? outcome.text : outcome.error).to.deep.equal(
          wanted.ok ? wanted.text : wanted.error,
        );
        await works();
        expect(apart.runtime.pids).to.deep.equal(pids);
        expect(apart.reports).to.deep.equal([]);
      });
    }

    if (name === 'monty') {
      it('a fault of native code costs one process, its scripts, and nothing else', async () => {
        const script = 'import json\nx = []\nfor i in range(20000): x = [x]\nreturn len(json.dumps(x))';
        const limits = { steps: 10_000_000 };
        const outcome = await apart.codeMode.run({ script, limits });
        expect(outcome.ok || outcome.error.code).to.equal('internal');
        expect(outcome.ok || outcome.error.message).to.match(/the process that ran it ended \(SIG\w+\)$/);
        await works();
        expect(apart.reports).to.have.length(1);
      });

      it('an operation without end costs its process, soon after the wall time or at the wall of memory', async () => {
        const outcome = await apart.codeMode.run({
          script: LANGUAGES.monty.blocks,
          limits: { steps: 1e12, wallTimeMs: 300 },
        });
        expect(outcome.ok || outcome.error.code).to.be.oneOf(['limit/wall-time', 'limit/memory']);
        await works();
      });
    }
  });
}
