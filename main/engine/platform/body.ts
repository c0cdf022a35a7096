/** Far more than the largest list of containers; a stream without end must not fill the memory. */
const mostBytes = 32 * 1024 * 1024;

/** Reads the whole text. `complete` is false where the far side broke off or sent too much; a stop by the caller throws. */
export async function readBody(
  response: Response,
): Promise<{ readonly body: string; readonly complete: boolean }> {
  if (response.body === null) return { body: '', complete: true };
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let body = '';
  let bytes = 0;
  try {
    for (;;) {
      const part = await reader.read();
      if (part.done) return { body: body + decoder.decode(), complete: true };
      bytes += part.value.byteLength;
      body += decoder.decode(part.value, { stream: true });
      if (bytes > mostBytes) {
        await reader.cancel();
        return { body, complete: false };
      }
    }
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'AbortError') throw thrown;
    return { body, complete: false };
  }
}
