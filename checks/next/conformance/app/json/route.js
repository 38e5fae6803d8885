import { serve } from '../../serve.ts';

export const GET = serve('GET /json');
export const POST = serve('POST /json');
