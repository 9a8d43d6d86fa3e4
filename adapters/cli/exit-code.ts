/** What the command answers to its shell: the one table of exit codes. */

/** Exit codes, in the order of `--help`. */
export const EXIT_CODES = {
  /** The command did what it was asked. */
  ok: 0,
  /** A script failed; its error says why. */
  scriptFailed: 1,
  /** A script has faults. */
  faulty: 1,
  /** An audit trail has been tampered with. */
  notWhole: 1,
  /** An import left something for a person to decide. */
  unfinished: 1,
  /** The doctor found something that must be mended. */
  unwell: 1,
  /** The command line, the manifest or a plugin is at fault; nothing ran. */
  misuse: 2,
  /** A server is down, there is no such tool, or an address cannot be listened on. */
  unavailable: 3,
  /** A fault of Toolscript itself. */
  internal: 70,
  /** Interrupted (Ctrl+C); `serve` and `run --watch` then end in order, with 0. */
  interrupted: 130,
} as const;

/** An exit code. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** Takes a command's exit code. */
export type Answer = (code: ExitCode) => void;

/** The table as `--help` shows it. */
export const EXIT_CODE_HELP = `
Exit codes:
    0  done
    1  a script failed or has faults, an audit trail is not whole, an import is left
       unfinished, or the doctor found an error
    2  the command line, the manifest or a plugin is at fault; nothing ran
    3  a server is down, there is no such tool, or an address cannot be listened on
   70  a fault of Toolscript itself
  130  interrupted
`;
