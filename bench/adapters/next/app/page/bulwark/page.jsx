import { currentSession, page } from '../../../../../../lib/next/index.ts';
import { options } from '../../../options.js';
import Product from '../../../product.jsx';

export default page(() => <Product user={currentSession().user} />, options);
