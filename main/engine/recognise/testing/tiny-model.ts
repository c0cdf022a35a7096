import { writeFileSync } from 'node:fs';

/** Types of values in a GGUF file (its specification, version 3). */
const kinds = { u32: 4, f32: 6, text: 8, list: 9, i32: 5 } as const;

/**
 * Writes a language model of a hundred thousand random weights: it says nonsense, and is loaded, asked and streamed like
 * a large one. Its vocabulary is bytes and a few letters.
 */
export function writeTinyModel(file: string): void {
  const width = 32;
  const forward = 64;
  const letters = [...'abcdefghijklmnopqrstuvwxyz \n.,'];
  const tokens = [
    ...['<unk>', '<s>', '</s>'],
    ...Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`),
    ...letters.map((letter) => (letter === ' ' ? '\u2581' : letter)),
  ];
  const types = tokens.map((_, index) => (index === 0 ? 2 : index < 3 ? 3 : index < 259 ? 6 : 1));
  const text = (value: string) => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
  const pair = (key: string, kind: number, value: Buffer) => Buffer.concat([text(key), u32(kind), value]);
  const list = (key: string, kind: number, values: readonly Buffer[]) =>
    pair(key, kinds.list, Buffer.concat([u32(kind), u64(values.length), ...values]));
  const values = [
    pair('general.architecture', kinds.text, text('llama')),
    pair('general.name', kinds.text, text('tiny')),
    ...Object.entries({
      context_length: 512,
      embedding_length: width,
      block_count: 1,
      feed_forward_length: forward,
      'attention.head_count': 2,
      'attention.head_count_kv': 2,
      'rope.dimension_count': width / 2,
      vocab_size: tokens.length,
    }).map(([key, value]) => pair(`llama.${key}`, kinds.u32, u32(value))),
    pair('llama.attention.layer_norm_rms_epsilon', kinds.f32, f32(1e-5)),
    pair('tokenizer.ggml.model', kinds.text, text('llama')),
    list('tokenizer.ggml.tokens', kinds.text, tokens.map(text)),
    list(
      'tokenizer.ggml.scores',
      kinds.f32,
      tokens.map((_, index) => f32(index < 259 ? 0 : -index)),
    ),
    list('tokenizer.ggml.token_type', kinds.i32, types.map(u32)),
    pair('tokenizer.ggml.bos_token_id', kinds.u32, u32(1)),
    pair('tokenizer.ggml.eos_token_id', kinds.u32, u32(2)),
    pair('tokenizer.ggml.unknown_token_id', kinds.u32, u32(0)),
  ];
  const shapes: Readonly<Record<string, readonly number[]>> = {
    'token_embd.weight': [width, tokens.length],
    'output_norm.weight': [width],
    'output.weight': [width, tokens.length],
    'blk.0.attn_norm.weight': [width],
    'blk.0.attn_q.weight': [width, width],
    'blk.0.attn_k.weight': [width, width],
    'blk.0.attn_v.weight': [width, width],
    'blk.0.attn_output.weight': [width, width],
    'blk.0.ffn_norm.weight': [width],
    'blk.0.ffn_gate.weight': [width, forward],
    'blk.0.ffn_up.weight': [width, forward],
    'blk.0.ffn_down.weight': [forward, width],
  };
  const infos: Buffer[] = [];
  const data: Buffer[] = [];
  let offset = 0;
  for (const [name, shape] of Object.entries(shapes)) {
    infos.push(text(name), u32(shape.length), ...shape.map(u64), u32(0), u64(offset));
    const count = shape.reduce((product, size) => product * size, 1);
    const weights = Float32Array.from({ length: count }, () => (Math.random() - 0.5) * 0.4);
    const bytes = padded(Buffer.from(weights.buffer));
    data.push(bytes);
    offset += bytes.length;
  }
  const head = [Buffer.from('GGUF'), u32(3), u64(Object.keys(shapes).length), u64(values.length)];
  writeFileSync(file, Buffer.concat([padded(Buffer.concat([...head, ...values, ...infos])), ...data]));
}

/** Everything begins at a multiple of 32 bytes. */
const padded = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((32 - (bytes.length % 32)) % 32)]);

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}
