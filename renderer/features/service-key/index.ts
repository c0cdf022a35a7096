export { KeyForm } from './key-form.tsx';
