'use strict';
// Loaded before the engine's process where a test plays the shell: gives it the door that Electron gives, and makes
// callbacks of sockets, HTTP and timers throw on demand.
const { EventEmitter } = require('node:events');
const http = require('node:http');
const net = require('node:net');

const port = new EventEmitter();
port.postMessage = (message) => process.send?.(message);
// As Electron does: what comes before somebody listens waits.
const early = [];
port.on('newListener', () =>
  setImmediate(() => {
    for (const data of early.splice(0)) port.emit('message', { data });
  }),
);
Object.defineProperty(process, 'parentPort', { value: port });
process.on('disconnect', () => process.exit(1));

let left = 0;
let seed = 0;
let thrown = 0;
const chance = () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

process.on('message', (data) => {
  if (data.kind === 'throw') throwNow(data.where);
  else if (data.kind === 'arm') ({ left, seed } = data);
  else if (data.kind === 'count') process.send({ kind: 'count', thrown, left });
  else if (port.listenerCount('message') === 0) early.push(data);
  else port.emit('message', { data });
});

const boom = (where) => new Error(`thrown on purpose: ${where}`);

function throwNow(where) {
  if (where === 'timer')
    setTimeout(() => {
      throw boom(where);
    });
  else if (where === 'microtask')
    queueMicrotask(() => {
      throw boom(where);
    });
  else if (where === 'promise') void Promise.reject(boom(where));
  else if (where === 'immediate')
    setImmediate(() => {
      throw boom(where);
    });
  else if (where === 'nothing') void Promise.reject(undefined);
  else if (where === 'odd')
    void Promise.reject({
      get message() {
        throw boom('getter');
      },
    });
}

// Where bytes of others arrive.
const events = new Set(['data', 'end', 'response', 'upgrade', 'request', 'information']);
const isForeign = (emitter) =>
  emitter instanceof net.Socket ||
  emitter instanceof net.Server ||
  emitter instanceof http.IncomingMessage ||
  emitter instanceof http.OutgoingMessage ||
  emitter.constructor?.name === 'Channel' ||
  emitter.constructor?.name === 'Client';

const { emit } = EventEmitter.prototype;
EventEmitter.prototype.emit = function (event, ...args) {
  if (left === 0 || !events.has(event) || !isForeign(this) || chance() > 0.2)
    return emit.call(this, event, ...args);
  left -= 1;
  thrown += 1;
  // Before its listeners, so that they miss it, or as the last one of them.
  if (chance() > 0.5) emit.call(this, event, ...args);
  throw boom(`${this.constructor?.name} ${event}`);
};
