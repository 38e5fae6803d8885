import { LogInForm } from './log-in-form';

export const metadata = { title: 'Desk' };

export default function LogIn() {
  return <LogInForm />;
}
