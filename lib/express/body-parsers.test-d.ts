import express from 'express';
import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { UploadStore } from '../upload/index.ts';
import { uploads } from '../upload/index.ts';
import { form, json, upload } from './index.ts';

declare const store: UploadStore;

describe('body parsers', () => {
  it('type the body of the handlers behind them', () => {
    const app = express();
    app.post('/', json({ schema: z.object({ id: z.number() }) }), (req, res) => {
      expectTypeOf(req.body).toEqualTypeOf<{ id: number }>();
      res.end();
    });
    app.post('/:id', form({ schema: z.object({ q: z.string() }) }), (req, res) => {
      expectTypeOf(req.body.q).toEqualTypeOf<string>();
      res.end();
    });
    const photos = uploads({ store, files: { photo: { types: ['image/png'], required: true } } });
    app.post('/photo', upload(photos), (req, res) => {
      expectTypeOf(req.body.files.photo.id).toEqualTypeOf<string>();
      res.end();
    });
  });

  it('are middleware of the whole application too', () => {
    express().use(json(), form());
  });
});
