import type { RunProgress } from '../../run/run-progress.ts';
import type { Controls } from '../controls.ts';

export type Theme = 'auto' | 'light' | 'dark';

/** What every part of a page is drawn from. */
export interface View {
  /** First part of every path. */
  readonly token: string;
  readonly theme: Theme;
  readonly controls: Controls;
  readonly run: RunProgress;
  /** The path of this page, behind the token, such as `duels/3`. */
  readonly path: string;
  /** The guard whose switch led here: it keeps the focus. */
  readonly used: string;
}

/** The address of one of the lab's own pages. */
export const linkTo = ({ token }: Pick<View, 'token'>, path: string): string => `/${token}/${path}`;

/** One word for a few, as the plural needs it. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
