/** QuickJS with a meter in it, compiled once, from which sandboxes are made. */
import type { QuickJSWASMModule } from 'quickjs-emscripten-core';

import type { QuickjsPackages } from '../packages.js';
import { DEPTH, FUEL, LEAST_PAGES, metered, OUT_OF_FUEL, PAGES, TOO_DEEP } from './metering.js';

/** The most pages of 64 KiB that any sandbox may have: 2 GiB. */
const MOST_PAGES = 32_768;

/** What a running sandbox calls: the first two when a counter is below zero; both may throw. */
export interface MeterCalls {
  outOfFuel(): void;
  tooDeep(): void;
  /** It asks the host something. When its memory grows next, the number is how many bytes it wants. */
  asks(number: number): void;
}

/** One WebAssembly instance of QuickJS. */
export interface EngineInstance {
  readonly quickjs: QuickJSWASMModule;
  readonly memory: WebAssembly.Memory;
  readonly fuel: WebAssembly.Global;
  readonly depth: WebAssembly.Global;
  /** Pages of 64 KiB that the memory has for QuickJS; there may be more. */
  readonly pages: WebAssembly.Global;
}

/** Makes instances. */
export class Engine {
  private constructor(
    private readonly packages: QuickjsPackages,
    private readonly module: WebAssembly.Module,
    private readonly callOuts: ReadonlySet<string>,
  ) {}

  /** Rejects where QuickJS is not as expected: nothing runs without a meter. */
  static async load(packages: QuickjsPackages): Promise<Engine> {
    const { bytes, callOuts } = metered(packages.wasm);
    return new Engine(packages, await WebAssembly.compile(bytes), callOuts);
  }

  /** A new instance with a memory of its own. */
  async instance(calls: MeterCalls): Promise<EngineInstance> {
    const { core, variant } = this.packages;
    const memory = new WebAssembly.Memory({ initial: LEAST_PAGES, maximum: MOST_PAGES });
    let exports: WebAssembly.Exports | undefined;
    const own = core.newVariant(variant, {
      wasmMemory: memory,
      emscriptenModule: {
        instantiateWasm: (imports, onSuccess) => {
          const instance = new WebAssembly.Instance(this.module, this.withMeter(imports, calls));
          exports = instance.exports;
          onSuccess(instance);
          return exports;
        },
      },
    });
    const quickjs = await core.newQuickJSWASMModuleFromVariant(own);
    return {
      quickjs,
      memory,
      fuel: counter(exports, FUEL),
      depth: counter(exports, DEPTH),
      pages: counter(exports, PAGES),
    };
  }

  /** The imports, of which some listen for the meter as well. */
  private withMeter(imports: WebAssembly.Imports, calls: MeterCalls): WebAssembly.Imports {
    const listening = (original: unknown) => (argument: number) => {
      if (argument === OUT_OF_FUEL) calls.outOfFuel();
      else if (argument === TOO_DEEP) calls.tooDeep();
      else if (typeof original === 'function') {
        calls.asks(argument >>> 0);
        return Reflect.apply(original, undefined, [argument]) as unknown;
      }
      return 0;
    };
    const metered = ([name, value]: [string, unknown]): [string, unknown] =>
      this.callOuts.has(name) ? [name, listening(value)] : [name, value];
    return Object.fromEntries(
      Object.entries(imports).map(([module, values]) => [
        module,
        Object.fromEntries(Object.entries(values).map(metered)),
      ]),
    );
  }
}

function counter(exports: WebAssembly.Exports | undefined, name: string): WebAssembly.Global {
  const value = exports?.[name];
  if (value instanceof WebAssembly.Global) return value;
  throw new RangeError(`start QuickJS: no counter ${name}`);
}
