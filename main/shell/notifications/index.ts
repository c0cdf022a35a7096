export { createNotifier, type Notice, type Notifier } from './notifier.ts';
export { notificationText } from './notification-text.ts';
