/** The gamma function. */

/** Lanczos' coefficients for g = 7, n = 9. */
const COEFFICIENTS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const G = 7;

/** Γ(x): for whole numbers the float nearest to it, else right to some 13 digits. */
export function gamma(x: number): number {
  if (Number.isInteger(x)) return gammaOfInteger(x);
  if (x === -Infinity) return NaN;
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  return x > 171.7 ? x * Infinity : lanczos(x - 1);
}

/** At the poles: ±∞ at ±0, NaN at the negative ones. */
function gammaOfInteger(x: number): number {
  if (x === 0) return 1 / x;
  if (x < 0) return NaN;
  return x > 171 ? Infinity : (factorials ??= firstFactorials())[x - 1]!;
}

let factorials: readonly number[] | undefined;

/** 0! to 170!, each the float nearest to it. */
function firstFactorials(): number[] {
  let product = 1n;
  return Array.from({ length: 171 }, (_, n) => Number((product *= BigInt(Math.max(n, 1)))));
}

/** In two halves of the power, so that neither overflows. */
function lanczos(x: number): number {
  const sum = COEFFICIENTS.reduce((sum, coefficient, i) =>
    i === 0 ? coefficient : sum + coefficient / (x + i),
  );
  const t = x + G + 0.5;
  const half = Math.pow(t, (x + 0.5) / 2);
  return Math.sqrt(2 * Math.PI) * half * Math.exp(-t) * half * sum;
}
