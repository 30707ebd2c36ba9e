import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { createSignCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { call, url } from '../parties/issuer.mjs';
import { documentLoader, verifyDataIntegrity } from '../parties/verifier.mjs';

const ISSUER = `did:web:${encodeURIComponent(new URL(url).host)}:orgs:acme`;
const credential = (issuer) => ({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  issuer,
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:ada', name: 'Ada' },
});

/** Someone of whom nobody here knows more than the key. */
async function stranger() {
  const key = await Ed25519Multikey.generate();
  const did = `did:key:${key.publicKeyMultibase}`;
  Object.assign(key, { id: `${did}#${key.publicKeyMultibase}`, controller: did });
  return { did, signer: key.signer() };
}

const suites = {
  'eddsa-rdfc-2022': () => eddsaRdfc2022,
  'eddsa-jcs-2022': () => createSignCryptosuite(),
};

async function answer(path, body) {
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...(await response.json()) };
}

for (const [name, suite] of Object.entries(suites)) {
  describe(`VC API and @digitalbazaar/vc (${name})`, () => {
    test('what we sign it verifies', async () => {
      const verifiableCredential = await call('POST', '/credentials/issue', {
        json: { credential: credential(ISSUER), options: { cryptosuite: name } },
      });
      const { verified, why } = await verifyDataIntegrity(verifiableCredential);
      assert.ok(verified, why);
      verifiableCredential.credentialSubject.name = 'Eve';
      assert.equal((await verifyDataIntegrity(verifiableCredential)).verified, false);
    });

    test('what it signs we verify, and not what was altered', async () => {
      const { did, signer } = await stranger();
      const secured = await vc.issue({
        credential: credential(did),
        suite: new DataIntegrityProof({ signer, cryptosuite: suite() }),
        documentLoader,
      });
      const good = await answer('/credentials/verify', { verifiableCredential: secured });
      assert.equal(good.status, 200, JSON.stringify(good));
      assert.equal(good.verified, true);
      const bad = await answer('/credentials/verify', {
        verifiableCredential: { ...secured, credentialSubject: { id: 'did:example:eve' } },
      });
      assert.equal(bad.status, 400);
      assert.equal(bad.verified, false);
    });

    test('a presentation is verified with its challenge and domain', async () => {
      const { did, signer } = await stranger();
      const proof = () => new DataIntegrityProof({ signer, cryptosuite: suite() });
      const secured = await vc.issue({ credential: credential(did), suite: proof(), documentLoader });
      const presented = await vc.signPresentation({
        presentation: vc.createPresentation({ verifiableCredential: secured, holder: did }),
        suite: proof(),
        challenge: 'n-0S6_WzA2Mj',
        domain: 'verifier.example',
        documentLoader,
      });
      const asked = (options) => answer('/presentations/verify', { verifiablePresentation: presented, options });
      const good = await asked({ challenge: 'n-0S6_WzA2Mj', domain: 'verifier.example' });
      assert.equal(good.status, 200, JSON.stringify(good));
      assert.equal((await asked({ challenge: 'another' })).status, 400);
      assert.equal((await asked({ challenge: 'n-0S6_WzA2Mj', domain: 'other.example' })).status, 400);
      [presented.verifiableCredential].flat()[0].credentialSubject.name = 'Eve';
      assert.equal((await asked({ challenge: 'n-0S6_WzA2Mj' })).status, 400);
    });
  });
}
