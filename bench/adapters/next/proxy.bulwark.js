import { proxy } from '../../../lib/next/proxy/index.ts';

export default proxy({});
