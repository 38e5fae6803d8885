import type { Evidence } from '../../check/outcome.ts';
import type { HostProbe } from '../host.ts';
import { short } from './shown.ts';

export function shownProbe({ destination, state }: HostProbe): Evidence {
  return { text: `${short(destination, 150)}: ${state}` };
}
