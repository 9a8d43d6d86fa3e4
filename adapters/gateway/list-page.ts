/**
 * Cuts lists into pages. A cursor says after which entry the next page begins, by place and by name: any
 * replica can go on with it, and where the list has become another it goes on after that entry if it is
 * still there, else from the same place.
 */
import { createHash } from 'node:crypto';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

const POSITION_BYTES = 4;
const NAME_BYTES = 16;

/** The page that a cursor asks for; `size` 0 is all there is. Throws -32602 for what is no cursor of ours. */
export function pageOf<T>(
  list: readonly T[],
  nameOf: (item: T) => string,
  cursor: unknown,
  size: number,
): Page<T> {
  const start = cursor === undefined ? 0 : startAfter(list, nameOf, readCursor(cursor));
  const end = size > 0 ? Math.min(start + size, list.length) : list.length;
  const items = start === 0 && end === list.length ? list : list.slice(start, end);
  if (end >= list.length) return { items };
  return { items, nextCursor: writeCursor(end, nameOf(list[end - 1]!)) };
}

interface Cursor {
  /** How many entries were before. */
  readonly position: number;
  readonly name: Buffer;
}

function startAfter<T>(list: readonly T[], nameOf: (item: T) => string, { position, name }: Cursor): number {
  const isLast = (item: T | undefined): boolean => item !== undefined && shortened(nameOf(item)).equals(name);
  if (isLast(list[position - 1])) return position;
  const found = list.findIndex(isLast);
  return found >= 0 ? found + 1 : Math.min(position, list.length);
}

function writeCursor(position: number, name: string): string {
  const bytes = Buffer.alloc(POSITION_BYTES);
  bytes.writeUInt32BE(position);
  return Buffer.concat([bytes, shortened(name)]).toString('base64url');
}

function readCursor(cursor: unknown): Cursor {
  const bytes = typeof cursor === 'string' ? Buffer.from(cursor, 'base64url') : Buffer.alloc(0);
  const isOurs = bytes.length === POSITION_BYTES + NAME_BYTES && bytes.toString('base64url') === cursor;
  if (!isOurs) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Invalid cursor');
  return { position: bytes.readUInt32BE(), name: bytes.subarray(POSITION_BYTES) };
}

function shortened(name: string): Buffer {
  return createHash('sha256').update(name).digest().subarray(0, NAME_BYTES);
}
