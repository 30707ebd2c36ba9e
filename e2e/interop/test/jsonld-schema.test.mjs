import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import jsonld from 'jsonld';
import { issueDiploma, url } from '../parties/issuer.mjs';
import { documentLoader, read } from '../parties/verifier.mjs';

describe('what a credential points to', () => {
  let credential;

  before(async () => {
    const row = await issueDiploma('diploma');
    credential = JSON.parse((await read(`${row.credUrl}.json`)).text);
  });

  test('jsonld expands every claim in safe mode', async () => {
    const [expanded] = await jsonld.expand(credential, { documentLoader, safe: true });
    const [subject] = expanded['https://www.w3.org/2018/credentials#credentialSubject'];
    const claims = Object.keys(credential.credentialSubject).filter((name) => name !== 'id');
    const own = Object.keys(subject).filter((term) => term.startsWith(`${url}/`));
    assert.equal(own.length, claims.length, `${claims} became ${Object.keys(subject)}`);
  });

  test('jsonld refuses a claim that nobody defined', async () => {
    const stranger = structuredClone(credential);
    stranger.credentialSubject.undefinedByAnybody = 'x';
    await assert.rejects(jsonld.expand(stranger, { documentLoader, safe: true }), /Safe mode|undefined|absolute/i);
  });

  test('its context is JSON-LD that any verifier may fetch', async () => {
    const own = credential['@context'].filter((one) => one.startsWith(url));
    assert.equal(own.length, 1);
    const response = await fetch(own[0], { headers: { Origin: 'https://verifier.example' } });
    await response.arrayBuffer();
    assert.match(response.headers.get('content-type'), /^application\/(ld\+)?json/);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
  });

  test('ajv accepts the credential by its credentialSchema, and no other', async () => {
    const { id, type } = [].concat(credential.credentialSchema)[0];
    assert.equal(type, 'JsonSchema');
    const schema = JSON.parse((await read(id)).text);
    assert.equal(schema.$id, id);
    const validate = addFormats(new Ajv2020({ strict: false, allErrors: true })).compile(schema);
    assert.ok(validate(credential), JSON.stringify(validate.errors));
    const altered = structuredClone(credential);
    delete altered.credentialSubject.degree;
    assert.equal(validate(altered), false);
  });
});
