import { cookies } from 'next/headers';
import { serve } from '../../serve.ts';

export const GET = serve('GET /failing', async () => {
  (await cookies()).set('kept', '1');
  throw new Error('hunter2');
});
