export { answerItself } from './own-answer.ts';
export { listPage, refusalPage, unreachablePage } from './pages.ts';
