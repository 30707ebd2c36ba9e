// The verifier of the Digital Credentials Consortium, as its wallet and its website have it. It asks
// for everything itself; as issuers' addresses it knows https only.
const http = globalThis.fetch;

/** did:web on this machine is served without TLS (did:web, 2.5.2); nothing leaves it. */
globalThis.fetch = (input, init) => {
  const address = typeof input === 'string' ? input : (input.url ?? String(input));
  if (!/^https?:\/\/localhost[:/]/.test(address)) {
    return Promise.resolve(new Response('not in this test', { status: 404 }));
  }
  const plain = address.replace(/^https:/, 'http:');
  return http(input instanceof Request ? new Request(plain, input) : plain, init);
};

const { verifyCredential } = await import('@digitalcredentials/verifier-core');

/**
 * What it finds, by the names that it gives to its checks; `fatal` says why it looked no further.
 * It is given no registry of trusted issuers, and its own look at JSON Schemas wants json-schema.org.
 */
export async function findings(credential) {
  const { log = [], errors } = await verifyCredential({ credential, knownDIDRegistries: [] });
  const found = Object.fromEntries(log.map(({ id, valid }) => [id, valid]));
  return errors ? { ...found, fatal: errors.map(({ name }) => name).join(' ') } : found;
}
