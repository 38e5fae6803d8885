import { serve } from '../../serve.ts';

export const POST = serve('POST /form');
export const GET = serve('GET /form');
