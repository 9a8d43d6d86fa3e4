/** Figures in columns. */

/** A line: a name, then figures, or words. What is missing stays empty. */
export function row(name: string, cells: readonly (number | string | undefined)[]): string {
  return name.padEnd(24) + cells.map((cell) => shown(cell).padStart(11)).join('');
}

function shown(cell: number | string | undefined): string {
  if (typeof cell !== 'number') return cell ?? '';
  return cell >= 100 ? cell.toFixed(0) : cell.toFixed(cell >= 10 ? 1 : 3);
}

/** The mean of ratios. */
export function geometricMean(ratios: readonly number[]): number {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}
