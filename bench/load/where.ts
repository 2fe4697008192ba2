/** When, where and beside what: said under every figure of load, faults and soak. */
import { cpus, loadavg } from 'node:os';

export function where(): string {
  return `Measured ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, Node ${process.version}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, load ${(loadavg()[0] ?? 0).toFixed(1)}: the machine was shared with other work, and the load generator ran on it too.`;
}
