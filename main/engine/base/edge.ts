/**
 * Something that happens in the engine. Who says it need not know who listens: capabilities are made one after the
 * other, each of those that stand already, and what runs against that order runs over an edge.
 */
export interface Edge<T = void, A = void> {
  /** Calls those who listen, in the order in which they came; gives what each of them answers. */
  readonly tell: (value: T) => readonly A[];
  readonly hear: (listener: (value: T) => A) => void;
}

export function createEdge<T = void, A = void>(): Edge<T, A> {
  const listeners: ((value: T) => A)[] = [];
  return {
    tell: (value) => listeners.map((listener) => listener(value)),
    hear: (listener) => void listeners.push(listener),
  };
}
