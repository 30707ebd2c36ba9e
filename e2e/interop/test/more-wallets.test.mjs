import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { claimLink } from '../parties/inbox.mjs';
import { claimWithCredo, credo } from '../parties/credo.mjs';
import { change, diplomas, issueDiploma, within } from '../parties/issuer.mjs';
import { sdJwtVerifier } from '../parties/sdjwt.mjs';
import { claimWithSphereon } from '../parties/sphereon.mjs';
import { verifiedJwt, verifyDataIntegrity } from '../parties/verifier.mjs';
import { press, Wallet } from '../parties/wallet.mjs';

const PUBLISHED_WITHIN = 2_000;
let definition;

before(async () => {
  definition = await diplomas(['vc+jwt', 'eddsa-rdfc-2022', 'dc+sd-jwt']);
});

async function offered(format) {
  const row = await issueDiploma(definition, { media: ['EMAIL'] });
  const { link } = await claimLink(row);
  return { row, offer: await press(link, [format]) };
}

describe('Credo as the wallet', () => {
  let agent;

  before(async () => {
    agent = await credo();
  });

  after(() => agent.shutdown());

  test('claims an SD-JWT VC, verifies it, and sees it suspended, reinstated and revoked', async () => {
    const { row, offer } = await offered('dc+sd-jwt');
    const { record } = await claimWithCredo(agent, offer.deepLink);
    assert.equal(record.type, 'SdJwtVcRecord');
    const compactSdJwtVc = record.firstCredential.compact;
    const verify = async () => (await agent.sdJwtVc.verify({ compactSdJwtVc })).isValid;
    assert.equal(await verify(), true);
    await change(row, 'suspend');
    await within(PUBLISHED_WITHIN, async () => assert.equal(await verify(), false));
    await change(row, 'reinstate');
    await within(PUBLISHED_WITHIN, async () => assert.equal(await verify(), true));
    await change(row, 'revoke');
    await within(PUBLISHED_WITHIN, async () => assert.equal(await verify(), false));
  });
});

describe("Sphereon's client as the wallet", () => {
  test('claims an SD-JWT VC, which @sd-jwt/sd-jwt-vc verifies', async () => {
    const { offer } = await offered('dc+sd-jwt');
    const wallet = await Wallet.create();
    const credential = await claimWithSphereon(wallet, offer.deepLink);
    const { payload } = await (await sdJwtVerifier(credential, wallet)).verify(credential);
    assert.equal(payload.cnf.jwk.x, wallet.publicJwk.x);
  });

  test('claims a W3C credential as JWT, which jose verifies', async () => {
    const { offer } = await offered('vc+jwt');
    const wallet = await Wallet.create();
    const credential = await verifiedJwt(await claimWithSphereon(wallet, offer.deepLink), 'vc+jwt');
    assert.equal(credential.credentialSubject.id, wallet.didJwk);
  });

  test('claims a W3C credential with eddsa-rdfc-2022, which @digitalbazaar/vc verifies', async () => {
    const { offer } = await offered('eddsa-rdfc-2022');
    const { verified, why } = await verifyDataIntegrity(await claimWithSphereon(await Wallet.create(), offer.deepLink));
    assert.ok(verified, why);
  });
});
