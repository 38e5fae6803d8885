import type {} from 'koa';
import type { BulwarkState } from './bulwark.ts';

declare module 'koa' {
  interface DefaultState extends BulwarkState {}
}
