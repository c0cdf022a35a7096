export { notificationText } from './notification-text.ts';
export { createNotifier, type Notice, type Notifier } from './notifier.ts';
