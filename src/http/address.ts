/**
 * Where a request comes from and how the client reached us. Forwarded headers count only when a configured proxy sends them.
 */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

export interface Addresses {
  /** The client's address; for limits only, never logged. */
  client(request: IncomingMessage): string;
  /** `https://chat.example.de`. */
  base(request: IncomingMessage): string;
}

/** `trustedProxies`: addresses or CIDR ranges; `publicUrl`: the one true base address, when the operator gives it. */
export function createAddresses(options: {
  readonly trustedProxies: readonly string[];
  readonly publicUrl?: string;
}): Addresses {
  const proxies = new BlockList();
  for (const proxy of options.trustedProxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) proxies.addAddress(address, family);
    else proxies.addSubnet(address, Number(bits), family);
  }
  const isProxy = (address: string): boolean => {
    const version = isIP(address);
    return version !== 0 && proxies.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };

  return {
    client(request) {
      let address = plain(request.socket.remoteAddress ?? '');
      const forwarded = header(request, 'x-forwarded-for').split(',');
      // From the nearest hop outwards, as long as the hop is one of our proxies.
      while (isProxy(address)) {
        const next = plain(forwarded.pop()?.trim() ?? '');
        if (isIP(next) === 0) break;
        address = next;
      }
      return address;
    },
    base(request) {
      if (options.publicUrl !== undefined) return options.publicUrl;
      const trusted = isProxy(plain(request.socket.remoteAddress ?? ''));
      const proto = trusted && header(request, 'x-forwarded-proto') === 'https' ? 'https' : 'http';
      const host = request.headers.host ?? '';
      return `${proto}://${/^[\w.:[\]-]{1,255}$/.test(host) ? host.toLowerCase() : 'localhost'}`;
    },
  };
}

function plain(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}
