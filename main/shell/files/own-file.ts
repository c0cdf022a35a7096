import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileNotice, OwnFileName } from '../../../shared/model/settings.ts';
import { type Format, readDocument, writeDocument } from './document.ts';

/** The part of electron-store that is used: one JSON document in one file, written atomically. */
interface DocumentStore {
  store: Record<string, unknown>;
}
type OpenStore = (options: {
  readonly cwd: string;
  readonly name: string;
  readonly configFileMode: number;
}) => DocumentStore;

/** One file of the application's own folder: read once, kept in memory, written whole. */
export interface OwnFile<T> {
  read(): T;
  write(value: T): void;
  /** Puts a copy of what is on the disk aside, as `{name}.{why}-{time}.json`; its name, or `undefined` when there is no file. */
  putAside(why: string): string | undefined;
}

/**
 * Opens one file, readable by its owner only. What cannot be read is put aside under another name before anything is
 * written, and said; a file of a later Gearway is never written: what changes is then kept until Gearway quits. So it is
 * while the disk is full.
 */
export function openOwnFile<T>(options: {
  readonly folder: string;
  readonly name: OwnFileName;
  readonly format: Format<T>;
  readonly openStore: OpenStore;
  readonly now: () => number;
  readonly onNotice: (notice: FileNotice) => void;
}): OwnFile<T> {
  const { folder, name, format, openStore, onNotice } = options;
  const path = join(folder, `${name}.json`);

  const putAside = (why: string): string | undefined => {
    if (!existsSync(path)) return undefined;
    const time = new Date(options.now()).toISOString().replaceAll(/[:.]/g, '-');
    const copy = `${name}.${why}-${time}.json`;
    copyFileSync(path, join(folder, copy));
    return copy;
  };

  const openIt = () => openStore({ cwd: folder, name, configFileMode: 0o600 });
  const present = existsSync(path);
  let store: DocumentStore | undefined;
  let found: unknown;
  try {
    store = openIt();
    found = present ? store.store : undefined;
  } catch {
    // Not even JSON, or a disk that takes nothing.
    found = present ? null : undefined;
  }

  const reading = readDocument(found, format);
  let value = reading.value;
  let isUnwritten = false;
  /** Nothing may be written yet: what cannot be read is not put aside, or the file could not be opened. */
  let isBlocked = reading.kind === 'damaged' || store === undefined;

  /** The store opens only what it can read: the copy is made first, and then the file is emptied. */
  function unblock(): { readonly store: DocumentStore; readonly backup: string | undefined } {
    const backup = reading.kind === 'damaged' ? putAside('damaged') : undefined;
    if (store === undefined && present) writeFileSync(path, '{}', { mode: 0o600 });
    const opened = store ?? openIt();
    isBlocked = false;
    return { store: opened, backup };
  }

  /** A full disk must not end the application: it is said once, and tried again with each change. */
  function noteUnwritten() {
    if (!isUnwritten) onNotice({ kind: 'unwritten', file: name });
    isUnwritten = true;
  }

  if (reading.kind === 'newer') onNotice({ kind: 'newer', file: name });
  if (isBlocked) {
    let backup: string | undefined;
    try {
      ({ store, backup } = unblock());
    } catch {
      noteUnwritten();
    }
    if (reading.kind === 'damaged') {
      const lost = found === null ? Object.keys(format.schema.shape) : reading.lost;
      onNotice({ kind: 'damaged', file: name, backup, lost });
    }
  }

  return {
    read: () => value,
    write(next) {
      value = next;
      if (reading.kind === 'newer') return;
      // Plain data only: `undefined` is no JSON, and the store refuses it.
      const document = JSON.parse(JSON.stringify(writeDocument(next, format)));
      try {
        if (store === undefined || isBlocked) ({ store } = unblock());
        store.store = document;
        isUnwritten = false;
      } catch {
        noteUnwritten();
      }
    },
    putAside,
  };
}
