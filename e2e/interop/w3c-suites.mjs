// Runs test suites of W3C, one after the other, against the VC API of a running Credmill. Between
// them stands a proxy that says whose key it is: the suites call local addresses without any.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const url = process.env.CREDMILL_URL.replace(/\/$/, '');
const document = await (await fetch(`${url}/orgs/acme/did.json`)).json();
const { publicKeyMultibase } = document.verificationMethod.findLast(
  ({ type, publicKeyMultibase: key }) => type === 'Multikey' && key.startsWith('z6Mk'),
);
const id = `did:key:${publicKeyMultibase}`;

async function hand(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const answer = await fetch(url + request.url, {
    method: request.method,
    headers: {
      Accept: request.headers.accept ?? '*/*',
      'Content-Type': 'application/json',
      'X-API-Key': process.env.CREDMILL_KEY,
    },
    body: request.method === 'GET' ? undefined : Buffer.concat(chunks),
  });
  response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? 'text/plain' });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

const proxy = createServer(hand);
await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));

// The suite of status lists gets them by https alone. Where Credmill's public address is such a one
// of this machine, it is served here, with a certificate that only that suite accepts.
const publicUrl = new URL(`https://${decodeURIComponent(document.id.split(':')[2])}`);
const isOurs = publicUrl.hostname === 'localhost' && publicUrl.port !== '' && publicUrl.port !== new URL(url).port;
let lists;
if (isOurs) {
  const folder = mkdtempSync(join(tmpdir(), 'w3c-suites-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=localhost'],
    { stdio: 'ignore' },
  );
  lists = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, hand);
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => lists.listen(publicUrl.port, '127.0.0.1', resolve));
}
const base = `http://127.0.0.1:${proxy.address().port}`;

const suites = ['eddsa-rdfc-2022', 'eddsa-jcs-2022'];
const tagged = (path, tags, options = {}) => ({ id, endpoint: base + path, supports: { vc: ['2.0'] }, tags, options });
const config = {
  settings: { enableInteropTests: false, testAllImplementations: false },
  implementations: [
    {
      name: 'Credmill',
      implementation: 'Credmill',
      issuers: [
        ...suites.map((cryptosuite) => tagged('/credentials/issue', [cryptosuite], { cryptosuite })),
        // RDF has no @direction, which the data model's suite wants to be signed.
        tagged('/credentials/issue', ['vc2.0'], { cryptosuite: 'eddsa-jcs-2022' }),
        {
          ...tagged('/credentials/issue', ['BitstringStatusList'], {
            cryptosuite: 'eddsa-rdfc-2022',
            credentialStatus: ['revocation', 'suspension'].map((statusPurpose) => ({
              type: 'BitstringStatusListEntry',
              statusPurpose,
            })),
          }),
          // A list is believed where its issuer is the credential's.
          id: document.id,
        },
      ],
      verifiers: [tagged('/credentials/verify', [...suites, 'vc2.0', 'BitstringStatusList'])],
      vpVerifiers: [tagged('/presentations/verify', ['vc2.0'])],
    },
  ],
};

let failed = 0;
for (const folder of process.argv.slice(2)) {
  writeFileSync(join(folder, 'localConfig.cjs'), `module.exports = ${JSON.stringify(config, null, 2)};\n`);
  const mocha = spawn(
    process.execPath,
    ['node_modules/mocha/bin/mocha.js', 'tests/', '--reporter', 'spec', '--timeout', '15000', '--preserve-symlinks'],
    { cwd: folder, stdio: 'inherit' },
  );
  failed += await new Promise((resolve) => mocha.on('close', resolve));
}
proxy.close();
lists?.close();
process.exitCode = Math.min(failed, 1);
