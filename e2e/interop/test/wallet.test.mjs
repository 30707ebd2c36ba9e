import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { claimLink } from '../parties/inbox.mjs';
import { change, diplomas, issueDiploma, now, within } from '../parties/issuer.mjs';
import { sdJwtVerifier, whole } from '../parties/sdjwt.mjs';
import { read, statuses, verifiedJwt, verifyDataIntegrity } from '../parties/verifier.mjs';
import { press, refusal, Wallet } from '../parties/wallet.mjs';

const PUBLISHED_WITHIN = 2_000;
const VERIFIER = { aud: 'https://verifier.example', nonce: 'n-0S6_WzA2Mj' };

describe('@openid4vc/openid4vci as the wallet', () => {
  let definition;

  before(async () => {
    definition = await diplomas(['vc+jwt', 'eddsa-rdfc-2022', 'eddsa-jcs-2022', 'dc+sd-jwt'], { alwaysDisclosed: ['degree'] });
  });

  async function mailed({ media = ['EMAIL'], claimCode } = {}) {
    const row = await issueDiploma(definition, { media, claimCode, expiration: '2099-12-31' });
    return { row, ...(await claimLink(row)) };
  }

  async function offered(formats) {
    const mail = await mailed();
    return { ...mail, offer: await press(mail.link, formats) };
  }

  test('takes the issuer for one of OpenID4VCI 1.0', async () => {
    const { offer } = await offered();
    const { issuerMetadata } = await (await Wallet.create()).open(offer.deepLink);
    assert.equal(issuerMetadata.originalDraftVersion, 'V1');
  });

  test('claims by an offer that is in the link, and by a key that it names as did:jwk', async () => {
    const { offer } = await offered();
    const wallet = await Wallet.create();
    const { credential } = await wallet.claim(offer.deepLinkByValue, { named: 'did' });
    const { payload } = await (await sdJwtVerifier(credential, wallet)).verify(credential);
    assert.equal(payload.sub, wallet.didJwk);
  });

  test('claims an SD-JWT VC, which @sd-jwt/sd-jwt-vc verifies', async () => {
    const { row, offer } = await offered(['dc+sd-jwt']);
    const wallet = await Wallet.create();
    const { credential, issuerMetadata, credentialOffer } = await wallet.claim(offer.deepLink);
    const [id] = credentialOffer.credential_configuration_ids;
    const configuration = issuerMetadata.credentialIssuer.credential_configurations_supported[id];
    assert.equal(configuration.format, 'dc+sd-jwt');
    const { payload, header } = await (await sdJwtVerifier(credential, wallet)).verify(credential);
    assert.equal(header.typ, 'dc+sd-jwt');
    assert.equal(payload.vct, configuration.vct);
    assert.equal(payload.cnf.jwk.x, wallet.publicJwk.x);
    // The claim says exactly what the row's record says.
    const record = JSON.parse((await read(`${row.credUrl}.json`)).text);
    for (const [name, value] of Object.entries(record.credentialSubject)) {
      assert.deepEqual(payload[name], value, name);
    }
  });

  test('presents what its owner chooses, bound to its key', async () => {
    const { offer } = await offered(['dc+sd-jwt']);
    const wallet = await Wallet.create();
    const { credential } = await wallet.claim(offer.deepLink);
    const verifier = await sdJwtVerifier(credential, wallet);
    const payload = { iat: Math.floor(Date.now() / 1000), ...VERIFIER };
    const shown = await verifier.present(credential, { fieldOfStudy: true }, { kb: { payload } });
    const seen = await verifier.verify(shown, { keyBindingNonce: VERIFIER.nonce });
    assert.equal(seen.payload.fieldOfStudy, 'History');
    assert.equal(seen.payload.degree, 'Master of Arts', 'always disclosed');
    assert.deepEqual([seen.payload.fullName, seen.payload.honours, seen.payload.Cred_URL], [undefined, undefined, undefined]);
    assert.equal(seen.kb.payload.aud, VERIFIER.aud);
    await assert.rejects(verifier.verify(shown, { keyBindingNonce: 'another' }));
    const thief = await sdJwtVerifier(credential, await Wallet.create());
    const stolen = await thief.present(credential, { fieldOfStudy: true }, { kb: { payload } });
    await assert.rejects(verifier.verify(stolen, { keyBindingNonce: VERIFIER.nonce }), /signature/i);
  });

  test('@sd-jwt/sd-jwt-vc refuses an altered claim, and what has expired', async () => {
    const { offer } = await offered(['dc+sd-jwt']);
    const wallet = await Wallet.create();
    const { credential } = await wallet.claim(offer.deepLink);
    const verifier = await sdJwtVerifier(credential, wallet);
    const [jwt, ...disclosures] = credential.split('~');
    const altered = disclosures.map((one) => {
      const text = Buffer.from(one, 'base64url').toString();
      return text.includes('"History"') ? Buffer.from(text.replace('History', 'Physics')).toString('base64url') : one;
    });
    assert.notDeepEqual(altered, disclosures);
    const { payload } = await verifier.verify([jwt, ...altered].join('~')).catch(() => ({ payload: {} }));
    assert.notEqual(payload.fieldOfStudy, 'Physics');
    await assert.rejects(verifier.verify(credential, { currentDate: Date.UTC(2100, 0, 2) / 1000 }), /expired/i);
  });

  test('@sd-jwt/sd-jwt-vc reads the type metadata that the credential pins by its hash', async () => {
    const { offer } = await offered(['dc+sd-jwt']);
    const wallet = await Wallet.create();
    const { credential } = await wallet.claim(offer.deepLink);
    const { payload, typeMetadata } = await (await sdJwtVerifier(credential, wallet, { types: true })).verify(credential);
    assert.ok(payload['vct#integrity'], 'the credential pins its type');
    const type = typeMetadata.mergedTypeMetadata;
    assert.equal(type.vct, payload.vct);
    assert.ok(type.display.length > 0 && type.claims.length > 0);
    const always = type.claims.filter(({ sd }) => sd === 'never').map(({ path }) => path[0]);
    assert.ok(always.includes('degree'), `${always}`);
    // The certificate for wallets is the one that the type pins, and asks for no claim that has no svg_id.
    const [picture] = type.display[0].rendering.svg_templates;
    const { bytes, type: mediaType } = await whole(picture.uri, picture['uri#integrity']);
    assert.equal(mediaType, 'image/svg+xml');
    const placeholders = [...bytes.toString().matchAll(/{{(.*?)}}/g)].map(([, name]) => name);
    assert.ok(placeholders.includes('degree'), `${placeholders}`);
    const ids = type.claims.map(({ svg_id: id }) => id);
    assert.deepEqual(placeholders.filter((name) => !ids.includes(name)), []);
  });

  test('@sd-jwt/sd-jwt-vc sees suspension, its end and revocation of the row within 2 s each', async () => {
    const { row, offer } = await offered(['dc+sd-jwt']);
    const wallet = await Wallet.create();
    const { credential } = await wallet.claim(offer.deepLink);
    const verifier = await sdJwtVerifier(credential, wallet);
    await verifier.verify(credential);
    await change(row, 'suspend');
    await within(PUBLISHED_WITHIN, () => assert.rejects(verifier.verify(credential), /status is not valid/i));
    await change(row, 'reinstate');
    await within(PUBLISHED_WITHIN, () => verifier.verify(credential));
    await change(row, 'revoke');
    await within(PUBLISHED_WITHIN, () => assert.rejects(verifier.verify(credential), /status is not valid/i));
  });

  test('claims a W3C credential as JWT, which jose verifies and which is revoked with its row', async () => {
    const { row, offer } = await offered(['vc+jwt']);
    const wallet = await Wallet.create('EdDSA');
    const { credential, issuerMetadata, credentialOffer } = await wallet.claim(offer.deepLink, { named: 'did' });
    const [id] = credentialOffer.credential_configuration_ids;
    assert.equal(issuerMetadata.credentialIssuer.credential_configurations_supported[id].format, 'jwt_vc_json');
    const copy = await verifiedJwt(credential, 'vc+jwt');
    assert.equal(copy.credentialSubject.id, wallet.didJwk);
    assert.equal(copy.credentialSubject.degree, 'Master of Arts');
    assert.notEqual(copy.id, row.credentialId);
    assert.deepEqual(await statuses(copy), { revocation: false, suspension: false });
    await change(row, 'revoke');
    await within(PUBLISHED_WITHIN, async () => assert.equal((await statuses(copy)).revocation, true));
  });

  for (const suite of ['eddsa-rdfc-2022', 'eddsa-jcs-2022']) {
    test(`claims a W3C credential with ${suite}, which @digitalbazaar/vc verifies and which is suspended with its row`, async () => {
      const { row, offer } = await offered([suite]);
      const wallet = await Wallet.create();
      const { credential, issuerMetadata, credentialOffer } = await wallet.claim(offer.deepLink);
      const [id] = credentialOffer.credential_configuration_ids;
      assert.equal(issuerMetadata.credentialIssuer.credential_configurations_supported[id].format, 'ldp_vc');
      assert.equal(credential.proof.cryptosuite, suite);
      const { verified, why } = await verifyDataIntegrity(credential);
      assert.ok(verified, why);
      assert.match(credential.credentialSubject.id, /^did:jwk:/);
      assert.notEqual(credential.id, row.credentialId);
      assert.deepEqual(await statuses(credential), { revocation: false, suspension: false });
      await change(row, 'suspend');
      await within(PUBLISHED_WITHIN, async () => assert.equal((await statuses(credential)).suspension, true));
    });
  }

  test('gets a copy for each of its keys, each with a status of its own', async () => {
    const { offer } = await offered(['dc+sd-jwt']);
    const [one, another] = [await Wallet.create(), await Wallet.create()];
    const opened = await one.open(offer.deepLink);
    const token = await one.token(opened);
    const nonce = await one.nonce(opened);
    const { credentials } = await one.request(opened, token, [await one.proof(opened, nonce), await another.proof(opened, nonce)]);
    assert.equal(credentials.length, 2);
    const seen = [];
    for (const [wallet, { credential }] of [[one, credentials[0]], [another, credentials[1]]]) {
      const { payload } = await (await sdJwtVerifier(credential, wallet)).verify(credential);
      assert.equal(payload.cnf.jwk.x, wallet.publicJwk.x);
      seen.push(payload.status.status_list.idx);
    }
    assert.notEqual(seen[0], seen[1]);
  });

  test('the issuer sees on the row that it was claimed; a notification is taken', async () => {
    const { row, offer } = await offered();
    const wallet = await Wallet.create();
    await within(10_000, async () => assert.equal((await now(row)).claim, 'OFFERED'));
    const { accessToken, issuerMetadata, response } = await wallet.claim(offer.deepLink);
    await wallet.client.sendNotification({
      issuerMetadata,
      accessToken,
      notification: { notificationId: response.notification_id, event: 'credential_accepted' },
    });
    await within(10_000, async () => assert.equal((await now(row)).claim, 'CLAIMED'));
  });

  test('a scanner that fetches every link uses nothing up', async () => {
    const { link, text, offer } = await offered();
    for (const address of [link, offer.offerUri, ...(text.match(/https?:\S+/g) ?? [])]) {
      for (const method of ['GET', 'HEAD', 'GET']) {
        const response = await fetch(address, { method });
        await response.arrayBuffer();
        assert.ok(response.status < 500, address);
      }
    }
    await (await Wallet.create()).claim(offer.deepLink);
  });

  test('a code is taken once', async () => {
    const { offer } = await offered();
    const wallet = await Wallet.create();
    const opened = await wallet.open(offer.deepLink);
    await wallet.token(opened);
    assert.equal(await refusal(wallet.token(opened)), 'invalid_grant');
  });

  test('a new offer ends the one before', async () => {
    const { link, offer } = await offered();
    const wallet = await Wallet.create();
    const opened = await wallet.open(offer.deepLink);
    await press(link);
    assert.equal(await refusal(wallet.token(opened)), 'invalid_grant');
  });

  test('with two media, the mail has the link and the text message the digits; only both together claim', async () => {
    const { row, link, text } = await mailed({ media: ['EMAIL', 'SMS'], claimCode: true });
    const offer = await press(link);
    assert.equal(offer.asksForDigits, true);
    const { texts } = await within(60_000, async () => {
      const found = await claimLink(row);
      assert.ok(found.texts.length > 0, 'no text message');
      return found;
    });
    const [digits] = texts.map((one) => /wallet: (\d{6})/.exec(JSON.stringify(one))?.[1]).filter(Boolean);
    assert.ok(digits, JSON.stringify(texts));
    assert.doesNotMatch(text, new RegExp(`\\b${digits}\\b`));
    assert.doesNotMatch(JSON.stringify(texts), /\/claim\//);

    const wallet = await Wallet.create();
    const opened = await wallet.open(offer.deepLink);
    const grant = Object.values(opened.credentialOffer.grants)[0];
    assert.deepEqual([grant.tx_code.input_mode, grant.tx_code.length], ['numeric', 6]);
    // The library itself does not ask without digits, unless the offer hides that they are wanted.
    await assert.rejects(wallet.token(opened), /requires a 'tx_code'/);
    const hidden = structuredClone(opened);
    delete Object.values(hidden.credentialOffer.grants)[0].tx_code;
    assert.equal(await refusal(wallet.token(hidden)), 'invalid_request');
    const wrong = String((Number(digits) + 1) % 1_000_000).padStart(6, '0');
    assert.equal(await refusal(wallet.token(opened, wrong)), 'invalid_grant');
    const token = await wallet.token(opened, digits);
    const { credentials } = await wallet.request(opened, token, [await wallet.proof(opened, await wallet.nonce(opened))]);
    assert.equal(credentials.length, 1);
  });

  test('a nonce is taken once', async () => {
    const { offer } = await offered();
    const wallet = await Wallet.create();
    const opened = await wallet.open(offer.deepLink);
    const token = await wallet.token(opened);
    const proof = await wallet.proof(opened, await wallet.nonce(opened));
    await wallet.request(opened, token, [proof]);
    assert.equal(await refusal(wallet.request(opened, token, [proof])), 'invalid_nonce');
  });

  test('a proof for another audience is refused', async () => {
    const { offer } = await offered();
    const wallet = await Wallet.create();
    const opened = await wallet.open(offer.deepLink);
    const token = await wallet.token(opened);
    const elsewhere = structuredClone(opened);
    elsewhere.issuerMetadata.credentialIssuer.credential_issuer += 'x';
    assert.equal(await refusal(wallet.request(opened, token, [await wallet.proof(elsewhere, await wallet.nonce(opened))])), 'invalid_proof');
  });

  test("a proof of somebody else's key is refused", async () => {
    const { offer } = await offered();
    const [wallet, other] = [await Wallet.create(), await Wallet.create()];
    const opened = await wallet.open(offer.deepLink);
    const token = await wallet.token(opened);
    const forged = await wallet.sign(
      { typ: 'openid4vci-proof+jwt', jwk: other.publicJwk },
      { aud: opened.credentialOffer.credential_issuer, iat: Math.floor(Date.now() / 1000), nonce: await wallet.nonce(opened) },
    );
    assert.equal(await refusal(wallet.request(opened, token, [forged])), 'invalid_proof');
  });

  test('a revoked credential is offered no more, and an open offer of it is denied', async () => {
    const { row, link, offer } = await offered();
    const wallet = await Wallet.create();
    const opened = await wallet.open(offer.deepLink);
    const token = await wallet.token(opened);
    await change(row, 'revoke');
    const proof = await wallet.proof(opened, await wallet.nonce(opened));
    assert.equal(await refusal(wallet.request(opened, token, [proof])), 'credential_request_denied');
    const again = await fetch(link, { method: 'POST', headers: { Accept: 'application/json' } });
    assert.equal(again.status, 409, await again.text());
  });
});
