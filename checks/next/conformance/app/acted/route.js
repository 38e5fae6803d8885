import { serve } from '../../serve.ts';
import { shared } from '../../world.ts';

export const GET = serve('GET /acted', () => Response.json(shared().acted));
