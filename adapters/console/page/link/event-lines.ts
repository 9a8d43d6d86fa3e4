/** Takes an event stream apart: the `data` of each event, as its text arrives in pieces. */

/** A reader of pieces of an event stream; each call answers the data of the events that it completed. */
export function eventLines(): (piece: string) => string[] {
  let rest = '';
  return (piece) => {
    const events = (rest + piece).split(/\r?\n\r?\n/);
    rest = events.pop() ?? '';
    return events.map(dataOf).filter((data) => data !== '');
  };
}

function dataOf(event: string): string {
  return event
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trimStart())
    .join('\n');
}
