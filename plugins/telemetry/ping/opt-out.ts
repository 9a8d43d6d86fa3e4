/** Environment variables that forbid the ping, whatever the manifest says. */

/** An environment, as `process.env` is one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Our own, the one that many programs share, and those by which services that build software are known. */
const FORBIDDING = [
  'TOOLSCRIPT_NO_PING',
  'DO_NOT_TRACK',
  'CI',
  'CONTINUOUS_INTEGRATION',
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'CIRCLECI',
  'TRAVIS',
  'BUILDKITE',
  'DRONE',
  'TF_BUILD',
  'JENKINS_URL',
  'TEAMCITY_VERSION',
] as const;

const NOT_SET: ReadonlySet<string> = new Set(['', '0', 'false']);

/** The variable that forbids it, where one is set to anything but nothing, `0` or `false`. */
export function forbiddenBy(env: Environment): string | undefined {
  return FORBIDDING.find((name) => !NOT_SET.has((env[name] ?? '').trim().toLowerCase()));
}
