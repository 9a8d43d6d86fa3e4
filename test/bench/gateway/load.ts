/** Calls by a client, one after another and many at once. */
import type { Client } from '@modelcontextprotocol/client';

/** Calls `echo` once, and looks at the answer. */
export async function echo(client: Client, message: string): Promise<void> {
  const { content } = await client.callTool({ name: 'echo', arguments: { message } });
  const [block] = content;
  if (block?.type !== 'text' || block.text !== `Echo: ${message}`)
    throw new Error('not the echo that was asked for');
}

/** Acts so many times, so many at once. */
export async function windowed(
  count: number,
  width: number,
  act: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await act(next);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}

/** Prints a figure. */
export function report(what: string, figure: string): void {
  console.log(`  ${what.padEnd(44)} ${figure}`);
}
