export { FirstRun } from './first-run.tsx';
export { SignInForm } from './sign-in-form.tsx';
