// A recipient's messages, as the quickstart's mailbox keeps them.
import assert from 'node:assert/strict';
import { call, within } from './issuer.mjs';

const LONGEST = 60_000;

/** The secret link by which the recipient of a row claims; it stands in the message only. */
export function claimLink(row) {
  return within(LONGEST, async () => {
    const { items, texts } = await call('GET', '/dev/inbox?limit=1000', { accept: 'application/json' });
    const mail = items.find(({ mail }) => JSON.stringify(mail).includes(row.recipient.email));
    assert.ok(mail, `no mail to ${row.recipient.email}`);
    const { text } = await call('GET', mail.link, { accept: 'application/json' });
    const link = /\S+\/claim\/\S+/.exec(text)?.[0];
    assert.ok(link, `no claim link in: ${text}`);
    return { link, text, texts: texts.filter((one) => one.recipient === row.recipient.phone) };
  });
}
