/** Where a ping may go. */

const LONGEST = 2_048;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** What is wanted in place of this address; undefined for one that will do. */
export function pingUrlFault(text: string): string | undefined {
  if (text.length > LONGEST || !URL.canParse(text)) return 'wanted an address that starts with https://';
  const { protocol, hostname, username, password, hash } = new URL(text);
  const isOpen = protocol === 'http:' && LOOPBACK.test(hostname);
  if (protocol !== 'https:' && !isOpen) {
    return 'wanted https://, or http:// with a name of this very machine';
  }
  if (username !== '' || password !== '') return 'wanted no name or password in it';
  return hash === '' ? undefined : 'wanted no fragment in it';
}
