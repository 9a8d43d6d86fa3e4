/**
 * The engine beside starlark-go, in one run: `npm run bench:starlark`. Where Go is missing, the engine's
 * own figures alone. Absolute times depend on the machine and on what else it does; the ratios hold.
 *
 * `--only=warm,new,load,waits` runs parts of it; other arguments are names of programs.
 */
import { engines } from './engines.js';
import { load } from './load.js';
import { newScripts } from './new-scripts.js';
import { waits } from './waits.js';
import { warmPrograms } from './warm.js';

const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const wanted = (part: string): boolean => only === undefined || only.split(',').includes(part);

const make = engines();
if (wanted('warm')) await warmPrograms(make, names);
if (wanted('new')) await newScripts(make);
if (wanted('load')) load(make.door);
if (wanted('waits')) await waits(make.door);
