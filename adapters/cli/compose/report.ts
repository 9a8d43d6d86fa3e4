/** Takes what goes wrong beside the main line, a line each. */
export type Report = (line: string) => void;
