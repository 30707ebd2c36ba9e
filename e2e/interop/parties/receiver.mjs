// An integrator's program that receives webhooks, written as docs/webhooks.md says.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const LONGEST = 60_000;

/** Takes requests as they come, on a port of its own. */
export async function receiver() {
  const requests = [];
  const server = createServer((request, response) => {
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      requests.push({ headers: request.headers, body: Buffer.concat(pieces).toString() });
      response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    /** The first request of that type. */
    async next(type) {
      for (const end = Date.now() + LONGEST; Date.now() < end; await pause(100)) {
        const found = requests.find(({ body }) => JSON.parse(body).type === type);
        if (found) {
          return found;
        }
      }
      throw new Error(`nothing of type ${type} came`);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
