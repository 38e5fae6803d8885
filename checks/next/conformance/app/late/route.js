import { after } from 'next/server';
import { serve } from '../../serve.ts';

export const GET = serve('GET /late', () => {
  after(() => {
    throw new Error('hunter2');
  });
  return new Response('late', { headers: { 'Content-Type': 'text/plain' } });
});
