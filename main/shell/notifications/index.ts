export { notificationText } from './notification-text.ts';
export { createNotifier, type Notice } from './notifier.ts';
