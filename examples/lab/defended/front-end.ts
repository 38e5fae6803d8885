import { fileURLToPath } from 'node:url';
import { staticFiles } from 'bulwark/express';
import type { RequestHandler } from 'express';

export const frontEnd: RequestHandler = staticFiles(fileURLToPath(new URL('./public', import.meta.url)));
