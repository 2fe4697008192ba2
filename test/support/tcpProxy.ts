/**
 * Stands between a client and a server and can fall silent: connections stay open, new ones are taken, nothing comes through. As a server that hangs,
 * or a firewall that swallows.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  silence(): void;
  /** Lets everything through again that comes from now on; what was open during the silence is cut. */
  speak(): void;
  close(): Promise<void>;
}

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    const forward = (from: Socket, to: Socket): void => {
      sockets.add(from);
      from.on('data', (chunk) => {
        if (!silent) to.write(chunk);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        if (!silent) to.destroy();
      });
    };
    forward(client, target);
    forward(target, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of [...sockets]) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    silence() {
      silent = true;
    },
    speak() {
      silent = false;
      cut();
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
