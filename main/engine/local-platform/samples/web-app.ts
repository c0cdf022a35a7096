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
    else if (url.pathname === '/events') sendEvents(request, response);
    else if (url.pathname === '/download') download(response, bounded(url.searchParams.get('bytes'), 1e9));
    else if (url.pathname === '/slow')
      setTimeout(() => response.end('done\n'), bounded(url.searchParams.get('ms'), 120_000));
    else if (url.pathname === '/echo' && request.method === 'POST') request.pipe(response);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
  });
  const sockets = new WebSocketServer({ server, path: '/ws', maxPayload: 1_000_000 });
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

/** One event each half second, until nobody listens. */
function sendEvents(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let count = 0;
  const send = () => response.write(`data: ${++count}\n\n`);
  send();
  const timer = setInterval(send, 500);
  request.on('close', () => clearInterval(timer));
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
