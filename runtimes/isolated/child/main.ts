/**
 * The program of a child: runs the scripts that its parent sends, and ends with it.
 *
 * It speaks over file descriptor 3 alone. Signals to a whole group of processes are the parent's to heed: it
 * answers what is under way, and lets its children go afterwards.
 */
import { Socket } from 'node:net';

import { FrameReader, frameOf } from '../wire/frame.js';
import type { ToChild, ToParent } from '../wire/message.js';
import { ScriptRoom } from './script-room.js';

const MAX_BYTES = 2 ** 32;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

// What a runtime leaves behind of a script that had to end.
process.on('unhandledRejection', () => undefined);

const parent = new Socket({ fd: 3, readable: true, writable: true });
const room = new ScriptRoom((message: ToParent) => {
  parent.write(frameOf(message));
});
const reader = new FrameReader(
  () => MAX_BYTES,
  (message) => room.take(message as ToChild),
);

parent.on('data', (chunk: Buffer) => reader.push(chunk));
for (const event of ['end', 'close', 'error'] as const) parent.on(event, leave);

/** Leaves nothing behind that is worth an orderly exit, which may wait for threads of Node without end. */
function leave(): void {
  process.kill(process.pid, 'SIGKILL');
}
