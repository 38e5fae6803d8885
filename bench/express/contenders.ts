import { pathToFileURL } from 'node:url';
import express, { type Express, type RequestHandler } from 'express';
import { bulwark, bulwarkErrors } from '../../lib/express/index.ts';

/** The same small JSON answer behind each. `helmet` is a path to its module, which the repository does not install. */
export function contenders(helmet: string): Readonly<Record<string, () => Promise<Express>>> {
  return {
    bare: async () => answering(),
    bulwark: async () => answering(bulwark()).use(bulwarkErrors()),
    ...(helmet !== '' && {
      helmet: async () => {
        const module = (await import(pathToFileURL(helmet).href)) as { default: () => RequestHandler };
        return answering(module.default());
      },
    }),
  };
}

function answering(...before: RequestHandler[]): Express {
  const app = express();
  for (const handler of before) app.use(handler);
  app.get('/api/product/:id', (req, res) => {
    res.json({ id: req.params['id'], name: 'Lamp', price: 1990, stock: 12 });
  });
  return app;
}
