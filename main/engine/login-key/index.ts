export { createLoginKeys, type LoginKeys, loginKeySecretId } from './login-key.ts';
