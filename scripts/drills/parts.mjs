/**
 * What the drills share: the service as a process of its own, a conversation over Direct Line, plain lines for whoever watches.
 * Run by `node --import tsx`, so that the helpers of the tests can be used. Needs `npm run build` before.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One line for whoever watches, with the seconds since the start. */
export function tell(line) {
  console.log(`${(performance.now() / 1000).toFixed(1).padStart(6)} s  ${line}`);
}

export function temporaryFolder() {
  return mkdtempSync(join(tmpdir(), 'lotse-drill-'));
}

/** Starts dist/src/main.js and resolves with its address when it says so. The drill's own environment does not configure it. */
export function startService(env) {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env: { PATH, HOME, TMPDIR, KNOWLEDGE_RELOAD: 'off', LOG_LEVEL: 'error', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Whatever ends the drill ends the service.
  process.once('exit', () => child.kill('SIGKILL'));
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let said = '';
  let failed = '';
  child.stderr.on('data', (chunk) => (failed += chunk));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`No address: ${failed}`));
    }, 120_000);
    child.once('exit', (code) => reject(new Error(`Ended with ${code}: ${failed}`)));
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const base = /Jobcenter-Lotse: (http:\/\/[^/]+)\//.exec(said)?.[1];
      if (base === undefined) return;
      clearTimeout(timer);
      resolve({
        base,
        async end(signal) {
          child.kill(signal);
          await exited;
        },
      });
    });
  });
}

/** A conversation without a browser; it outlives the process that it was begun with. */
export async function openConversation(base) {
  const { token } = await request(base, 'POST', '/v3/directline/tokens/generate');
  const started = await request(base, 'POST', '/v3/directline/conversations', token);
  return { id: started.conversationId, token: started.token };
}

/** Sends a message and resolves with what was answered to it. */
export async function ask(base, { id, token }, text) {
  const path = `/v3/directline/conversations/${id}/activities`;
  const posted = await request(base, 'POST', path, token, { type: 'message', text });
  for (const endMs = Date.now() + 15_000; Date.now() < endMs;) {
    const replies = (await log(base, { id, token })).filter(({ replyToId }) => replyToId === posted.id);
    if (replies.length > 0) return replies.map((reply) => reply.text ?? '').join('\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No answer to „${text}“`);
}

/** Everything said in the conversation. */
export async function log(base, { id, token }) {
  const all = [];
  for (let watermark = ''; ;) {
    const page = await request(
      base,
      'GET',
      `/v3/directline/conversations/${id}/activities?watermark=${watermark}`,
      token,
    );
    if (page.activities.length === 0) return all;
    all.push(...page.activities);
    watermark = page.watermark;
  }
}

async function request(base, method, path, token, body) {
  const response = await fetch(base + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Ends the drill: what must hold and does not makes it fail. */
export function check(what, holds) {
  tell(`${holds ? 'gut ' : 'FEHL'}  ${what}`);
  if (!holds) process.exitCode = 1;
}
