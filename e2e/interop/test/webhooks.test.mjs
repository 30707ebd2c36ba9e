import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { call, issueDiploma } from '../parties/issuer.mjs';
import { receiver } from '../parties/receiver.mjs';

describe('standardwebhooks', () => {
  let hooks;
  let webhook;

  before(async () => {
    hooks = await receiver();
    webhook = await call('POST', '/v1/webhooks', {
      json: { url: hooks.url, eventTypes: ['row.issued', 'row.delivered', 'batch.completed'] },
    });
  });

  after(async () => {
    await call('DELETE', `/v1/webhooks/${webhook.id}`);
    hooks.close();
  });

  test('verifies what is told of a row, and nothing that was changed on the way', async () => {
    const row = await issueDiploma('diploma', { media: ['EMAIL'] });
    const issued = await hooks.next('row.issued');
    const event = new Webhook(webhook.secret).verify(issued.body, issued.headers);
    assert.deepEqual(event.data.rows, [{ row: 2, credentialId: row.credentialId, credUrl: row.credUrl }]);
    const completed = await hooks.next('batch.completed');
    assert.equal(new Webhook(webhook.secret).verify(completed.body, completed.headers).data.status, 'COMPLETED');
    const delivered = await hooks.next('row.delivered');
    assert.equal(new Webhook(webhook.secret).verify(delivered.body, delivered.headers).data.rows[0].medium, 'EMAIL');
    assert.throws(() => new Webhook(webhook.secret).verify(issued.body.replace('"row":2', '"row":3'), issued.headers), WebhookVerificationError);
  });

  test('verifies with either secret after a rotation', async () => {
    const { secret } = await call('POST', `/v1/webhooks/${webhook.id}/secret`);
    await call('POST', `/v1/webhooks/${webhook.id}/test`);
    const { body, headers } = await hooks.next('webhook.test');
    for (const one of [secret, webhook.secret]) {
      assert.equal(new Webhook(one).verify(body, headers).data.webhookId, webhook.id);
    }
  });
});
