/** What went wrong with the command itself, in words for its user, and the exit code that tells it. */
import { ERROR_CODES, type ErrorCode } from '../../core/index.js';
import { faultText, ManifestError, type Fault } from '../../core/manifest/index.js';
import { EXIT_CODES, type ExitCode } from './exit-code.js';
import { printable, type Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** Tells of a problem, never with a stack; answers the exit code. */
export function reportProblem(problem: unknown, terminal: Terminal): ExitCode {
  const { code, lines } = judge(problem);
  const error = terminal.colors.red('error');
  for (const line of lines) terminal.note(`${error}: ${printable(line)}`);
  return code;
}

interface Judgement {
  readonly code: ExitCode;
  readonly lines: readonly string[];
}

function judge(problem: unknown): Judgement {
  if (problem instanceof ManifestError) return { code: EXIT_CODES.misuse, lines: manifestLines(problem) };
  if (problem instanceof UsageError) return { code: EXIT_CODES.misuse, lines: [problem.message] };
  if (isCoded(problem)) return { code: codeOf(problem), lines: [problem.message] };
  if (isListenFailure(problem)) return { code: EXIT_CODES.unavailable, lines: [listenText(problem)] };
  const message = problem instanceof Error ? problem.message : String(problem);
  return { code: EXIT_CODES.internal, lines: [`internal: ${message}`] };
}

/** By its code, not its class: a plugin may have a copy of the package of its own. */
function isCoded(problem: unknown): problem is Error & { readonly code: ErrorCode } {
  return problem instanceof Error && 'code' in problem && Object.hasOwn(ERROR_CODES, String(problem.code));
}

function codeOf({ code }: { readonly code: ErrorCode }): ExitCode {
  if (code === 'config/invalid') return EXIT_CODES.misuse;
  return code === 'internal' ? EXIT_CODES.internal : EXIT_CODES.unavailable;
}

/** The act once, then each fault on a line of its own; a single fault follows its act. */
function manifestLines({ act, faults }: ManifestError): string[] {
  const lines = faults.map(faultLine);
  return lines.length === 1 ? [`${act}: ${lines.join('')}`] : [`${act}: ${faults.length} faults`, ...lines];
}

/** A fault with its line, where it has a path; without one, its own words say where. */
function faultLine(fault: Fault): string {
  const { position, path } = fault;
  const place = position === undefined || path.length === 0 ? '' : `line ${position.line}: `;
  return place + faultText(fault);
}

interface ListenFailure extends Error {
  readonly syscall: 'listen';
  readonly code: string;
  readonly address?: string;
  readonly port?: number;
}

function isListenFailure(problem: unknown): problem is ListenFailure {
  return (
    problem instanceof Error &&
    'syscall' in problem &&
    ['listen', 'getaddrinfo'].includes(String(problem.syscall))
  );
}

const LISTEN_FAILURES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is taken',
  EACCES: 'that is not permitted',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

function listenText({ code, address = '', port }: ListenFailure): string {
  const place = port === undefined ? address : `${address}:${port}`;
  return `listen on ${place}: ${LISTEN_FAILURES[code] ?? code}`;
}
