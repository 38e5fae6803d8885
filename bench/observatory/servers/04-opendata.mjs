import { HTML, JSN, page, router, run } from './lib.mjs';

const data = [200, { ...JSN, 'Access-Control-Allow-Origin': '*' }, '{"stations":[{"id":1,"level":2.31}]}'];
export const start = () =>
  run(
    router({
      '/': [
        200,
        { ...HTML, 'Access-Control-Allow-Origin': '*' },
        page('Open data', '<a href="/v1/stations.json">stations</a>'),
      ],
      '/v1/stations.json': data,
    }),
  );
