// A recipient's wallet: @openid4vc/openid4vci speaks the protocol, jose holds the key.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { clientAuthenticationAnonymous, setGlobalConfig } from '@openid4vc/oauth2';
import { Openid4vciClient } from '@openid4vc/openid4vci';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

// The quickstart answers on this machine, without TLS.
setGlobalConfig({ allowInsecureUrls: true });

/** The `error` of the standard with which an issuer refused, as the libraries keep it. */
export async function refusal(attempt) {
  try {
    await attempt;
  } catch (e) {
    const data = e.errorResponse ?? e.response?.credentialErrorResponseResult?.data;
    assert.ok(data?.error, `not a refusal by the issuer: ${e.stack}`);
    return data.error;
  }
  assert.fail('it was not refused');
}

/** What a browser does with a claim link: a person presses the button. */
export async function press(link, formats = []) {
  const response = await fetch(link, {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(formats.map((format) => ['format', format])),
  });
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return JSON.parse(text);
}

export class Wallet {
  #privateKey;

  static async create(alg = 'ES256') {
    const pair = await generateKeyPair(alg, { extractable: true, ...(alg === 'EdDSA' && { crv: 'Ed25519' }) });
    const wallet = new Wallet();
    wallet.alg = alg;
    wallet.#privateKey = pair.privateKey;
    wallet.publicJwk = await exportJWK(pair.publicKey);
    wallet.privateJwk = await exportJWK(pair.privateKey);
    wallet.client = new Openid4vciClient({
      callbacks: {
        fetch,
        hash: (data, alg) => createHash(alg.replace('-', '')).update(data).digest(),
        generateRandom: (bytes) => randomBytes(bytes),
        signJwt: async (signer, { header, payload }) => ({ jwt: await wallet.sign(header, payload), signerJwk: wallet.publicJwk }),
        verifyJwt: () => assert.fail('no JWT to verify here'),
        clientAuthentication: clientAuthenticationAnonymous(),
        encryptJwe: () => assert.fail('nothing is encrypted'),
        decryptJwe: () => assert.fail('nothing is encrypted'),
      },
    });
    return wallet;
  }

  sign(header, payload) {
    return new SignJWT(payload).setProtectedHeader({ ...header, alg: this.alg }).sign(this.#privateKey);
  }

  get didJwk() {
    return `did:jwk:${Buffer.from(JSON.stringify(this.publicJwk)).toString('base64url')}`;
  }

  /** Reads an offer as a QR code has it, and what the issuer says about itself. */
  async open(deepLink) {
    const credentialOffer = await this.client.resolveCredentialOffer(deepLink);
    const issuerMetadata = await this.client.resolveIssuerMetadata(credentialOffer.credential_issuer);
    return { credentialOffer, issuerMetadata };
  }

  async token(opened, txCode) {
    const { accessTokenResponse } = await this.client.retrievePreAuthorizedCodeAccessTokenFromOffer({ ...opened, txCode });
    return accessTokenResponse.access_token;
  }

  async nonce({ issuerMetadata }) {
    return (await this.client.requestNonce({ issuerMetadata })).c_nonce;
  }

  /** A proof of this wallet's key, named by `jwk` or by `did`. */
  async proof({ issuerMetadata, credentialOffer }, nonce, { named = 'jwk' } = {}) {
    const { jwt } = await this.client.createCredentialRequestJwtProof({
      issuerMetadata,
      credentialConfigurationId: credentialOffer.credential_configuration_ids[0],
      nonce,
      signer:
        named === 'did'
          ? { method: 'did', didUrl: `${this.didJwk}#0`, alg: this.alg }
          : { method: 'jwk', publicJwk: this.publicJwk, alg: this.alg },
    });
    return jwt;
  }

  /** Asks for the first credential that is offered. */
  async request({ issuerMetadata, credentialOffer }, accessToken, jwts, configuration = credentialOffer.credential_configuration_ids[0]) {
    const { credentialResponse } = await this.client.retrieveCredentials({
      issuerMetadata,
      accessToken,
      credentialConfigurationId: configuration,
      proofs: { jwt: jwts },
    });
    return credentialResponse;
  }

  /** All of it, as a wallet does it when its owner scans the code. */
  async claim(deepLink, { txCode, named } = {}) {
    const opened = await this.open(deepLink);
    const accessToken = await this.token(opened, txCode);
    const response = await this.request(opened, accessToken, [await this.proof(opened, await this.nonce(opened), { named })]);
    assert.equal(response.credentials.length, 1);
    return { ...opened, accessToken, response, credential: response.credentials[0].credential };
  }
}
