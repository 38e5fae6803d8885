import { serve } from '../../serve.ts';

export const POST = serve('POST /raw');
