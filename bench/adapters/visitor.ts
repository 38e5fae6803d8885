import { connect, type Socket } from 'node:net';

const longestAnswer = 65_536;
const connections = 16;

/** What Chromium sends with every request, beside what differs. */
const always = [
  'Host: shop.example.com',
  'Connection: keep-alive',
  'sec-ch-ua: "Chromium";v="141", "Not?A_Brand";v="8"',
  'sec-ch-ua-mobile: ?0',
  'sec-ch-ua-platform: "Linux"',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Accept: application/json, text/plain, */*',
  'Accept-Encoding: gzip, deflate, br, zstd',
  'Accept-Language: en-GB,en;q=0.9',
  'Referer: https://shop.example.com/products',
];

/** Kept connections of one visitor, each with one request at a time. */
export interface Visitor {
  /** Makes so many requests, and waits for their answers. */
  send(requests: number): Promise<void>;
  close(): void;
}

/** @param level with a session, the visitor logs in first, and one request in four is a POST */
export async function visitor(port: number, level: string, logsIn: boolean): Promise<Visitor> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const requests = level === 'headers' ? [read()] : await requestsOfMember(sockets[0] as Socket, logsIn);
  return {
    async send(count) {
      let left = count;
      const lane = async (socket: Socket): Promise<void> => {
        for (; left > 0; ) await exchange(socket, requests[left-- % requests.length] as Buffer);
      };
      await Promise.all(sockets.map(lane));
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function read(...more: string[]): Buffer {
  const lines = ['Sec-Fetch-Site: same-origin', 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty', ...more];
  return request('GET /api/product/7?ref=mail HTTP/1.1', ...lines);
}

function request(...lines: string[]): Buffer {
  const [first, ...more] = lines;
  return Buffer.from([first, ...always, ...more, '', ''].join('\r\n'));
}

async function requestsOfMember(socket: Socket, logsIn: boolean): Promise<readonly Buffer[]> {
  // The bare framework knows no session, and gets a cookie of usual length.
  const without = `Set-Cookie: session=${'a'.repeat(280)};`;
  const answer = logsIn ? await exchange(socket, request('GET /log-in HTTP/1.1')) : without;
  const cookies = [...answer.matchAll(/^set-cookie: ([^;\r]*)/gim)].map(([, pair]) => pair);
  const cookie = `Cookie: theme=dark; ${cookies.join('; ')}`;
  const token = /"token":"([^"]*)"/.exec(answer)?.[1];
  const change = request(
    'POST /api/product/7 HTTP/1.1',
    ...['Content-Length: 0', 'Origin: https://shop.example.com', 'Sec-Fetch-Site: same-origin', cookie],
    ...(token === undefined ? [] : [`X-CSRF-Token: ${token}`]),
  );
  const shared = request(
    'GET /api/product/7?ref=partner HTTP/1.1',
    ...['Origin: https://partner.example.com', 'Sec-Fetch-Site: cross-site', cookie],
  );
  return [read(cookie), change, read(cookie), shared];
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

function exchange(socket: Socket, sent: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const take = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1]);
      if (end === -1 || text.length < end + 4 + length) {
        if (text.length > longestAnswer) done(new Error('an answer without an end'));
        return;
      }
      done(text.startsWith('HTTP/1.1 200 ') ? undefined : new Error(`${sent.toString('latin1')}${text}`));
    };
    const closed = (): void => done(new Error('the server closed the connection'));
    const done = (failure: Error | undefined): void => {
      socket.off('data', take).off('close', closed);
      if (failure) reject(failure);
      else resolve(text);
    };
    socket.on('data', take).on('close', closed);
    if (socket.destroyed) closed();
    else socket.write(sent);
  });
}
