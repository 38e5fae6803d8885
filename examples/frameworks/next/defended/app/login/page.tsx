import { csrfField, page } from 'bulwark/next';
import { options } from '../../desk/options';
import { LogInForm } from './log-in-form';

export const metadata = { title: 'Desk' };

export default page(
  () => (
    <LogInForm>
      <input {...csrfField()} />
    </LogInForm>
  ),
  options,
);
