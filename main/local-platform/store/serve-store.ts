import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { drawText, type Random } from '../../engine/base/effects.ts';
import { writeArchive } from './archive.ts';
import { isKey, type ObjectStore } from './object-store.ts';
import { type StoreKey, signerOf } from './signature.ts';

/** A store on loopback that speaks as much of S3 as clients of the platform use, path style, beside the API. */
export interface StoreDoor {
  /** A pair of keys for everything below `prefix` (`bucket/folder`), as long as this platform runs. */
  grant(prefix: string): { readonly accessKey: string; readonly secretKey: string };
  /** An address at which one object, or a folder as an archive, can be had once it is known. */
  share(key: string, kind: 'file' | 'zip'): string;
  /** Says whether the request was for it. */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
}

/** Parts are at least 5 MiB but for the last; 10,000 of them are the protocol's limit. */
const mostParts = 10_000;
const mostXmlBytes = 2_000_000;

export function createStoreDoor(options: {
  readonly store: ObjectStore;
  readonly random: Random;
}): StoreDoor {
  const { store, random } = options;
  const keys = new Map<string, StoreKey>();
  const shared = new Map<string, { readonly key: string; readonly kind: 'file' | 'zip' }>();
  /** Uploads in parts that are under way, by their id. */
  const uploads = new Map<string, { readonly key: string; readonly parts: Map<number, Part> }>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://store');
    const key = decoded(url.pathname.slice(1));
    const refuse = (status: number, code: string) =>
      xml(response, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`, request.method);
    const signer = signerOf(request, (id) => keys.get(id));
    if (signer === undefined) return refuse(403, 'SignatureDoesNotMatch');
    // Listing asks for the bucket and names the folder beside it.
    const isList =
      request.method === 'GET' &&
      !key.includes('/', key.indexOf('/') + 1) &&
      url.searchParams.has('list-type');
    const wanted = isList
      ? `${key.replace(/\/$/, '')}/${url.searchParams.get('prefix') ?? ''}`.replace(/\/$/, '')
      : key;
    if (!isKey(wanted)) return refuse(400, 'InvalidArgument');
    if (wanted !== signer.prefix && !wanted.startsWith(`${signer.prefix}/`))
      return refuse(403, 'AccessDenied');
    const uploadId = url.searchParams.get('uploadId');
    const upload = uploadId === null ? undefined : uploads.get(uploadId);
    if (uploadId !== null && upload?.key !== key) return refuse(404, 'NoSuchUpload');
    if (isList) return list(response, wanted);
    switch (request.method) {
      case 'PUT': {
        // The body of a chunked signature is no object, and the platform's store takes none.
        const declared = request.headers['x-amz-content-sha256'];
        if (request.headers['content-length'] === undefined || /^STREAMING-/.test(String(declared)))
          return refuse(411, 'MissingContentLength');
        const number = Number(url.searchParams.get('partNumber') ?? 0);
        if (upload !== undefined && !(number >= 1 && number <= mostParts))
          return refuse(400, 'InvalidArgument');
        const target = upload === undefined ? key : `${key}.${uploadId}.part${number}`;
        const etag = await store.put(target, request);
        upload?.parts.set(number, { key: target, etag, size: Number(request.headers['content-length']) });
        response.writeHead(200, { etag: `"${etag}"` }).end();
        return;
      }
      case 'POST':
        if (url.searchParams.has('uploads')) return begin(response, key);
        if (upload !== undefined && uploadId !== null) return complete(request, response, uploadId);
        return refuse(400, 'InvalidRequest');
      case 'DELETE':
        if (upload !== undefined && uploadId !== null) {
          uploads.delete(uploadId);
          await Promise.all([...upload.parts.values()].map((part) => store.remove(part.key)));
        } else await store.remove(key);
        response.writeHead(204).end();
        return;
      case 'GET':
      case 'HEAD':
        if (upload !== undefined) return listParts(response, upload, uploadId ?? '');
        return send(request, response, key);
      default:
        return refuse(405, 'MethodNotAllowed');
    }
  }

  function begin(response: ServerResponse, key: string): void {
    const id = drawText(random, 24);
    uploads.set(id, { key, parts: new Map() });
    const [bucket = '', ...rest] = key.split('/');
    xml(
      response,
      200,
      `<InitiateMultipartUploadResult><Bucket>${escaped(bucket)}</Bucket><Key>${escaped(rest.join('/'))}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  }

  async function complete(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const upload = uploads.get(id);
    const text = await textOf(request);
    const numbers = [...text.matchAll(/<PartNumber>([0-9]{1,5})<\/PartNumber>/g)].map(([, number]) =>
      Number(number),
    );
    const parts = numbers.map((number) => upload?.parts.get(number));
    if (upload === undefined || parts.length === 0 || parts.includes(undefined))
      return xml(response, 400, '<Error><Code>InvalidPart</Code><Message>InvalidPart</Message></Error>');
    await store.join(
      upload.key,
      parts.map((part) => part?.key ?? ''),
    );
    uploads.delete(id);
    const etag = `${parts[0]?.etag ?? ''}-${parts.length}`;
    xml(
      response,
      200,
      `<CompleteMultipartUploadResult><Key>${escaped(upload.key)}</Key><ETag>"${etag}"</ETag></CompleteMultipartUploadResult>`,
    );
  }

  async function list(response: ServerResponse, prefix: string): Promise<void> {
    const bucket = prefix.split('/')[0] ?? '';
    const found = await store.list(prefix);
    const rows = found.map(
      ({ key, size, modified }) =>
        `<Contents><Key>${escaped(key.slice(bucket.length + 1))}</Key><LastModified>${new Date(modified).toISOString()}</LastModified><Size>${size}</Size></Contents>`,
    );
    xml(
      response,
      200,
      `<ListBucketResult><Name>${escaped(bucket)}</Name><KeyCount>${rows.length}</KeyCount><IsTruncated>false</IsTruncated>${rows.join('')}</ListBucketResult>`,
    );
  }

  function listParts(
    response: ServerResponse,
    upload: { readonly key: string; readonly parts: ReadonlyMap<number, Part> },
    id: string,
  ): void {
    const rows = [...upload.parts]
      .sort(([a], [b]) => a - b)
      .map(
        ([number, { etag, size }]) =>
          `<Part><PartNumber>${number}</PartNumber><ETag>"${etag}"</ETag><Size>${size}</Size></Part>`,
      );
    xml(
      response,
      200,
      `<ListPartsResult><UploadId>${id}</UploadId><IsTruncated>false</IsTruncated>${rows.join('')}</ListPartsResult>`,
    );
  }

  async function send(request: IncomingMessage, response: ServerResponse, key: string): Promise<void> {
    const found = await store.head(key);
    if (found === undefined)
      return xml(
        response,
        404,
        '<Error><Code>NoSuchKey</Code><Message>NoSuchKey</Message></Error>',
        request.method,
      );
    const [, from, to] = /^bytes=([0-9]{1,15})-([0-9]{0,15})$/.exec(request.headers.range ?? '') ?? [];
    const first = from === undefined ? 0 : Number(from);
    const last = Math.min(found.size - 1, to ? Number(to) : found.size - 1);
    if (first > 0 && first > last) {
      response.writeHead(416, { 'content-range': `bytes */${found.size}` }).end();
      return;
    }
    response.writeHead(from === undefined ? 200 : 206, {
      'content-length': found.size === 0 ? 0 : last - first + 1,
      'content-type': 'application/octet-stream',
      'last-modified': new Date(found.modified).toUTCString(),
      etag: `"${await store.md5(key)}"`,
      ...(from === undefined ? {} : { 'content-range': `bytes ${first}-${last}/${found.size}` }),
    });
    if (request.method === 'HEAD' || found.size === 0) response.end();
    else await pipeline(store.read(key, { from: first, to: last }), response);
  }

  async function download(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const wanted = shared.get(id);
    if (wanted === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
      return;
    }
    if (wanted.kind === 'file') return send(request, response, wanted.key);
    response.writeHead(200, { 'content-type': 'application/zip' });
    await writeArchive(store, wanted.key, async (chunk) => {
      if (response.destroyed) throw new Error('gone');
      if (!response.write(chunk)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    });
    response.end();
  }

  return {
    grant(prefix) {
      const accessKey = drawText(random, 20);
      const secretKey = drawText(random, 40);
      keys.set(accessKey, { secret: secretKey, prefix });
      return { accessKey, secretKey };
    },
    share(key, kind) {
      const id = drawText(random, 40);
      shared.set(id, { key, kind });
      return `/download/${id}/${encodeURIComponent(key.split('/').at(-1) ?? 'output')}${kind === 'zip' ? '.zip' : ''}`;
    },
    serve(request, response) {
      const id = /^\/download\/([a-zA-Z0-9]{40})\//.exec(request.url ?? '')?.[1];
      const isSigned = (request.headers.authorization ?? '').startsWith('AWS4-');
      if (id === undefined && !isSigned) return false;
      const done = id === undefined ? answer(request, response) : download(request, response, id);
      // A broken upload or a full disk ends its own request only.
      done.catch(() => {
        if (response.headersSent) response.destroy();
        else xml(response, 500, '<Error><Code>InternalError</Code><Message>InternalError</Message></Error>');
      });
      return true;
    },
  };
}

interface Part {
  readonly key: string;
  readonly etag: string;
  readonly size: number;
}

function xml(response: ServerResponse, status: number, body: string, method = 'GET'): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(method === 'HEAD' ? undefined : `<?xml version="1.0" encoding="UTF-8"?>\n${body}`);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > mostXmlBytes) throw new Error('too long');
  }
  return text;
}
