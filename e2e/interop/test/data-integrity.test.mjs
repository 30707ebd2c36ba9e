import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { diplomas, issue, issueDiploma } from '../parties/issuer.mjs';
import { read, suites, verifyDataIntegrity } from '../parties/verifier.mjs';

for (const [suite, index] of [['eddsa-rdfc-2022', 0], ['eddsa-jcs-2022', 1]]) {
  describe(`@digitalbazaar/vc on ${suite}`, () => {
    let credential;

    before(async () => {
      const row = await issueDiploma(await diplomas(['vc+jwt', suite]), { expiration: '2099-12-31' });
      credential = JSON.parse((await read(`${row.credUrl}.json`)).text);
    });

    test('verifies the credential with the Multikey of the DID document', async () => {
      assert.equal(credential.proof.cryptosuite, suite);
      const { verified, why } = await verifyDataIntegrity(credential, { suite: suites()[index] });
      assert.ok(verified, why);
    });

    test('refuses an altered claim', async () => {
      const altered = structuredClone(credential);
      altered.credentialSubject.degree = 'Doctor of Arts';
      const { verified, why } = await verifyDataIntegrity(altered);
      assert.equal(verified, false);
      assert.match(why, /signature/i);
    });

    test('refuses a claim that was added', async () => {
      const altered = structuredClone(credential);
      altered.credentialSubject.undefinedByAnybody = 'x';
      assert.equal((await verifyDataIntegrity(altered)).verified, false);
    });

    test('refuses a proof that names another key', async () => {
      const altered = structuredClone(credential);
      altered.proof.verificationMethod = credential.proof.verificationMethod.replace(':acme#', ':globex#');
      assert.equal((await verifyDataIntegrity(altered)).verified, false);
    });

    test('refuses it once it has expired', async () => {
      const { verified, why } = await verifyDataIntegrity(credential, { now: new Date('2100-01-02T00:00:00Z') });
      assert.equal(verified, false);
      assert.match(why, /validUntil/);
    });
  });
}

test('@digitalbazaar/vc verifies a credential with a proof of either suite', async () => {
  const row = await issueDiploma(await diplomas(['vc+jwt', 'eddsa-rdfc-2022', 'eddsa-jcs-2022']));
  const credential = JSON.parse((await read(`${row.credUrl}.json`)).text);
  assert.deepEqual(credential.proof.map(({ cryptosuite }) => cryptosuite).sort(), ['eddsa-jcs-2022', 'eddsa-rdfc-2022']);
  const { verified, why } = await verifyDataIntegrity(credential);
  assert.ok(verified, why);
});

test('@digitalbazaar/vc verifies an Open Badge 3.0', async () => {
  const row = await issue('open-badge', 'First Name,Last Name,Email,Expiration,Course,Hours,Completed On\r\nAda,Lovelace,ada@example.org,,Data Literacy,12,2026-06-26\r\n');
  const badge = JSON.parse((await read(`${row.credUrl}.json`)).text);
  assert.equal(badge['@context'][1], 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json');
  assert.deepEqual(badge.credentialSubject.type, ['AchievementSubject']);
  const { verified, why } = await verifyDataIntegrity(badge);
  assert.ok(verified, why);
  badge.credentialSubject.achievement.name = 'Another';
  assert.equal((await verifyDataIntegrity(badge)).verified, false);
});
