import { expect, it } from 'vitest';
import { weigh } from '../../checks/size/weigh.ts';
import * as dom from './index.ts';

it('weighs what a browser can bear, without the catalogue of codes and without a library', async () => {
  // checks/size counts beyond the root, which this guard does not import.
  const { bytes, libraries } = await weigh('dom');
  expect({ light: bytes <= 12_500, libraries }).toEqual({ light: true, libraries: [] });
});

it('can be imported on a server, where it is the call that fails', () => {
  expect(() => dom.setText({} as Element, 'x')).toThrow(TypeError);
});
