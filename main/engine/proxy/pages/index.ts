export { type OwnAnswer, ownAnswer } from './own-answer.ts';
export { crossSitePage, elsewhere, listPage, refusalPage, stoppedPage, unreachablePage } from './pages.ts';
