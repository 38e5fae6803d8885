import { serve } from '../../serve.ts';

export const GET = serve('GET /redirect', () => {
  return new Response(null, { status: 302, headers: { Location: '/page' } });
});
