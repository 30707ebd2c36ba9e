import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeProtectedHeader } from 'jose';
import { call, issue } from '../parties/issuer.mjs';
import { didDocument, read, statuses, verifiedJwt } from '../parties/verifier.mjs';

// Another organization than that of the other tests: what a revoked key signed is lost.
const key = 'globex-admin-key';
const SHEET = 'First Name,Last Name,Email,Expiration,Member Number,Level,Active Since\r\nKim,Lee,kim@example.com,,M-00001,Regular,2026-01-01\r\n';

async function membership() {
  const row = await issue('globex-membership', SHEET, { key });
  const jwt = (await read(`${row.credUrl}.jwt`)).text.trim();
  return { jwt, kid: decodeProtectedHeader(jwt).kid };
}

test('jose verifies with the old key and the new one after a rotation, and not with a revoked one', async () => {
  const before = await membership();
  await call('POST', '/v1/keys/rotate', { key, json: { algorithm: 'Ed25519' } });
  const after = await membership();
  assert.notEqual(after.kid, before.kid);
  await verifiedJwt(before.jwt, 'vc+jwt');
  await verifiedJwt(after.jwt, 'vc+jwt');

  await call('POST', `/v1/keys/${before.kid.replace(/.*#/, '')}/revoke`, { key, json: { reason: 'Interop test' } });
  const { assertionMethod, verificationMethod } = await didDocument(before.kid);
  assert.ok(!assertionMethod.some((id) => id.startsWith(before.kid)));
  assert.ok(!verificationMethod.some(({ id }) => id.startsWith(before.kid)));
  await assert.rejects(verifiedJwt(before.jwt, 'vc+jwt'), /no assertion method/);
  const credential = await verifiedJwt(after.jwt, 'vc+jwt');
  // The lists are signed again by a key that holds.
  for (const lists of ['proved', 'jwt']) {
    assert.equal((await statuses(credential, lists)).revocation, false);
  }
});
