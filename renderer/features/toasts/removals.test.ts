import { describe, expect, it } from 'vitest';
import { type RequestName, requests } from '../../../shared/contract/requests.ts';
import { isRemoval } from './use-undo.ts';

/** What takes something away and cannot be undone, and what stands in front of it or makes up for it. */
const otherwise: Readonly<Partial<Record<RequestName, string>>> = {
  'gate.remove': 'asked before: what it takes to open it to everyone again is said',
  'launch.remove': 'asked before: its log is deleted in the container',
  'sshAliases.remove': 'is ordered in a terminal, by its own command, which puts the file back as it was',
  'shell.clearActivity': 'asked before: it is there to be forgotten',
  'shell.resetSettings': 'asked before where it is all of them; one is chosen again by its own control',
  'llm.forgetChat': 'the window keeps the conversation itself, and offers to take it back',
};

describe('what a person takes away', () => {
  it.each(
    (Object.keys(requests) as RequestName[]).filter((name) =>
      /(remove|forget\w*|clear\w*|discard|delete|signOut|reset\w*)$/i.test(name),
    ),
  )('%s can be undone, or is asked before', (name) => {
    expect([isRemoval(name), otherwise[name] !== undefined].filter(Boolean)).toHaveLength(1);
  });
});
