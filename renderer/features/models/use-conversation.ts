import { useCallback, useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useEngine } from '../../store/context.ts';
import { type Conversation, emptyConversation, keepAnswers } from './conversation.ts';

/** Conversations by service: they outlast the page, and are gone with the window. */
const conversations = createStore<Readonly<Record<string, Conversation>>>(() => ({}));

export function useConversation(
  serviceId: string,
): readonly [Conversation, (change: (before: Conversation) => Conversation) => void] {
  const conversation = useStore(conversations, (all) => all[serviceId]) ?? emptyConversation;
  const chats = useEngine((engine) => engine.chats);
  const set = useCallback(
    (change: (before: Conversation) => Conversation) =>
      conversations.setState((all) => {
        const before = all[serviceId] ?? emptyConversation;
        const after = change(before);
        return after === before ? all : { [serviceId]: after };
      }),
    [serviceId],
  );
  useEffect(() => set((before) => keepAnswers(before, chats)), [set, chats]);
  return [conversation, set];
}
