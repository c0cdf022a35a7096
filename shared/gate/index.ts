export { gatePages, type PageWords } from './page.ts';
