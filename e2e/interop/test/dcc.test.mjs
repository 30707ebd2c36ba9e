import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { findings } from '../parties/dcc.mjs';
import { change, diplomas, issue, issueDiploma, within } from '../parties/issuer.mjs';
import { read } from '../parties/verifier.mjs';

const PUBLISHED_WITHIN = 2_000;
const BADGE =
  'First Name,Last Name,Email,Expiration,Course,Hours,Completed On\r\nAda,Lovelace,ada@example.org,,Data Literacy,12,2026-06-26\r\n';

const json = async (row) => JSON.parse((await read(`${row.credUrl}.json`)).text);

describe('@digitalcredentials/verifier-core', () => {
  test('accepts an Open Badge 3.0 with signature, status and dates', async () => {
    const found = await findings(await json(await issue('open-badge', BADGE)));
    assert.equal(found.fatal, undefined);
    assert.equal(found.valid_signature, true);
    assert.equal(found.revocation_status, true);
    assert.equal(found.suspension_status, true);
    assert.equal(found.expiration, true);
  });

  test('sees a suspension, its end and a revocation within 2 s', async () => {
    const row = await issueDiploma(await diplomas(['vc+jwt', 'eddsa-rdfc-2022']));
    const says = async (member, value) => assert.equal((await findings(await json(row)))[member], value);
    await says('revocation_status', true);
    await change(row, 'suspend');
    await within(PUBLISHED_WITHIN, () => says('suspension_status', false));
    await change(row, 'reinstate');
    await within(PUBLISHED_WITHIN, () => says('suspension_status', true));
    await change(row, 'revoke');
    await within(PUBLISHED_WITHIN, () => says('revocation_status', false));
  });

  test('refuses an altered one and sees one that has expired', async () => {
    const badge = await json(await issue('open-badge', BADGE));
    badge.credentialSubject.achievement.name = 'Another';
    assert.match((await findings(badge)).fatal, /invalid_signature/);
    const ending = await json(await issue('open-badge', BADGE.replace('.org,,', '.org,2099-12-31,')));
    mock.timers.enable({ apis: ['Date'], now: new Date('2100-01-02T00:00:00Z') });
    try {
      assert.equal((await findings(ending)).expiration, false);
    } finally {
      mock.timers.reset();
    }
  });
});
