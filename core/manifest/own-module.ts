/**
 * Finds modules of this very package by their public name.
 *
 * `toolscript/…` in a manifest always means the copy that is running, wherever the manifest lies; and in a
 * checkout without a build it means the source.
 */
import { readFileSync } from 'node:fs';

const PACKAGE = 'toolscript';

/** The URL of `toolscript` or `toolscript/…`; undefined when this package lets out no such module. */
export function ownModule(specifier: string): string | undefined {
  const subpath = `.${specifier.slice(PACKAGE.length)}`;
  const { root, exports } = ownPackage();
  const target = Object.hasOwn(exports, subpath) ? exports[subpath] : undefined;
  if (target === undefined) return undefined;
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? target.replace('./dist/', './').replace(/\.js$/, '.ts') : target, root).href;
}

/** Whether a specifier names this package or one of its modules. */
export function isOwn(specifier: string): boolean {
  return specifier === PACKAGE || specifier.startsWith(`${PACKAGE}/`);
}

/** The names that this package lets out under a path, e.g. `toolscript/plugins/telemetry/log`. */
export function ownPlugins(): string[] {
  return Object.keys(ownPackage().exports)
    .filter((subpath) => subpath.startsWith('./plugins/'))
    .map((subpath) => PACKAGE + subpath.slice(1));
}

interface OwnPackage {
  readonly root: URL;
  readonly name: string;
  readonly exports: Readonly<Record<string, string>>;
}

/** The nearest `package.json` above this file that is ours. */
function ownPackage(): OwnPackage {
  let root = new URL('./', import.meta.url);
  for (;;) {
    const found = packageAt(root);
    if (found?.name === PACKAGE) return found;
    const above = new URL('../', root);
    if (above.href === root.href) throw new Error(`no package.json of ${PACKAGE} above ${import.meta.url}`);
    root = above;
  }
}

function packageAt(root: URL): OwnPackage | undefined {
  try {
    const description = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as Omit<
      OwnPackage,
      'root'
    >;
    return { ...description, root };
  } catch {
    return undefined;
  }
}
