export { awaitService } from './await-service.ts';
export { createLinks, type Question } from './links.ts';
export { linkAmong } from './parse-link.ts';
