/**
 * Memory that is given back as soon as it was sent, and not when the garbage collector comes round: in Electron each
 * piece of fresh memory for a cipher's answer costs more than the cipher itself. Only what is marked here is ever given
 * back, and only where it was marked: whoever holds such a chunk longer finds it empty.
 */
const marked = new WeakSet<ArrayBufferLike>();

/** The memory of a chunk is for one use; one that shares its memory with others is left as it is. */
export function markOneUse(chunk: Uint8Array): void {
  if (canGiveBack && chunk.byteLength === chunk.buffer.byteLength) marked.add(chunk.buffer);
}

export const isOneUse = (chunk: unknown): chunk is Uint8Array =>
  canGiveBack && chunk instanceof Uint8Array && marked.has(chunk.buffer);

/** Nothing reads the chunk any more. */
export function giveBack(chunk: Uint8Array): void {
  const { buffer } = chunk as { readonly buffer: Transferable };
  if (marked.delete(chunk.buffer)) buffer.transfer?.(0);
}

/** ECMAScript 2024; not in Node 20, whose own allocator does not need it. */
interface Transferable {
  transfer?(newLength: number): ArrayBuffer;
}
const canGiveBack = typeof (ArrayBuffer.prototype as Transferable).transfer === 'function';
