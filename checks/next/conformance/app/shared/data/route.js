import { serve } from '../../../serve.ts';

export const GET = serve('GET /shared/data');
export const OPTIONS = serve('OPTIONS /shared/data');
