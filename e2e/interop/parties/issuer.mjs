// An issuer's program: it knows the REST API, its key, and nothing else of Credmill.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

export const url = (process.env.CREDMILL_URL ?? 'http://localhost:8080').replace(/\/$/, '');
/** Of an admin of the organization that issues here. */
const KEY = process.env.CREDMILL_KEY ?? 'acme-admin-key';
const LONGEST = 120_000;

const HEADER = {
  EMAIL: 'First Name,Last Name,Email,Expiration,Degree,Field of Study,Graduation Date,Honours',
  BOTH: 'First Name,Last Name,Email,Phone,Expiration,Degree,Field of Study,Graduation Date,Honours',
};

export async function call(method, path, { json, form, accept, key = KEY } = {}) {
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      'X-API-Key': key,
      ...(accept && { Accept: accept }),
      ...(json && { 'Content-Type': 'application/json' }),
    },
    body: json ? JSON.stringify(json) : form,
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path} was answered with ${response.status}: ${text}`);
  return text ? JSON.parse(text) : null;
}

/** A published definition of diplomas in these formats, which nobody else uses. */
export async function diplomas(formats, more = {}) {
  const made = await call('POST', '/v1/credential-definitions', {
    json: {
      name: 'Interop Diploma',
      type: 'DiplomaCredential',
      schemaId: 'diploma',
      certificateTemplateId: 'diploma',
      formats,
      ...more,
    },
  });
  await call('POST', `/v1/credential-definitions/${made.id}/publish`);
  return made.id;
}

/**
 * Issues one diploma.
 *
 * @returns its row, with the recipient's address
 */
export async function issueDiploma(definition, { media = [], expiration = '', claimCode = false } = {}) {
  const name = Math.random().toString(36).slice(2, 12);
  const email = `${name}@example.org`;
  const phone = `+491512${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
  const both = media.includes('SMS');
  const cells = ['Zoë', `O'Hara-${name}`, email, ...(both ? [phone] : []), expiration, 'Master of Arts', 'History', '2026-06-26', 'Cum Laude'];
  return issue(definition, `${both ? HEADER.BOTH : HEADER.EMAIL}\r\n${cells.join(',')}\r\n`, { media, claimCode });
}

/** Issues a sheet of one row. */
export async function issue(definition, sheet, { media = [], claimCode = false, key } = {}) {
  const form = new FormData();
  form.set('definitionId', definition);
  form.set('mode', 'ISSUE');
  form.set('claimCode', String(claimCode));
  media.forEach((medium) => form.append('medium', medium));
  form.set('file', new Blob([sheet], { type: 'text/csv' }), 'sheet.csv');
  let batch = await call('POST', '/v1/batches', { form, key });
  const before = Date.now() + LONGEST;
  while (batch.status !== 'COMPLETED') {
    assert.ok(!['REJECTED', 'NEEDS_FIXES', 'COMPLETED_WITH_ERRORS', 'CANCELLED'].includes(batch.status), JSON.stringify(batch));
    assert.ok(Date.now() < before, `it does not end: ${JSON.stringify(batch)}`);
    batch = await call('GET', `/v1/batches/${batch.id}?wait=5`, { key });
  }
  return now({ batch: batch.id }, key);
}

/** The row as it is now. */
export async function now({ batch }, key) {
  return { ...(await call('GET', `/v1/batches/${batch}/rows/2`, { key })), batch };
}

/** Revokes, suspends or reinstates; comes back when it is published. */
export function change(row, action) {
  return call('POST', `/v1/credentials/${encodeURIComponent(row.credentialId)}/${action}`, {
    json: { reason: 'Interop test' },
  });
}

/** Tries until it does not fail any more, for so many milliseconds. */
export async function within(milliseconds, attempt) {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      return await attempt();
    } catch (e) {
      if (Date.now() >= end) {
        throw e;
      }
      await pause(50);
    }
  }
}
