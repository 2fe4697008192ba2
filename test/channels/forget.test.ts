/**
 * „Meine Daten löschen“ over the website: what was said is gone from the storage with the turn that was asked to forget it.
 */
import { requestDeletion } from '../../src/bot/state';
import { systemClock } from '../../src/clock';
import { createMemoryStorage } from '../../src/storage/memory';
import { openConversation } from '../support/rawDirectLine';
import { startService } from '../support/service';

it('leaves neither log nor state of a conversation that is to be forgotten', async () => {
  const storage = createMemoryStorage(systemClock);
  const { base, service } = await startService({
    storage,
    runner: {
      async run(context) {
        if (context.activity.text === 'Meine Daten löschen') requestDeletion(context);
        if (context.activity.type === 'message') await context.sendActivity(`Gehört: ${context.activity.text}`);
      },
    },
  });
  const conversation = await openConversation(base);
  await conversation.say('Mein Geheimnis', 'geheimnis-1');
  await conversation.replies(1);
  expect(JSON.stringify(await storage.store.list(''))).toContain('Geheimnis');
  await conversation.say('Meine Daten löschen');
  await new Promise((resolve) => setTimeout(resolve, 300));
  const kept = await storage.store.list('');
  expect(JSON.stringify(kept)).not.toMatch(/Geheimnis|geheimnis-1/);
  expect(kept.some(([key]) => key.startsWith('state/'))).toBe(false);
  expect((await conversation.activities()).map(({ text }) => text)).toEqual(['Gehört: Meine Daten löschen']);
  await conversation.say('Und weiter');
  await conversation.replies(2);
  await service.close();
});
