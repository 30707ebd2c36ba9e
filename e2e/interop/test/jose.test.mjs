import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { compactVerify, decodeProtectedHeader, errors, generateKeyPair, importJWK } from 'jose';
import { issueDiploma } from '../parties/issuer.mjs';
import { didDocument, read, verificationMethod, verifiedJwt } from '../parties/verifier.mjs';

describe('jose on vc+jwt', () => {
  let row;
  let jwt;

  before(async () => {
    row = await issueDiploma('diploma');
    jwt = (await read(`${row.credUrl}.jwt`)).text.trim();
  });

  test('verifies the credential with the JsonWebKey of the DID document', async () => {
    const credential = await verifiedJwt(jwt, 'vc+jwt');
    const header = decodeProtectedHeader(jwt);
    assert.equal(header.cty, 'vc');
    assert.equal((await verificationMethod(header.kid)).type, 'JsonWebKey');
    assert.equal(credential.id, row.credentialId);
    assert.equal(header.kid.replace(/#.*/, ''), credential.issuer.id ?? credential.issuer);
    assert.equal(credential.credentialSubject.degree, 'Master of Arts');
    assert.equal(credential.vc, undefined);
  });

  test('is served as application/vc+jwt, by its own address and by content negotiation', async () => {
    assert.equal((await read(`${row.credUrl}.jwt`)).type, 'application/vc+jwt');
    const negotiated = await read(row.credUrl, 'application/vc+jwt');
    assert.equal(negotiated.type, 'application/vc+jwt');
    assert.equal(negotiated.text.trim(), jwt);
  });

  test('refuses an altered claim', async () => {
    const [header, payload, signature] = jwt.split('.');
    const altered = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('Master of Arts', 'Doctor of Arts')).toString('base64url');
    assert.notEqual(altered, payload);
    await assert.rejects(verifiedJwt([header, altered, signature].join('.'), 'vc+jwt'), errors.JWSSignatureVerificationFailed);
  });

  test('refuses another key', async () => {
    const { publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    await assert.rejects(compactVerify(jwt, publicKey), errors.JWSSignatureVerificationFailed);
    const others = await didDocument('did:web:' + row.credUrl.split('/')[2].replace(':', '%3A') + ':orgs:globex');
    const ed25519 = others.verificationMethod.find(({ publicKeyJwk }) => publicKeyJwk?.crv === 'Ed25519');
    await assert.rejects(compactVerify(jwt, await importJWK(ed25519.publicKeyJwk, 'EdDSA')), errors.JWSSignatureVerificationFailed);
  });
});
