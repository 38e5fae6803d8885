import { serve } from '../../serve.ts';

export const GET = serve('GET /failing-stream');
