export { type OwnAnswer, ownAnswer } from './own-answer.ts';
export { crossSitePage, listPage, refusalPage, stoppedPage, unreachablePage } from './pages.ts';
