import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createList, decodeList } from '@digitalbazaar/vc-bitstring-status-list';
import { change, issueDiploma, within } from '../parties/issuer.mjs';
import { documentLoader, read, statuses, verifiedJwt, verifyDataIntegrity } from '../parties/verifier.mjs';

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

  for (const lists of ['proved', 'jwt']) {
    test(`sees a revocation within 2 s (list: ${lists})`, async () => {
      const row = await issueDiploma('diploma');
      const credential = JSON.parse((await read(`${row.credUrl}.json`)).text);
      assert.deepEqual(await statuses(credential, lists), { revocation: false, suspension: false });
      await change(row, 'revoke');
      await within(PUBLISHED_WITHIN, async () => assert.equal((await statuses(credential, lists)).revocation, true));
      assert.equal((await statuses(credential, lists)).suspension, false);
    });

    test(`sees a suspension and its end within 2 s each (list: ${lists})`, async () => {
      const row = await issueDiploma('diploma');
      const credential = JSON.parse((await read(`${row.credUrl}.json`)).text);
      const says = async (suspension) => assert.deepEqual(await statuses(credential, lists), { revocation: false, suspension });
      await change(row, 'suspend');
      await within(PUBLISHED_WITHIN, () => says(true));
      await change(row, 'reinstate');
      await within(PUBLISHED_WITHIN, () => says(false));
    });
  }

  test('refuses a list whose bits were altered', async () => {
    const row = await issueDiploma('diploma');
    const credential = JSON.parse((await read(`${row.credUrl}.json`)).text);
    const { document } = await documentLoader([].concat(credential.credentialStatus)[0].statusListCredential);
    assert.ok((await verifyDataIntegrity(document)).verified);
    const other = await createList({ length: 131_072 });
    other.setStatus(1, true);
    document.credentialSubject.encodedList = await other.encode();
    assert.equal((await verifyDataIntegrity(document)).verified, false);
  });
});
