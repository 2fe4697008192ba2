/**
 * Whatever a person types, nothing that runs or leads astray comes back: row 25 of the fault matrix, through the real conversation.
 * What editors write is held by test/rendering/safeMarkdown.test.ts; what the browser shows, by the browser tests.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/clock';
import { createMemoryStorage } from '../../src/storage/memory';
import { call, openConversation } from '../support/rawDirectLine';
import { startService, type TestService } from '../support/service';
import { talkingKnowledge } from '../support/talkingKnowledge';

const storage = createMemoryStorage(systemClock);
let service: TestService;
beforeAll(async () => {
  service = await startService({
    storage,
    env: { KNOWLEDGE_DIR: talkingKnowledge(), KNOWLEDGE_RELOAD: 'off', AZURE_CHANNELS: 'telegram,sms' },
  });
}, 30_000);
afterAll(async () => {
  // An apology would be inert as well, and prove nothing.
  expect(service.logLines.filter((line) => line.includes('turn.failed'))).toEqual([]);
  await service.service.close();
});

const hostile = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script> Termin verpasst',
  '[klick](javascript:alert(1)) Welches Jobcenter in <b>Essen</b>?',
  '![x](https://evil.example/pixel.png) Hilfe',
  '[Jobcenter](https://evil.example) <a href="data:text/html,x">x</a>',
  '"><svg/onload=alert(1)>',
  '&#60;img src=x onerror=alert(1)&#62;',
  '*fett* _kursiv_ `code` ~~weg~~ # Titel',
];

const dangerous = /<\s*(?:img|script|svg|iframe|a|b)\b|javascript:|data:text|evil\.example|onerror/i;

it.each(hostile)('25 gives nothing of „%s“ back to the website', async (text) => {
  const conversation = await openConversation(service.base);
  await conversation.say(text);
  const replies = await conversation.replies(2);
  expect(JSON.stringify(replies)).not.toMatch(dangerous);
});

it.each(['telegram', 'sms', 'webchat'])('25 gives nothing hostile back over %s', async (channelId) => {
  for (const [index, text] of hostile.entries()) {
    const { status, body } = await call(service.base, 'POST', '/api/messages', {
      body: {
        type: 'message',
        id: `${channelId}${index}`,
        text,
        channelId,
        serviceUrl: 'http://localhost:9/',
        from: { id: 'u' },
        recipient: { id: 'b' },
        conversation: { id: `${channelId}${index}` },
        deliveryMode: 'expectReplies',
      },
    });
    expect(status).toBe(200);
    expect((body['activities'] as unknown[]).length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toMatch(dangerous);
  }
});

it('25 has no script, style or handler inside a page of ours', () => {
  const pages = readdirSync('src/widget').filter((name) => name.endsWith('.html'));
  expect(pages.length).toBeGreaterThan(0);
  for (const name of pages) {
    const html = readFileSync(join('src/widget', name), 'utf8');
    expect(html).not.toMatch(
      /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|(?:src|href)="(?:https?:)?\/\//i,
    );
  }
});

it.each(['DE89 3704 0044 0532 0130 00', '0171 2345678', '35504//0012345', 'eva.beispiel@example.de'])(
  '26 keeps „%s“ out of storage, logs and metrics when a messenger brings it',
  async (canary) => {
    const activity = {
      type: 'message',
      text: `Meine Nummer ist ${canary}, wann kommt mein Geld?`,
      channelId: 'telegram',
      serviceUrl: 'http://localhost:9/',
      from: { id: 'u' },
      recipient: { id: 'b' },
      conversation: { id: 'canary' },
      deliveryMode: 'expectReplies',
    };
    const { status, body } = await call(service.base, 'POST', '/api/messages', {
      body: { ...activity, id: `canary-${canary.length}` },
    });
    expect(status).toBe(200);
    const kept =
      JSON.stringify(await storage.store.list('')) +
      service.logLines.join('\n') +
      (await (await fetch(`${service.base}/metrics`)).text());
    expect(kept).toContain('state/telegram/canary');
    expect(kept).not.toContain(canary);
    expect(JSON.stringify(body)).not.toContain(canary);
  },
);
