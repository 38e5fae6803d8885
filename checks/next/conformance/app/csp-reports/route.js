import { serve } from '../../serve.ts';

export const GET = serve('GET /csp-reports');
export const POST = serve('POST /csp-reports');
