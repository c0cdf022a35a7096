export { answerItself } from './own-answer.ts';
export { type ListedService, listPage, refusalPage, unreachablePage } from './pages.ts';
