import { page } from '../../../../../lib/next/index.ts';
import { options, shared } from '../../world.ts';

let defended;

/** A page with a limit of its own. */
export default function VipPage(props) {
  defended ??= page(() => <p>for members</p>, { ...options(), rateLimit: shared().world.limiter });
  return defended(props);
}
