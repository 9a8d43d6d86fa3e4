import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect } from 'chai';
import { ClientAddresses, comesFromHere } from '../../../../adapters/gateway/http/client-address.js';

function request(remoteAddress: string, forwarded?: string): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
  const message = new IncomingMessage(socket);
  if (forwarded !== undefined) message.headers['x-forwarded-for'] = forwarded;
  return message;
}

describe('where a request comes from', () => {
  it('is the connection, whatever somebody has written', () => {
    const addresses = new ClientAddresses();
    expect(addresses.of(request('192.0.2.1', '198.51.100.1'))).to.equal('192.0.2.1');
    expect(addresses.of(request('::ffff:192.0.2.1'))).to.equal('192.0.2.1');
    expect(addresses.of(request('2001:db8::1'))).to.equal('2001:db8::1');
  });

  it('is what trusted proxies add, up to the first that nobody trusts', () => {
    const addresses = new ClientAddresses(['10.0.0.0/8', '2001:db8::/32', '192.0.2.1']);
    expect(addresses.of(request('10.1.1.1', '198.51.100.1'))).to.equal('198.51.100.1');
    expect(addresses.of(request('10.1.1.1', '6.6.6.6, 198.51.100.1, 10.2.2.2'))).to.equal('198.51.100.1');
    expect(addresses.of(request('::ffff:10.1.1.1', '2001:db9::7'))).to.equal('2001:db9::7');
    expect(addresses.of(request('2001:db8::5', ' 192.0.2.1 '))).to.equal('192.0.2.1');
    expect(addresses.of(request('10.1.1.1', 'unknown'))).to.equal('10.1.1.1');
    expect(addresses.of(request('10.1.1.1', '198.51.100.1, <script>'))).to.equal('10.1.1.1');
    expect(addresses.of(request('10.1.1.1'))).to.equal('10.1.1.1');
  });

  it('refuses what is no address or network', () => {
    for (const place of ['', 'proxy', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/8/8', '::/129']) {
      expect(() => new ClientAddresses([place]), place)
        .to.throw('trust a proxy')
        .with.property('code', 'config/invalid');
    }
  });

  it('is this machine only when no proxy speaks for another', () => {
    expect(comesFromHere(request('127.0.0.1'))).to.equal(true);
    expect(comesFromHere(request('::ffff:127.0.0.1'))).to.equal(true);
    expect(comesFromHere(request('::1'))).to.equal(true);
    expect(comesFromHere(request('127.0.0.1', '127.0.0.1'))).to.equal(false);
    expect(comesFromHere(request('192.0.2.1'))).to.equal(false);
  });
});
