export { type AnswerPart, readAnswerPart, sentenceOf, type ToldUsage } from './read-answer.ts';
export { readModels } from './read-models.ts';
export { findingsOf, rowOf, speedTable, type TimedToken, timingOf } from './speed.ts';
