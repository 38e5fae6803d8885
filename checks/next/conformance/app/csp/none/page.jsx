export { default } from '../../../shop-page.jsx';
