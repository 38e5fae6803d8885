import type { Codemod } from './codemod.ts';
import { cors } from './cors.ts';
import { csurf } from './csurf.ts';
import { expressRateLimit } from './express-rate-limit.ts';
import { helmet } from './helmet.ts';
import { sanitizeHtml } from './sanitize-html.ts';

export const codemods: readonly Codemod[] = [helmet, cors, csurf, expressRateLimit, sanitizeHtml];
