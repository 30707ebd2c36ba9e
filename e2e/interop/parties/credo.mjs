// A wallet built on Credo, the framework inside Bifold and Paradym. Keys and records live in memory.
import 'reflect-metadata';
import assert from 'node:assert/strict';
import * as crypto from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Agent, ConsoleLogger, DidDocument, DidsModule, InjectionSymbols, JsonTransformer, JwkDidResolver, Kms, LogLevel, RecordNotFoundError } from '@credo-ts/core';
import { OpenId4VcModule } from '@credo-ts/openid4vc';
import { didDocument } from './verifier.mjs';

const HASH = { ES256: 'sha256', EdDSA: null };

function keyLike(jwk) {
  return { key: crypto.createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
}

/** Node's keys, in the shape in which Credo asks for them. */
class Keys {
  backend = 'memory';
  #keys = new Map();

  isOperationSupported(_, { operation, algorithm }) {
    return ['createKey', 'randomBytes'].includes(operation) || (['sign', 'verify'].includes(operation) && algorithm in HASH);
  }

  async createKey(_, { type, keyId = crypto.randomUUID() }) {
    const { privateKey, publicKey } = crypto.generateKeyPairSync('ec', { namedCurve: type.crv });
    this.#keys.set(keyId, privateKey);
    return { keyId, publicJwk: { ...publicKey.export({ format: 'jwk' }), kid: keyId } };
  }

  async getPublicKey(_, keyId) {
    const key = this.#keys.get(keyId);
    return key ? { ...crypto.createPublicKey(key).export({ format: 'jwk' }), kid: keyId } : null;
  }

  async sign(_, { keyId, algorithm, data }) {
    return { signature: crypto.sign(HASH[algorithm], data, { key: this.#keys.get(keyId), dsaEncoding: 'ieee-p1363' }) };
  }

  async verify(_, { key, algorithm, data, signature }) {
    const publicJwk = key.publicJwk ?? (await this.getPublicKey(_, key.keyId));
    const verified = crypto.verify(HASH[algorithm], data, keyLike(publicJwk), signature);
    return verified ? { verified, publicJwk } : { verified };
  }

  randomBytes(_, { length }) {
    return crypto.randomBytes(length);
  }
}

class Records {
  supportsCursorPagination = false;
  #records = new Map();

  async save(_, record) {
    this.#records.set(record.type + record.id, record);
  }

  async update(_, record) {
    this.#records.set(record.type + record.id, record);
  }

  async delete(_, record) {
    this.#records.delete(record.type + record.id);
  }

  async deleteById(_, { type }, id) {
    this.#records.delete(type + id);
  }

  async getById(_, { type }, id) {
    const found = this.#records.get(type + id);
    if (!found) {
      throw new RecordNotFoundError(id, { recordType: type });
    }
    return found;
  }

  async getAll(_, { type }) {
    return [...this.#records.values()].filter((record) => record.type === type);
  }

  async findByQuery(_, type, query) {
    const wanted = Object.entries(query);
    return (await this.getAll(_, type)).filter((record) => wanted.every(([tag, value]) => record.getTags()[tag] === value));
  }
}

/** did:web over HTTP; Credo's own resolver knows HTTPS only. */
class DidWebOnThisMachine {
  supportedMethods = ['web'];
  allowsCaching = false;
  allowsLocalDidRecord = false;

  async resolve(_, did) {
    const document = JsonTransformer.fromJSON(await didDocument(did), DidDocument);
    return { didDocument: document, didDocumentMetadata: {}, didResolutionMetadata: { contentType: 'application/did+ld+json' } };
  }
}

class NoFiles {
  dataPath = '';
  cachePath = '';
  tempPath = '';
}

export async function credo() {
  const agent = new Agent({
    config: { label: 'wallet', allowInsecureHttpUrls: true, autoUpdateStorageOnStartup: true, logger: new ConsoleLogger(LogLevel.off) },
    dependencies: { FileSystem: NoFiles, EventEmitterClass: EventEmitter, fetch, WebSocketClass: class {} },
    modules: {
      records: { register: (manager) => manager.registerInstance(InjectionSymbols.StorageService, new Records()) },
      kms: new Kms.KeyManagementModule({ backends: [new Keys()] }),
      dids: new DidsModule({ resolvers: [new DidWebOnThisMachine(), new JwkDidResolver()], registrars: [] }),
      openid4vc: new OpenId4VcModule(),
    },
  });
  await agent.initialize();
  return agent;
}

/** Claims what is offered, bound to a new key; gives the compact form of what Credo verified and kept. */
export async function claimWithCredo(agent, deepLink) {
  const { holder } = agent.openid4vc;
  const resolvedCredentialOffer = await holder.resolveCredentialOffer(deepLink);
  const token = await holder.requestToken({ resolvedCredentialOffer });
  const { credentials } = await holder.requestCredentials({
    resolvedCredentialOffer,
    ...token,
    verifyCredentialStatus: true,
    credentialBindingResolver: async ({ supportsJwk, supportedDidMethods }) => {
      assert.ok(supportsJwk);
      assert.deepEqual(supportedDidMethods, [], 'Credo would take a DID and then miss it in cnf');
      const key = await agent.kms.createKeyForSignatureAlgorithm({ algorithm: 'ES256' });
      return { method: 'jwk', keys: [Kms.PublicJwk.fromPublicJwk(key.publicJwk)] };
    },
  });
  assert.equal(credentials.length, 1);
  return credentials[0];
}
