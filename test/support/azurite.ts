/**
 * Azurite, Microsoft's emulator of Azure Storage, for tests and benches: its blob service alone, in a process of its own on a free port, in memory.
 * It dies with the process that started it, however that ends. It is not Azure: same protocol and same rules, other speed, no replication.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';

export interface AzuriteServer {
  readonly port: number;
  /** The connection string; `port` of a proxy in front of it. */
  connection(port?: number): string;
  /** A container as anyone sees it who may, past the store. */
  container(name: string): ContainerClient;
  /** As if the fifteen seconds since its owner's death were over. */
  expireLease(container: string): Promise<void>;
  stop(): Promise<void>;
}

/** The account and the key that every Azurite has; published by Microsoft, no secret. */
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export function azuriteConnection(port: number): string {
  return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=http://127.0.0.1:${port}/${account};`;
}

/** When our end of its standard input closes, however that comes about, the shell ends the server. */
const guard = '"$@" & server=$!; read -r word; kill -TERM $server 2>/dev/null; wait $server';

export async function startAzurite(): Promise<AzuriteServer> {
  const program = join(__dirname, '..', '..', 'node_modules', 'azurite', 'dist', 'src', 'blob', 'main.js');
  const options = ['--blobHost', '127.0.0.1', '--blobPort', '0', '--inMemoryPersistence', '--skipApiVersionCheck'];
  const child = spawn(
    '/bin/sh',
    ['-c', guard, 'azurite', process.execPath, program, ...options, '--silent', '--disableTelemetry'],
    { cwd: tmpdir(), stdio: ['pipe', 'pipe', 'ignore'], detached: true },
  );
  const closed = once(child, 'close');
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /successfully listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    void closed.then(() => {
      reject(new Error('Azurite ended before it listened'));
    });
  });
  const connection = (at = port): string => azuriteConnection(at);
  const container = (name: string): ContainerClient =>
    BlobServiceClient.fromConnectionString(connection()).getContainerClient(name);
  return {
    port,
    connection,
    container,
    async expireLease(name) {
      await container(name).getBlobClient('manifest.json').getBlobLeaseClient().breakLease(0);
    },
    async stop() {
      child.stdin.end();
      await closed;
    },
  };
}
