// A verifier, and a holder, of SD-JWT VCs: @sd-jwt/sd-jwt-vc.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { digest, ES256, generateSalt } from '@sd-jwt/crypto-nodejs';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { decodeProtectedHeader } from 'jose';
import { verificationMethod } from './verifier.mjs';

/** The JSON at an address, if its SHA-256 is the one that its reference says (W3C SRI, as the draft says in 7). */
export async function whole(address, integrity) {
  const response = await fetch(address);
  assert.equal(response.status, 200, address);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (integrity) {
    const [algorithm, ...expected] = integrity.split('-');
    assert.equal(createHash(algorithm).update(bytes).digest('base64'), expected.join('-'), `integrity of ${address}`);
  }
  return { bytes, type: response.headers.get('content-type') };
}

/** By the key that the issuer names in its header; its signature must be ES256. */
async function byIssuer(jwt) {
  const { kid } = decodeProtectedHeader(jwt);
  const method = await verificationMethod(kid.replace(/-mk$/, ''));
  return ES256.getVerifier(method.publicKeyJwk);
}

/** Verifies, and lets the wallet present. */
export async function sdJwtVerifier(credential, wallet, { types = false } = {}) {
  const verifier = await byIssuer(credential.split('~')[0]);
  return new SDJwtVcInstance({
    hasher: digest,
    hashAlg: 'sha-256',
    saltGenerator: generateSalt,
    signAlg: 'ES256',
    verifier,
    // The same issuer, by the key that the list's header names.
    statusVerifier: verifier,
    kbVerifier: async (data, signature, { cnf }) => (await ES256.getVerifier(cnf.jwk))(data, signature),
    kbSigner: await ES256.getSigner(wallet.privateJwk),
    kbSignAlg: 'ES256',
    loadTypeMetadataFormat: types,
    // The library compares an integrity in hexadecimal; SRI has it in Base64.
    vctFetcher: async (vct, integrity) => JSON.parse((await whole(vct, integrity)).bytes),
  });
}
