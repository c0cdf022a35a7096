import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import { page } from './page.ts';

/** A small live web app: a page, events, a WebSocket echo, uploads and downloads. */
export function webApp(title: string): Server {
  const startedAt = Date.now();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://web');
    if (url.pathname === '/') html(response, page(title, liveBody, liveScript));
    else if (url.pathname === '/api/time') json(response, { time: new Date().toISOString(), startedAt });
    else if (url.pathname === '/events') sendEvents(request, response, url.searchParams);
    else if (url.pathname === '/download') download(response, bounded(url.searchParams.get('bytes'), 1e9));
    else if (url.pathname === '/slow') wait(response, bounded(url.searchParams.get('ms'), 180_000));
    else if (url.pathname === '/echo' && request.method === 'POST') request.pipe(response);
    else if (url.pathname === '/upload' && request.method === 'POST') count(request, response);
    else if (url.pathname === labPath) json(response, labWork);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
  });
  const sockets = new WebSocketServer({ server, path: '/ws', maxPayload: 1_000_000 });
  // It repeats those of the server, which whoever makes that listen has heard already.
  sockets.on('error', () => {});
  sockets.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.on('error', () => {});
  });
  return server;
}

const html = (response: ServerResponse, body: string) =>
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
const json = (response: ServerResponse, value: object) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));

/** Where a service says which of its paths may be used to measure; none of them changes anything. */
const labPath = '/.well-known/gearway-lab.json';
const labWork = {
  download: '/download?bytes={bytes}',
  upload: '/upload',
  slow: '/slow?ms={ms}',
  events: '/events?count={count}&everyMs={ms}',
  webSocket: '/ws',
};

/** One event each half second until nobody listens, or as many and as quick as asked for. */
function sendEvents(request: IncomingMessage, response: ServerResponse, asked: URLSearchParams): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const most = bounded(asked.get('count'), 10_000) || Number.POSITIVE_INFINITY;
  let count = 0;
  const send = () => {
    response.write(`data: ${++count}\n\n`);
    if (count >= most) response.end();
  };
  const timer = setInterval(send, bounded(asked.get('everyMs'), 60_000) || 500);
  response.on('close', () => clearInterval(timer));
  response.on('finish', () => clearInterval(timer));
  request.on('error', () => {});
  send();
}

function wait(response: ServerResponse, ms: number): void {
  const timer = setTimeout(() => response.end('done\n'), ms);
  response.on('close', () => clearTimeout(timer));
}

/** Takes everything and keeps nothing. */
function count(request: IncomingMessage, response: ServerResponse): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  request.on('end', () => json(response, { bytes }));
}

function download(response: ServerResponse, bytes: number): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes });
  const block = Buffer.alloc(64 * 1024, 'gearway ');
  let left = bytes;
  const write = () => {
    while (left > 0) {
      const part = block.subarray(0, Math.min(left, block.length));
      left -= part.length;
      if (!response.write(part)) {
        response.once('drain', write);
        return;
      }
    }
    response.end();
  };
  write();
}

function bounded(text: string | null, most: number): number {
  const value = Number(text ?? 0);
  return Number.isFinite(value) ? Math.min(Math.max(0, Math.floor(value)), most) : 0;
}

const liveBody = `
  <p>This page comes from a sample container. It counts over an event stream and echoes over a WebSocket.</p>
  <dl>
    <dt>Events</dt><dd id="events">…</dd>
    <dt>WebSocket</dt><dd id="socket">…</dd>
    <dt>Came here by</dt><dd id="host"></dd>
  </dl>`;

const liveScript = `
  document.getElementById('host').textContent = location.host;
  new EventSource('events').onmessage = (event) => { document.getElementById('events').textContent = event.data; };
  const socket = new WebSocket(location.href.replace(/^http/, 'ws').replace(/[?#].*$/, '') + 'ws');
  socket.onopen = () => socket.send('echo at ' + new Date().toLocaleTimeString());
  socket.onmessage = (event) => { document.getElementById('socket').textContent = event.data; };`;
