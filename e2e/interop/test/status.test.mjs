import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeList } from '@digitalbazaar/vc-bitstring-status-list';
import { change, issueDiploma, within } from '../parties/issuer.mjs';
import { read, statuses, verifiedJwt } from '../parties/verifier.mjs';

const PUBLISHED_WITHIN = 2_000;

describe('@digitalbazaar/vc-bitstring-status-list', () => {
  test('reads a list of at least 131,072 entries', async () => {
    const row = await issueDiploma('diploma');
    const credential = JSON.parse((await read(`${row.credUrl}.json`)).text);
    for (const entry of [].concat(credential.credentialStatus)) {
      assert.equal(typeof entry.statusListIndex, 'string');
      const { text, type } = await read(entry.statusListCredential);
      assert.equal(type, 'application/vc+jwt');
      const document = await verifiedJwt(text.trim(), 'vc+jwt');
      assert.equal(document.id, entry.statusListCredential);
      assert.equal(document.credentialSubject.statusPurpose, entry.statusPurpose);
      const list = await decodeList(document.credentialSubject);
      assert.ok(list.length >= 131_072, `${list.length}`);
    }
  });

  test('sees a revocation within 2 s', async () => {
    const row = await issueDiploma('diploma');
    const credential = JSON.parse((await read(`${row.credUrl}.json`)).text);
    assert.deepEqual(await statuses(credential), { revocation: false, suspension: false });
    await change(row, 'revoke');
    await within(PUBLISHED_WITHIN, async () => assert.equal((await statuses(credential)).revocation, true));
    assert.equal((await statuses(credential)).suspension, false);
  });

  test('sees a suspension and its end within 2 s each', async () => {
    const row = await issueDiploma('diploma');
    const credential = JSON.parse((await read(`${row.credUrl}.json`)).text);
    await change(row, 'suspend');
    await within(PUBLISHED_WITHIN, async () => assert.deepEqual(await statuses(credential), { revocation: false, suspension: true }));
    await change(row, 'reinstate');
    await within(PUBLISHED_WITHIN, async () => assert.deepEqual(await statuses(credential), { revocation: false, suspension: false }));
  });
});
