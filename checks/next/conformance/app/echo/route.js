import { serve } from '../../serve.ts';

export const GET = serve('GET /echo', (request) => Response.json(Object.fromEntries(request.headers)));
