import { createServer, type Server } from 'node:http';
import { sendHtml } from 'bulwark/html';
import { bulwark, defendServer } from 'bulwark/node';
import { greeting, report } from './pages.ts';

/** Without a framework. */
export function nodeServer(rows: () => AsyncIterable<string>): Server {
  const app = bulwark({}, (req, res) => {
    const [path = ''] = (req.url ?? '').split('?');
    const [, name] = /^\/hello\/([^/]+)$/.exec(path) ?? [];
    if (name !== undefined) return sendHtml(res, greeting(decodeURIComponent(name)));
    if (path === '/report') return sendHtml(res, report(rows()));
    throw Object.assign(new Error('no such page'), { status: 404, expose: true });
  });
  return defendServer(createServer(app));
}
